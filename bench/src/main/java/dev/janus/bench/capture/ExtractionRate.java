package dev.janus.bench.capture;

import dev.janus.contract.capture.CaptureReader;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.FlowExtractor;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.flow.FlowSink;
import dev.janus.contract.flow.FlowTableConfig;
import dev.janus.contract.packet.PacketHeader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How fast a capture goes through the stages of extraction within one process, no file being
 * written: packets decoded; cut into flows with their tokens; the twenty features besides. Every
 * stage contains those before. Prints a Markdown table.
 */
public final class ExtractionRate {
  private static final int DEFAULT_ROUNDS = 3;

  private ExtractionRate() {}

  /** A stage of extraction. */
  private enum Stage {
    READ("decode"),
    CUT("decode, flow table, tokens"),
    FEATURES("decode, flow table, tokens, features");

    private final String label;

    Stage(String label) {
      this.label = label;
    }
  }

  /** What a run of a stage saw; {@code sum} keeps the work from being left out. */
  private record Run(long packets, double seconds, double sum) {
    double rate() {
      return packets / seconds * 1e-6;
    }
  }

  /** Arguments: capture, rounds (3 if left out). */
  public static void main(String[] args) {
    if (args.length < 1 || args.length > 1 && !args[1].matches("[1-9]\\d?")) {
      System.err.println("usage: bin/bench extraction FILE [ROUNDS]");
      System.exit(64);
    }
    Path capture = Path.of(args[0]);
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_ROUNDS;
    double[][] rates = new double[Stage.values().length][rounds];
    double sum = 0;
    long packets = 0;
    for (int round = 0; round < rounds; round++) {
      for (Stage stage : Stage.values()) {
        Run run = run(stage, capture);
        rates[stage.ordinal()][round] = run.rate();
        packets = run.packets();
        sum += run.sum();
      }
    }
    System.out.printf(Locale.ROOT, "%,d packets, %d rounds, sum %.6g%n%n", packets, rounds, sum);
    System.out.println("| in process | M packets/s (median) | lowest | highest |");
    System.out.println("|---|---|---|---|");
    for (Stage stage : Stage.values()) {
      double[] sorted = rates[stage.ordinal()];
      Arrays.sort(sorted);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.2f |%n",
          stage.label,
          (sorted[(rounds - 1) / 2] + sorted[rounds / 2]) / 2,
          sorted[0],
          sorted[rounds - 1]);
    }
  }

  private static Run run(Stage stage, Path capture) {
    long start = System.nanoTime();
    double[] sum = new double[1];
    long packets =
        switch (stage) {
          case READ -> read(capture, sum);
          case CUT -> cut(capture, flow -> sum[0] += flow.tokens()[0]);
          case FEATURES -> {
            double[] features = new double[FlowFeature.COUNT];
            yield cut(
                capture,
                flow -> {
                  FlowFeatures.compute(flow.tokens(), 0, flow.length(), features, 0);
                  sum[0] += features[0];
                });
          }
        };
    return new Run(packets, (System.nanoTime() - start) * 1e-9, sum[0]);
  }

  private static long read(Path capture, double[] sum) {
    PacketHeader packet = new PacketHeader();
    long packets = 0;
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (reader.next(packet)) {
        packets++;
        sum[0] += packet.size();
      }
    }
    return packets;
  }

  private static long cut(Path capture, FlowSink sink) {
    return new FlowExtractor(FlowTableConfig.defaults(), CaptureBoundary.ENDS_FLOWS, 0, sink)
        .run(List.of(capture), (read, total, packets, flows) -> {}, () -> false)
        .packets();
  }
}
