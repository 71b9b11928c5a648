package dev.janus.eval;

import dev.janus.score.Calibration;
import java.util.Optional;
import org.apache.commons.math3.special.Beta;

/**
 * A threshold with a certificate: with {@value #CONFIDENCE} confidence over the draw of the
 * calibration flows, no more than {@code alpha} of benign flows lie farther, if they are like the
 * calibration flows and independent of them. The share of new distances above the k-th largest of n
 * has a Beta(k, n + 1 - k) distribution, whatever the distances' own is, or a smaller one where
 * distances are equal; k is the largest whose quantile is still at most alpha.
 *
 * @param alpha false-positive rate that is certified
 * @param rank k, 1 for the largest calibration distance
 * @param count n, number of calibration flows
 * @param value the k-th largest, or of a thinned calibration the next one kept above it; an alarm
 *     is a distance above this
 */
public record CertifiedThreshold(double alpha, int rank, int count, double value) {
  /** Confidence of the certificate. */
  public static final double CONFIDENCE = 0.95;

  /**
   * The lowest threshold that can be certified.
   *
   * @param alpha above 0 and below 1
   * @return empty when the calibration flows are too few for any
   */
  public static Optional<CertifiedThreshold> of(Calibration calibration, double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("a rate is above 0 and below 1, not " + alpha);
    }
    int n = calibration.count();
    int rank = 0;
    int tooLarge = n + 1;
    while (tooLarge - rank > 1) {
      int middle = (rank + tooLarge) >>> 1;
      if (confidence(alpha, middle, n) >= CONFIDENCE) {
        rank = middle;
      } else {
        tooLarge = middle;
      }
    }
    return rank == 0
        ? Optional.empty()
        : Optional.of(new CertifiedThreshold(alpha, rank, n, calibration.largest(rank)));
  }

  /** Smallest number of calibration flows with which {@code alpha} can be certified. */
  public static int flowsNeeded(double alpha) {
    return (int) Math.ceil(Math.log1p(-CONFIDENCE) / Math.log1p(-alpha));
  }

  /** Probability that the rate above the k-th largest of n is at most alpha. */
  private static double confidence(double alpha, int k, int n) {
    return Beta.regularizedBeta(alpha, k, n + 1.0 - k);
  }
}
