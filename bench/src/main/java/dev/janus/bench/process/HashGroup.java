package dev.janus.bench.process;

import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.JavaProcess;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One training, run in many ways: number of threads, collector, kernels and plain repetition vary
 * one by one and crossed, each way in a JVM of its own. Reports how many different results there
 * were.
 */
public final class HashGroup implements Group {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The collector that every process gets unless told otherwise. */
  private static final String G1 = "G1";

  /**
   * A way to run.
   *
   * @param collector name in {@code -XX:+Use...GC}
   * @param kernels {@code scalar}, a width, or {@code chosen} for what the JVM chooses
   */
  private record Way(int threads, String collector, String kernels) {
    List<String> options() {
      List<String> options = new ArrayList<>();
      if (!collector.equals(G1)) {
        options.add("-XX:-UseG1GC");
        options.add("-XX:+Use" + collector + "GC");
      }
      if (!kernels.equals("chosen")) {
        options.add("-Djanus.kernels=" + kernels);
      }
      return options;
    }

    @Override
    public String toString() {
      return threads + " threads, " + collector + ", " + kernels + " kernels";
    }
  }

  @Override
  public String name() {
    return "hash";
  }

  @Override
  public String summary() {
    return "whether threads, collector or kernels change a bit of trained weights and scores";
  }

  @Override
  public void run(Measurement measurement) throws IOException {
    List<String> size = measurement.quick() ? List.of("64", "2", "3") : List.of("128", "4", "4");
    List<Way> ways = ways(measurement.quick(), KernelSelection.choose().vectorBits());
    Set<String> digests = new HashSet<>();
    for (Way way : ways) {
      String digest = digest(way, size);
      measurement.progress("hash: " + digest.substring(0, 16) + "  " + way);
      digests.add(digest);
    }
    measurement.add(
        Row.alone(
            "different results of one training, %d ways to run it (threads, collectors, kernels, runs)"
                .formatted(ways.size()),
            "hashes",
            digests.size(),
            Bar.oursAtMost(1)));
  }

  /** Every value of every factor; in the quick mode several at a time. */
  private static List<Way> ways(boolean quick, int widest) {
    String half = widest > 128 ? "256" : "scalar";
    String narrow = widest > 0 ? "128" : "scalar";
    List<Way> ways = new ArrayList<>();
    ways.add(new Way(1, G1, "chosen"));
    ways.add(new Way(2, "Serial", "chosen"));
    ways.add(new Way(2, "Z", narrow));
    ways.add(new Way(3, G1, half));
    ways.add(new Way(3, "Parallel", "scalar"));
    ways.add(new Way(2, "Serial", "chosen"));
    if (!quick) {
      for (int threads = 1; threads <= 3; threads++) {
        ways.add(new Way(threads, G1, "chosen"));
      }
      for (String collector : List.of("Serial", "Parallel", G1, "Z")) {
        ways.add(new Way(2, collector, "chosen"));
      }
      for (String kernels : List.of("scalar", narrow, half, "chosen")) {
        ways.add(new Way(2, G1, kernels));
      }
    }
    return ways;
  }

  private static String digest(Way way, List<String> size) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(way.threads())));
    arguments.addAll(size);
    List<String> output = new ArrayList<>();
    String failure =
        JavaProcess.withOptions(way.options())
            .run(TrainingHash.class, arguments, LIMIT, output::add);
    return output.stream()
        .filter(line -> failure.isEmpty() && line.startsWith(TrainingHash.PREFIX))
        .map(line -> line.substring(TrainingHash.PREFIX.length()))
        .findFirst()
        .orElseThrow(() -> new IOException(way + " gave no hash: " + failure + " " + output));
  }
}
