package dev.janus.model;

import java.util.Arrays;
import java.util.Random;

/** Normalised flows and weights made up from a seed, for properties that hold for any of them. */
public final class RandomFlows {
  private RandomFlows() {}

  /** {@code count} flows of 1 to {@code maxPackets} packets. */
  public static NormalizedFlows of(long seed, int count, int maxPackets) {
    Random random = new Random(seed);
    int[] lengths = new int[count];
    for (int f = 0; f < count; f++) {
      lengths[f] = 1 + random.nextInt(maxPackets);
    }
    int packets = Arrays.stream(lengths).sum();
    NormalizedFlows flows = new NormalizedFlows();
    flows.fill(
        lengths,
        normals(random, packets * 3),
        bits(random, packets * 6),
        normals(random, count * 20));
    return flows;
  }

  /** The flows {@code rows} of {@code all}, in that order, cut to {@code maxPackets} packets. */
  public static NormalizedFlows select(NormalizedFlows all, int maxPackets, int... rows) {
    int[] lengths = new int[rows.length];
    for (int f = 0; f < rows.length; f++) {
      lengths[f] = Math.min(maxPackets, all.packets().rows(rows[f]));
    }
    int packets = Arrays.stream(lengths).sum();
    float[] continuous = new float[packets * 3];
    float[] bits = new float[packets * 6];
    float[] features = new float[rows.length * 20];
    int to = 0;
    for (int f = 0; f < rows.length; f++) {
      int from = all.packets().start(rows[f]);
      System.arraycopy(all.continuous(), from * 3, continuous, to * 3, lengths[f] * 3);
      System.arraycopy(all.bits(), from * 6, bits, to * 6, lengths[f] * 6);
      System.arraycopy(all.features(), rows[f] * 20, features, f * 20, 20);
      to += lengths[f];
    }
    NormalizedFlows flows = new NormalizedFlows();
    flows.fill(lengths, continuous, bits, features);
    return flows;
  }

  /** Weights far from the initial ones, so that gates and heads are not zero. */
  public static float[] weights(long seed, JanusNetwork network) {
    float[] weights = network.initialWeights(seed);
    Random random = new Random(seed);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.1 * random.nextGaussian());
    }
    return weights;
  }

  private static float[] normals(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] bits(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextBoolean() ? 1 : -1;
    }
    return values;
  }
}
