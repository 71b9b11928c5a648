package dev.janus.score;

import dev.janus.model.ModelException;
import java.util.Arrays;

/**
 * Squared Mahalanobis distance of a vector, such as that of the ten scores, from those of benign
 * flows, with the OAS covariance (method, section 8). All float64. Immutable and thread-safe.
 */
public final class MahalanobisOas {
  private final double[] mean;
  private final double[] precision;
  private final double shrinkage;
  private final int count;

  /**
   * Takes a fitted aggregator; the arrays are copied.
   *
   * @param mean mean of each score, {@code [p]}
   * @param precision inverse of the shrunk covariance, {@code [p, p]} row-major, symmetric
   * @param shrinkage rho, 0..1
   * @param count number of flows it was fitted on, at least 2
   * @throws ModelException when sizes disagree or a value is out of range
   */
  public MahalanobisOas(double[] mean, double[] precision, double shrinkage, int count) {
    int p = mean.length;
    require(p >= 1 && precision.length == p * p, "sizes " + p + " and " + precision.length);
    require(shrinkage >= 0 && shrinkage <= 1, "shrinkage " + shrinkage);
    require(count >= 2, "fitted on " + count + " flows");
    for (int a = 0; a < p; a++) {
      require(Double.isFinite(mean[a]), "mean " + mean[a]);
      require(precision[a * p + a] > 0, "precision " + precision[a * p + a] + " on the diagonal");
      for (int b = 0; b < p; b++) {
        double value = precision[a * p + b];
        if (!Double.isFinite(value) || value != precision[b * p + a]) {
          // The words only where they are needed: a model file holds thousands of values.
          throw unusable("precision " + value);
        }
      }
    }
    this.mean = mean.clone();
    this.precision = precision.clone();
    this.shrinkage = shrinkage;
    this.count = count;
  }

  /** The squared Euclidean distance from the origin, as if fitted on {@code count} flows. */
  static MahalanobisOas euclidean(int p, int count) {
    double[] precision = new double[p * p];
    for (int a = 0; a < p; a++) {
      precision[a * p + a] = 1;
    }
    return new MahalanobisOas(new double[p], precision, 0, count);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw unusable(what);
    }
  }

  private static ModelException unusable(String what) {
    return new ModelException("aggregator: " + what + " is not usable");
  }

  /**
   * Fits on benign flows.
   *
   * @param scores {@code [n, p]} row-major
   * @param n flows, at least 2
   * @param p scores per flow, at least 1
   * @throws ModelException when there are too few flows, a score is not finite, or all flows have
   *     the same scores
   */
  public static MahalanobisOas fit(double[] scores, int n, int p) {
    OasFit fit = OasFit.of(scores, n, p);
    return new MahalanobisOas(fit.mean(), fit.precision(), fit.shrinkage(), n);
  }

  /**
   * Like {@link #fit}, but every column is first divided by its population standard deviation (a
   * constant column is left as it is), so that no score decides the shrinkage target by its scale
   * alone. The result takes raw scores: the scaling is folded into its precision matrix. Arguments
   * as in {@link #fit}.
   */
  public static MahalanobisOas fitStandardized(double[] scores, int n, int p) {
    Standardization z = Standardization.fit(scores, n, p);
    double[] standardized = new double[n * p];
    for (int k = 0; k < n * p; k++) {
      standardized[k] = z.of(scores[k], k % p);
    }
    OasFit fit = OasFit.of(standardized, n, p);
    double[] ofStandardized = fit.precision();
    double[] mean = new double[p];
    double[] precision = new double[p * p];
    for (int a = 0; a < p; a++) {
      mean[a] = z.mean()[a] + fit.mean()[a] * z.deviation()[a];
      for (int b = 0; b < p; b++) {
        precision[a * p + b] = ofStandardized[a * p + b] / (z.deviation()[a] * z.deviation()[b]);
      }
    }
    return new MahalanobisOas(mean, precision, fit.shrinkage(), n);
  }

  /**
   * Squared distance of one score vector. Allocates nothing; NaN in gives NaN out.
   *
   * @param scores holds the vector, {@code [p]}, from {@code offset} on
   * @param offset position of its first score
   * @return d2, 0 or more
   */
  public double distance(double[] scores, int offset) {
    int p = mean.length;
    double total = 0;
    for (int a = 0; a < p; a++) {
      double inner = 0;
      for (int b = 0; b < p; b++) {
        inner += precision[a * p + b] * (scores[offset + b] - mean[b]);
      }
      total += inner * (scores[offset + a] - mean[a]);
    }
    return Math.max(total, 0);
  }

  /**
   * Half the gradient of the distance, {@code Sigma^-1 (s - mu)}. The distance is the sum over a of
   * {@code (s - mu)_a} times its a-th number, to the bit when added up in order: so it splits into
   * what each score brings, which is negative where a score deviates less than the others lead to
   * expect.
   *
   * @param scores holds the vector, {@code [p]}, from {@code offset} on
   * @param offset position of its first score
   * @return {@code [p]}
   */
  public double[] halfGradient(double[] scores, int offset) {
    int p = mean.length;
    double[] gradient = new double[p];
    for (int a = 0; a < p; a++) {
      for (int b = 0; b < p; b++) {
        gradient[a] += precision[a * p + b] * (scores[offset + b] - mean[b]);
      }
    }
    return gradient;
  }

  /**
   * What each number brings to the distance, {@code (s - mu)_a} times its {@link #halfGradient};
   * all add up to it. Arguments as there.
   *
   * @return {@code [p]}
   */
  public double[] parts(double[] scores, int offset) {
    double[] parts = halfGradient(scores, offset);
    for (int a = 0; a < parts.length; a++) {
      parts[a] *= scores[offset + a] - mean[a];
    }
    return parts;
  }

  /** p, scores per flow. */
  public int dimensions() {
    return mean.length;
  }

  /** Mean of each score, {@code [p]}; a copy. */
  public double[] mean() {
    return mean.clone();
  }

  /** Inverse of the shrunk covariance, {@code [p, p]}; a copy. */
  public double[] precision() {
    return precision.clone();
  }

  /** rho, the weight of the identity target, 0..1. */
  public double shrinkage() {
    return shrinkage;
  }

  /** Number of flows it was fitted on. */
  public int count() {
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MahalanobisOas that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(precision, that.precision)
        && Double.compare(shrinkage, that.shrinkage) == 0
        && count == that.count;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(precision) * 31 + count;
  }
}
