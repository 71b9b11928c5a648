package dev.janus.score;

import dev.janus.model.ModelException;
import java.util.Arrays;

/**
 * Mean and population standard deviation of each column of a table.
 *
 * @param mean {@code [p]}
 * @param deviation {@code [p]}, above 0: that of a column that is constant but for rounding is
 *     taken as 1
 */
@SuppressWarnings("ArrayRecordComponent")
record Standardization(double[] mean, double[] deviation) {
  /** A deviation of this share of the mean is what rounding makes of equal numbers. */
  private static final double ROUNDING = 1e-12;

  Standardization {
    if (mean.length != deviation.length) {
      throw new ModelException(mean.length + " means and " + deviation.length + " deviations");
    }
    for (int c = 0; c < mean.length; c++) {
      if (!Double.isFinite(mean[c]) || !(deviation[c] > 0 && Double.isFinite(deviation[c]))) {
        throw new ModelException(
            "mean %s and deviation %s of column %d".formatted(mean[c], deviation[c], c));
      }
    }
  }

  /** Leaves values of {@code p} columns as they are. */
  static Standardization none(int p) {
    double[] ones = new double[p];
    Arrays.fill(ones, 1);
    return new Standardization(new double[p], ones);
  }

  /** Fits {@code n} rows of {@code p} numbers. */
  static Standardization fit(double[] rows, int n, int p) {
    double[] mean = new double[p];
    for (int k = 0; k < n * p; k++) {
      mean[k % p] += rows[k];
    }
    for (int c = 0; c < p; c++) {
      mean[c] /= n;
    }
    double[] deviation = new double[p];
    for (int k = 0; k < n * p; k++) {
      double difference = rows[k] - mean[k % p];
      deviation[k % p] += difference * difference;
    }
    for (int c = 0; c < p; c++) {
      deviation[c] = Math.sqrt(deviation[c] / n);
      if (!(deviation[c] > ROUNDING * Math.abs(mean[c]))) {
        deviation[c] = 1;
      }
    }
    return new Standardization(mean, deviation);
  }

  /** How many deviations a value of a column lies above its mean. */
  double of(double value, int column) {
    return (value - mean[column]) / deviation[column];
  }

  /** The sum of {@link #of} over one row that begins at {@code offset}. */
  double total(double[] rows, int offset) {
    double total = 0;
    for (int c = 0; c < mean.length; c++) {
      total += of(rows[offset + c], c);
    }
    return total;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Standardization that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(deviation, that.deviation);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(mean) * 31 + Arrays.hashCode(deviation);
  }
}
