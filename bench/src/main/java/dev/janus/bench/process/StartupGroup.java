package dev.janus.bench.process;

import dev.janus.autograd.Tape;
import dev.janus.bench.duel.Statistics;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.JavaProcess;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.model.ModelConfig;
import dev.janus.score.JanusModel;
import dev.janus.score.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of a process to the verdict of its first flow, in wall-clock time: JVM, model
 * file, packing, first passes. With an embedder's class path of four jars. Each sample is a JVM of
 * its own, and ways to start alternate.
 */
public final class StartupGroup implements Group {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Bar BAR = Bar.oursAtMost(0.4);
  private static final int QUICK_FORKS = 5;
  private static final int FULL_FORKS = 11;
  private static final int FEW_PACKETS = 11;
  private static final int MOST_PACKETS = 64;
  private static final int CALIBRATED = 10_000;
  private static final String SERIAL = "-XX:+UseSerialGC";
  private static final String NO_G1 = "-XX:-UseG1GC";

  /** A way to start, and the seconds it took. */
  private record Way(String name, List<String> options, List<Double> seconds) {
    Way(String name, String... options) {
      this(name, List.of(options), new ArrayList<>());
    }

    double median() {
      return Statistics.median(seconds);
    }
  }

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String summary() {
    return "process start to the first verdict of one flow";
  }

  @Override
  public void run(Measurement measurement) throws IOException {
    Path folder = Files.createTempDirectory("janus-startup-");
    Path model = folder.resolve("model.safetensors");
    Path archive = folder.resolve("start.aot");
    try {
      ModelFile.write(model, JanusModel.untrained(ModelConfig.defaults(), CALIBRATED));
      measurement.progress("startup: recording an AOT cache");
      seconds(model, FEW_PACKETS, List.of("-XX:AOTCacheOutput=" + archive));
      for (int packets : new int[] {FEW_PACKETS, MOST_PACKETS}) {
        measure(measurement, model, packets, "-XX:AOTCache=" + archive);
      }
    } finally {
      Files.deleteIfExists(archive);
      Files.deleteIfExists(model);
      Files.deleteIfExists(folder);
    }
  }

  private static void measure(Measurement measurement, Path model, int packets, String withArchive)
      throws IOException {
    Way plain = new Way("plain JVM");
    Way archived = new Way("with an AOT cache", withArchive, "-XX:AOTMode=on");
    int bits = KernelSelection.choose().vectorBits();
    Way vector = new Way("vector kernels from the start", "-Djanus.kernels=" + bits);
    int forks = measurement.quick() ? QUICK_FORKS : FULL_FORKS;
    for (int fork = 0; fork < forks; fork++) {
      measurement.progress(
          "startup: flow of %d packets, %d of %d".formatted(packets, fork + 1, forks));
      for (Way way : List.of(plain, archived, vector)) {
        boolean run = way != vector || (bits > 0 && (!measurement.quick() || fork == 0));
        if (run) {
          way.seconds().add(seconds(model, packets, way.options()));
        }
      }
    }
    String flow = "process start to the first verdict, flow of " + (packets + 1) + " tokens";
    for (Way way : List.of(plain, archived)) {
      measurement.add(Row.alone(flow + ", " + way.name(), "s", way.median(), BAR));
    }
    if (bits > 0) {
      double ratio = vector.median() / plain.median();
      measurement.add(
          Row.against(
              "JANUS, " + vector.name(),
              flow + ", scalar at first",
              "s",
              plain.median(),
              vector.median(),
              ratio,
              Bar.NONE));
    }
  }

  /** Runs one process and gives the seconds until its verdict arrived. */
  private static double seconds(Path model, int packets, List<String> more) throws IOException {
    List<String> options = new ArrayList<>(List.of(NO_G1, SERIAL));
    options.addAll(more);
    List<String> output = new ArrayList<>();
    long[] verdict = new long[1];
    long start = System.nanoTime();
    String failure =
        JavaProcess.withOptions(options)
            .onClassPathOf(
                FirstVerdict.class,
                ModelFile.class,
                Tape.class,
                KernelSelection.class,
                FlowBatch.class)
            .run(
                FirstVerdict.class,
                List.of(model.toString(), Integer.toString(packets)),
                LIMIT,
                line -> {
                  output.add(line);
                  if (line.startsWith(FirstVerdict.PREFIX)) {
                    verdict[0] = System.nanoTime();
                  }
                });
    if (!failure.isEmpty() || verdict[0] == 0) {
      throw new IOException("no first verdict: " + failure + " " + output);
    }
    return (verdict[0] - start) * 1e-9;
  }
}
