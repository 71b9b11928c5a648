package dev.janus.baselines;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Mean, variances and axes of weighted vectors.
 *
 * @param weight sum of the weights
 * @param mean weighted mean, {@code [d]}
 * @param variances weighted population variances along the axes, {@code [d]}, 0 or more, descending
 * @param axes unit vectors, {@code [d][d]}, one per variance
 */
@SuppressWarnings("ArrayRecordComponent")
record Covariance(double weight, double[] mean, double[] variances, double[][] axes) {
  /** Weight of each vector. */
  @FunctionalInterface
  interface Weights {
    double of(int row);
  }

  /** Of vectors that count alike. */
  static Covariance of(double[][] vectors) {
    return of(vectors, row -> 1);
  }

  /**
   * Sums in the order of the rows.
   *
   * @param vectors {@code [n][d]}
   * @param weights 0 or more, not all 0
   */
  static Covariance of(double[][] vectors, Weights weights) {
    int d = vectors[0].length;
    double weight = 0;
    double[] mean = new double[d];
    for (int row = 0; row < vectors.length; row++) {
      double w = weights.of(row);
      weight += w;
      for (int a = 0; a < d; a++) {
        mean[a] += w * vectors[row][a];
      }
    }
    for (int a = 0; a < d; a++) {
      mean[a] /= weight;
    }
    double[][] sums = new double[d][d];
    double[] centred = new double[d];
    for (int row = 0; row < vectors.length; row++) {
      double w = weights.of(row);
      if (w > 0) {
        addSquares(vectors[row], mean, w, centred, sums);
      }
    }
    return decomposed(weight, mean, sums);
  }

  private static void addSquares(
      double[] vector, double[] mean, double weight, double[] centred, double[][] sums) {
    for (int a = 0; a < vector.length; a++) {
      centred[a] = vector[a] - mean[a];
      double weighted = weight * centred[a];
      for (int b = 0; b <= a; b++) {
        sums[a][b] += weighted * centred[b];
      }
    }
  }

  private static Covariance decomposed(double weight, double[] mean, double[][] lowerSums) {
    int d = mean.length;
    double[][] covariance = new double[d][d];
    for (int a = 0; a < d; a++) {
      for (int b = 0; b <= a; b++) {
        covariance[a][b] = lowerSums[a][b] / weight;
        covariance[b][a] = covariance[a][b];
      }
    }
    JacobiRotations eigen = new JacobiRotations(covariance);
    int[] order =
        IntStream.range(0, d)
            .boxed()
            .sorted(Comparator.comparingDouble(axis -> -eigen.value(axis)))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Covariance(
        weight,
        mean,
        Arrays.stream(order).mapToDouble(axis -> Math.max(0, eigen.value(axis))).toArray(),
        Arrays.stream(order).mapToObj(eigen::vector).toArray(double[][]::new));
  }

  /** Coordinate of a vector along an axis, from the mean. */
  double along(int axis, double[] vector) {
    double sum = 0;
    for (int a = 0; a < mean.length; a++) {
      sum += axes[axis][a] * (vector[a] - mean[a]);
    }
    return sum;
  }
}
