package dev.janus.train;

import java.util.Arrays;

/** Loss sums of each chunk of a step, added in chunk order so that the total is repeatable. */
final class ChunkLosses {
  private double[] packet = new double[8];
  private double[] flow = new double[8];
  private double[] discrete = new double[8];
  private double[] masked = new double[8];
  private int chunks;

  void start(int count) {
    chunks = count;
    if (packet.length < count) {
      packet = new double[count];
      flow = new double[count];
      discrete = new double[count];
      masked = new double[count];
    }
    Arrays.fill(packet, 0);
    Arrays.fill(flow, 0);
    Arrays.fill(discrete, 0);
    Arrays.fill(masked, 0);
  }

  /** Sums of squared errors and of cross entropies of chunk {@code c}, not divided by anything. */
  void set(int c, double packetSum, double flowSum, double discreteSum) {
    packet[c] = packetSum;
    flow[c] = flowSum;
    discrete[c] = discreteSum;
  }

  /** Sum of squared errors of the second pass over chunk {@code c}, not divided by anything. */
  void setMasked(int c, double maskedSum) {
    masked[c] = maskedSum;
  }

  double packetSum() {
    return sum(packet);
  }

  double flowSum() {
    return sum(flow);
  }

  double discreteSum() {
    return sum(discrete);
  }

  double maskedSum() {
    return sum(masked);
  }

  private double sum(double[] values) {
    double sum = 0;
    for (int c = 0; c < chunks; c++) {
      sum += values[c];
    }
    return sum;
  }
}
