package dev.janus.score;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.engine.random.SplitMix64;
import dev.janus.model.DiscreteSource;
import dev.janus.model.JanusNetwork;
import java.util.List;

/**
 * The fixed noise of the discrete scores: one table per purpose and grid time, shared by all flows,
 * so that a flow's scores depend on nothing but the flow (method, sections 7.2 and 10). Immutable.
 */
final class ScoringNoise {
  /** Times at which the bit posterior is read. */
  static final List<Double> GRID = List.of(0.1, 0.3, 0.5, 0.7, 0.9);

  private final int maxPackets;
  private final float[] sourcePackets;
  private final float[] sourceFeatures;
  private final float[] spreadPackets;
  private final float[] spreadFeatures;
  private final float[] keep;
  private final float[] coin;

  /** Bits that the masked source takes, by the number of a flow's packets, {@code [T + 1, 6]}. */
  private final int[] masked;

  /**
   * @param seed base seed; table k uses seed + k
   * @param maxPackets T of the model
   */
  ScoringNoise(long seed, int maxPackets) {
    this.maxPackets = maxPackets;
    int continuous = GRID.size() * maxPackets * JanusNetwork.CONTINUOUS;
    int features = GRID.size() * FlowFeature.COUNT;
    int bits = GRID.size() * maxPackets * JanusNetwork.BITS;
    sourcePackets = normals(seed, continuous);
    sourceFeatures = normals(seed + 1, features);
    spreadPackets = normals(seed + 2, continuous);
    spreadFeatures = normals(seed + 3, features);
    keep = uniforms(seed + 4, bits);
    coin = uniforms(seed + 5, bits);
    masked = maskedUpTo();
  }

  private int[] maskedUpTo() {
    int[] counts = new int[(maxPackets + 1) * JanusNetwork.BITS];
    for (int k = 0; k < maxPackets * JanusNetwork.BITS; k++) {
      int taken = 0;
      for (int q = 0; q < GRID.size(); q++) {
        taken += DiscreteSource.MASKED.asks(keep[bitsAt(q) + k], GRID.get(q)) ? 1 : 0;
      }
      counts[k + JanusNetwork.BITS] = counts[k] + taken;
    }
    return counts;
  }

  /** How often the masked source takes bit {@code c} of the first {@code n} packets, all times. */
  int masked(int n, int c) {
    return masked[n * JanusNetwork.BITS + c];
  }

  private static float[] normals(long seed, int count) {
    float[] out = new float[count];
    SplitMix64.fillNormals(seed, out, 0, count);
    return out;
  }

  private static float[] uniforms(long seed, int count) {
    float[] out = new float[count];
    SplitMix64.fillUniforms(seed, out, 0, count);
    return out;
  }

  /** First element of grid point {@code q} in a {@code [5, T, 3]} table. */
  int packetsAt(int q) {
    return q * maxPackets * JanusNetwork.CONTINUOUS;
  }

  /** First element of grid point {@code q} in a {@code [5, 20]} table. */
  int featuresAt(int q) {
    return q * FlowFeature.COUNT;
  }

  /** First element of grid point {@code q} in a {@code [5, T, 6]} table. */
  int bitsAt(int q) {
    return q * maxPackets * JanusNetwork.BITS;
  }

  /** x0 of packets, {@code [5, T, 3]}. */
  float[] sourcePackets() {
    return sourcePackets;
  }

  /** x0 of features, {@code [5, 20]}. */
  float[] sourceFeatures() {
    return sourceFeatures;
  }

  /** eps of packets, {@code [5, T, 3]}. */
  float[] spreadPackets() {
    return spreadPackets;
  }

  /** eps of features, {@code [5, 20]}. */
  float[] spreadFeatures() {
    return spreadFeatures;
  }

  /** uk, {@code [5, T, 6]}. */
  float[] keep() {
    return keep;
  }

  /** ub, {@code [5, T, 6]}. */
  float[] coin() {
    return coin;
  }
}
