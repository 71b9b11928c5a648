package dev.janus.cli.report;

import java.util.Arrays;

/**
 * Two distributions of distances over the same logarithmic bins, each as shares of its own flows.
 *
 * @param low left edge of the first bin, as log10
 * @param high right edge of the last bin, as log10
 * @param benign share of benign flows per bin
 * @param attack share of attack flows per bin
 */
@SuppressWarnings("ArrayRecordComponent")
record Histogram(double low, double high, double[] benign, double[] attack) {
  private static final double SMALLEST = 1e-6;

  /** Counts distances of 0 or more; what is not finite falls into the last bin. */
  static Histogram of(double[] benign, double[] attack, int bins) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] values : new double[][] {benign, attack}) {
      for (double value : values) {
        if (Double.isFinite(value)) {
          low = Math.min(low, log(value));
          high = Math.max(high, log(value));
        }
      }
    }
    if (!(low < high)) {
      double centre = Double.isFinite(low) ? low : 0;
      low = centre - 1;
      high = centre + 1;
    }
    return new Histogram(
        low, high, shares(benign, low, high, bins), shares(attack, low, high, bins));
  }

  /** The largest share of any bin; 1 when there is none. */
  double peak() {
    double peak =
        Math.max(Arrays.stream(benign).max().orElse(0), Arrays.stream(attack).max().orElse(0));
    return peak > 0 ? peak : 1;
  }

  private static double[] shares(double[] values, double low, double high, int bins) {
    double[] shares = new double[bins];
    for (double value : values) {
      double place = Double.isFinite(value) ? (log(value) - low) / (high - low) : 1;
      shares[Math.clamp((int) (place * bins), 0, bins - 1)] += 1.0 / values.length;
    }
    return shares;
  }

  private static double log(double value) {
    return Math.log10(Math.max(value, SMALLEST));
  }
}
