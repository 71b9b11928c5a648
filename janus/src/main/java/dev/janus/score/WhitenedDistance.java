package dev.janus.score;

import dev.janus.model.ModelException;
import java.util.Arrays;

/**
 * Squared Mahalanobis distance as the squared length of a vector that was whitened: {@code |W (x -
 * mu)|^2} with W the inverse of the covariance's Cholesky factor. Half the work of a quadratic
 * form, in loops that compilers vectorise. Immutable and thread-safe.
 */
final class WhitenedDistance {
  private final int p;
  private final double[] mean;
  private final double[] columns;

  /**
   * Takes a fitted distance; the arrays are copied.
   *
   * @param mean {@code [p]}
   * @param columns W column by column, {@code [p, p]}: row b holds what component b of the
   *     deviation brings; zero left of the diagonal
   * @throws ModelException when sizes disagree or a value is out of range
   */
  WhitenedDistance(double[] mean, double[] columns) {
    this.p = mean.length;
    require(p >= 1 && columns.length == p * p, "sizes " + p + " and " + columns.length);
    for (int b = 0; b < p; b++) {
      require(Double.isFinite(mean[b]), "mean " + mean[b]);
      require(columns[b * p + b] > 0, columns[b * p + b] + " on the diagonal");
      for (int a = 0; a < p; a++) {
        double value = columns[b * p + a];
        if (a < b ? value != 0 : !Double.isFinite(value)) {
          // The words only where they are needed: a model file holds a quarter of a million values.
          throw unusable("whitening " + value);
        }
      }
    }
    this.mean = mean.clone();
    this.columns = columns.clone();
  }

  /** The squared Euclidean distance from the origin. */
  static WhitenedDistance euclidean(int p) {
    double[] columns = new double[p * p];
    for (int a = 0; a < p; a++) {
      columns[a * p + a] = 1;
    }
    return new WhitenedDistance(new double[p], columns);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw unusable(what);
    }
  }

  private static ModelException unusable(String what) {
    return new ModelException("distance: " + what + " is not usable");
  }

  /**
   * The squared distance of the vector that begins at {@code offset}. Allocates nothing.
   *
   * @param whitened room for p numbers, overwritten
   */
  double distance(float[] vectors, int offset, double[] whitened) {
    Arrays.fill(whitened, 0, p, 0);
    for (int b = 0; b < p; b++) {
      double deviation = vectors[offset + b] - mean[b];
      int row = b * p;
      for (int a = b; a < p; a++) {
        whitened[a] += deviation * columns[row + a];
      }
    }
    double total = 0;
    for (int a = 0; a < p; a++) {
      total += whitened[a] * whitened[a];
    }
    return total;
  }

  /** p. */
  int dimensions() {
    return p;
  }

  /** {@code [p]}; a copy. */
  double[] mean() {
    return mean.clone();
  }

  /** {@code [p, p]} as the constructor takes it; a copy. */
  double[] columns() {
    return columns.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WhitenedDistance that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(columns, that.columns);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(columns);
  }
}
