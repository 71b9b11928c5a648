package dev.janus.eval;

import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Bounds of a rate that was measured by counting: the exact interval of Clopper and Pearson
 * (Biometrika 26, 1934), which holds the true rate with at least its confidence where the trials
 * are independent. Flows of one host and hour are not: for them the true interval is wider.
 *
 * @param lower 0..1
 * @param upper 0..1, not below {@code lower}
 */
public record BinomialInterval(double lower, double upper) {
  /** Confidence of the intervals in reports. */
  public static final double CONFIDENCE = 0.95;

  /**
   * The interval of {@code successes} out of {@code trials} with the confidence {@link
   * #CONFIDENCE}.
   *
   * @param trials at least 1
   * @throws IllegalArgumentException when there are no trials, or more successes than trials
   */
  public static BinomialInterval of(long successes, long trials) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(successes + " successes in " + trials + " trials");
    }
    double tail = (1 - CONFIDENCE) / 2;
    double lower =
        successes == 0
            ? 0
            : new BetaDistribution(null, successes, trials - successes + 1.0)
                .inverseCumulativeProbability(tail);
    double upper =
        successes == trials
            ? 1
            : new BetaDistribution(null, successes + 1.0, trials - successes)
                .inverseCumulativeProbability(1 - tail);
    return new BinomialInterval(lower, upper);
  }
}
