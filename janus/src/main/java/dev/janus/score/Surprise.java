package dev.janus.score;

import dev.janus.model.ModelException;
import java.util.Arrays;

/**
 * How surprising a score is to one who knows benign flows: {@code -ln} of the share of them that
 * scored at least as high. Scores of any scale become comparable, and may be added (Fisher's
 * combination). Immutable and thread-safe.
 *
 * <p>Below {@value #TAIL_QUANTILE} of the benign scores the share is the conformal p-value. Above
 * it there are few, and beyond the largest none, so all attacks would be equally surprising: there
 * the excess over that quantile is taken to follow a generalised Pareto distribution, fitted by
 * probability-weighted moments (Hosking and Wallis 1987). A tail that ends is not believed: its
 * shape is 0 or more. It begins with the share of benign flows above the quantile, counting one
 * that lies at it: of many that lie there the others say nothing of what is higher. The share never
 * rises with the score.
 */
final class Surprise {
  private static final double TAIL_QUANTILE = 0.9;

  /** With fewer excesses than this the shape cannot be told and is taken as 0. */
  private static final int FEWEST_FOR_SHAPE = 20;

  /** A shape below this is that of the exponential distribution, to rounding. */
  private static final double NO_SHAPE = 1e-6;

  /**
   * A tail is no narrower than this share of its threshold, far below what float32 scores can tell
   * apart: where all benign scores are alike, or differ by rounding, the next one is not infinitely
   * far from them.
   */
  private static final double NARROWEST = 1e-9;

  private final double[] points;
  private final double threshold;
  private final double thresholdNats;
  private final double shape;
  private final double scale;

  /**
   * Takes sorted scores of benign flows; the array is copied.
   *
   * @param ascending at least 2, finite
   * @throws ModelException when they are too few, not finite or not in order
   */
  Surprise(double[] ascending) {
    int n = ascending.length;
    if (n < 2) {
      throw new ModelException("surprise: it takes at least 2 benign flows, here are " + n);
    }
    for (int k = 0; k < n; k++) {
      if (!Double.isFinite(ascending[k]) || (k > 0 && ascending[k] < ascending[k - 1])) {
        throw new ModelException(
            "surprise: benign score " + k + " of " + ascending[k] + " is not finite or in order");
      }
    }
    points = ascending.clone();
    int first = (int) (TAIL_QUANTILE * n);
    threshold = points[first];
    double[] excesses = excesses(points, first);
    thresholdNats = -Math.log((excesses.length + 1) / (double) n);
    double mean = mean(excesses);
    double halfGap = mean - 2 * firstMoment(excesses);
    boolean heavy = excesses.length >= FEWEST_FOR_SHAPE && halfGap > 0 && mean < 2 * halfGap;
    shape = heavy ? 2 - mean / halfGap : 0;
    double fitted = heavy ? mean * (mean - halfGap) / halfGap : mean;
    double narrowest = threshold == 0 ? NARROWEST : NARROWEST * Math.abs(threshold);
    scale = Math.max(fitted > 0 ? fitted : threshold - points[n / 2], narrowest);
  }

  /** Fits on scores of benign flows in any order; the array is not changed. */
  static Surprise of(double[] scores) {
    double[] ascending = scores.clone();
    Arrays.sort(ascending);
    return new Surprise(ascending);
  }

  /** How far each of the points above that at {@code first} lies above it, ascending. */
  private static double[] excesses(double[] points, int first) {
    int from = first;
    while (from < points.length && points[from] == points[first]) {
      from++;
    }
    double[] excesses = new double[points.length - from];
    for (int k = 0; k < excesses.length; k++) {
      excesses[k] = points[from + k] - points[first];
    }
    return excesses;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / Math.max(1, values.length);
  }

  /** The mean of x (1 - F(x)) over the ascending excesses, without bias. */
  private static double firstMoment(double[] excesses) {
    int m = excesses.length;
    double sum = 0;
    for (int k = 0; k < m; k++) {
      sum += excesses[k] * (m - 1 - k);
    }
    return m < 2 ? 0 : sum / (m * (m - 1.0));
  }

  /**
   * The surprise of a score.
   *
   * @return in nats, above 0 unless no benign flow scored lower; infinite only for an infinite
   *     score, NaN for NaN
   */
  double nats(double score) {
    if (Double.isNaN(score)) {
      return Double.NaN;
    }
    if (score > threshold) {
      double excess = (score - threshold) / scale;
      double nats =
          thresholdNats + (shape > NO_SHAPE ? Math.log1p(shape * excess) / shape : excess);
      return score < Double.POSITIVE_INFINITY ? Math.min(nats, Double.MAX_VALUE) : nats;
    }
    int low = 0;
    int high = points.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (points[middle] >= score) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return -Math.log((points.length - low + 1.0) / (points.length + 1.0));
  }

  /** Shape of the tail, 0 or more; 0 is the exponential distribution. */
  double shape() {
    return shape;
  }
}
