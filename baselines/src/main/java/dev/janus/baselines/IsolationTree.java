package dev.janus.baselines;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A tree of random splits that isolates the vectors of a sample (Liu, Ting and Zhou, 2008). */
sealed interface IsolationTree {
  /** Euler's constant. */
  double EULER = 0.577_215_664_901_532_9;

  /**
   * Vectors that are not split further.
   *
   * @param size how many
   */
  record Leaf(int size) implements IsolationTree {}

  /**
   * A split of one feature.
   *
   * @param below vectors whose feature is less than {@code value}
   * @param above the others
   */
  record Split(int feature, double value, IsolationTree below, IsolationTree above)
      implements IsolationTree {}

  /**
   * Grows a tree. Features that do not vary among the vectors of a node are not tried there: they
   * cannot split it.
   *
   * @param sample {@code [n][d]}, n at least 1
   * @param heightLimit splits on any path at most
   */
  static IsolationTree grow(double[][] sample, int heightLimit, SplittableRandom random) {
    if (heightLimit == 0 || sample.length == 1) {
      return new Leaf(sample.length);
    }
    int d = sample[0].length;
    double[] smallest = sample[0].clone();
    double[] largest = sample[0].clone();
    for (double[] vector : sample) {
      for (int k = 0; k < d; k++) {
        smallest[k] = Math.min(smallest[k], vector[k]);
        largest[k] = Math.max(largest[k], vector[k]);
      }
    }
    int[] varying = new int[d];
    int count = 0;
    for (int k = 0; k < d; k++) {
      if (smallest[k] < largest[k]) {
        varying[count++] = k;
      }
    }
    if (count == 0) {
      return new Leaf(sample.length);
    }
    int feature = varying[random.nextInt(count)];
    double value = splitValue(smallest[feature], largest[feature], random);
    return new Split(
        feature,
        value,
        grow(filtered(sample, feature, value, true), heightLimit - 1, random),
        grow(filtered(sample, feature, value, false), heightLimit - 1, random));
  }

  /** Above the smallest and not above the largest, so that neither side is empty. */
  private static double splitValue(double smallest, double largest, SplittableRandom random) {
    double value = smallest + random.nextDouble() * (largest - smallest);
    return value > smallest && value <= largest ? value : largest;
  }

  private static double[][] filtered(double[][] sample, int feature, double value, boolean below) {
    return Arrays.stream(sample)
        .filter(vector -> vector[feature] < value == below)
        .toArray(double[][]::new);
  }

  /** Splits on the way of a vector, and those that its leaf would take if grown on. */
  default double pathLength(double[] vector) {
    int splits = 0;
    IsolationTree node = this;
    while (node instanceof Split split) {
      splits++;
      node = vector[split.feature()] < split.value() ? split.below() : split.above();
    }
    return splits + (node instanceof Leaf leaf ? averagePathLength(leaf.size()) : 0);
  }

  /**
   * Average path length of an unsuccessful search in a binary search tree of n keys, c(n): {@code 2
   * H(n - 1) - 2 (n - 1) / n} with {@code H(i) = ln i +} Euler's constant for n above 2, 1 for 2
   * and 0 below (Liu, Ting and Zhou, 2012).
   */
  static double averagePathLength(int n) {
    if (n <= 2) {
      return n == 2 ? 1 : 0;
    }
    return 2 * (Math.log(n - 1.0) + EULER) - 2 * (n - 1.0) / n;
  }
}
