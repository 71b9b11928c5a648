package dev.janus.autograd;

/**
 * Negative log probability of a bit under a logit, in natural-log units. StrictMath, so that every
 * JVM gives the same bits.
 */
public final class LogisticLoss {
  private LogisticLoss() {}

  /** {@code softplus(-bit * logit)} for a bit of +-1, without overflow. */
  public static double of(double bit, double logit) {
    double x = -bit * logit;
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** Derivative of {@link #of} with respect to the logit. */
  public static double slope(double bit, double logit) {
    return -bit / (1 + StrictMath.exp(bit * logit));
  }
}
