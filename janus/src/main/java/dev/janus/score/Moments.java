package dev.janus.score;

import dev.janus.model.ModelException;

/**
 * Mean and covariance of vectors that come one after the other and are not kept. Sums are taken of
 * differences from the first vector, so that a large mean costs no digits. Not thread-safe.
 */
final class Moments {
  private final int p;
  private final double[] origin;
  private final double[] sums;
  private final double[] products;
  private final double[] shifted;
  private int count;

  /** Of vectors of {@code p} numbers. */
  Moments(int p) {
    this.p = p;
    this.origin = new double[p];
    this.sums = new double[p];
    this.products = new double[p * p];
    this.shifted = new double[p];
  }

  /**
   * Takes the vector that begins at {@code offset}.
   *
   * @throws ModelException when a number is not finite
   */
  void add(float[] vectors, int offset) {
    for (int c = 0; c < p; c++) {
      double value = vectors[offset + c];
      if (!Double.isFinite(value)) {
        throw new ModelException("hidden state: number " + c + " is " + value);
      }
      if (count == 0) {
        origin[c] = value;
      }
      shifted[c] = value - origin[c];
      sums[c] += shifted[c];
    }
    for (int a = 0; a < p; a++) {
      double factor = shifted[a];
      int row = a * p;
      for (int b = 0; b <= a; b++) {
        products[row + b] += factor * shifted[b];
      }
    }
    count++;
  }

  /** Vectors taken. */
  int count() {
    return count;
  }

  /** Their mean, {@code [p]}. */
  double[] mean() {
    double[] mean = new double[p];
    for (int c = 0; c < p; c++) {
      mean[c] = origin[c] + sums[c] / count;
    }
    return mean;
  }

  /** Their population covariance, {@code [p, p]}. */
  double[] covariance() {
    double[] covariance = new double[p * p];
    for (int a = 0; a < p; a++) {
      for (int b = 0; b <= a; b++) {
        double value = products[a * p + b] / count - sums[a] / count * (sums[b] / count);
        covariance[a * p + b] = value;
        covariance[b * p + a] = value;
      }
    }
    return covariance;
  }
}
