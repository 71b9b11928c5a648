package dev.janus.baselines;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowSource;
import dev.janus.contract.packet.PacketSchema;
import java.util.stream.IntStream;

/**
 * How rare the flow's number of stored packets (1 to 64, as every method here sees it) is among the
 * benign training flows: {@code -ln((flows with that number + 1) / (flows + 64))}. Looks at nothing
 * else, in no direction: short and long flows are rare or not as training has them.
 */
final class PacketCountControl implements Detector {
  @Override
  public String name() {
    return "packet-count";
  }

  @Override
  public String description() {
    return "-ln of the share of training flows with the same number of packets (1 to 64)";
  }

  @Override
  public FittedDetector fit(FlowSource flows, int[] rows, long seed, Runnable check) {
    TrainingRows training = new TrainingRows(flows, rows, check);
    int[] counts = new int[PacketSchema.MAX_PACKETS + 1];
    for (int row : rows) {
      counts[flows.length(row)]++;
    }
    double total = (double) training.count() + PacketSchema.MAX_PACKETS;
    double[] scores = new double[counts.length];
    for (int n = 0; n < counts.length; n++) {
      scores[n] = -Math.log((counts[n] + 1) / total);
    }
    return batch -> score(batch, scores);
  }

  private static double[] score(FlowBatch flows, double[] scores) {
    return IntStream.range(0, flows.flows())
        .mapToDouble(flow -> scores[flows.length(flow)])
        .toArray();
  }
}
