package dev.janus.baselines;

/**
 * One weighted normal density of a mixture. Immutable and thread-safe.
 *
 * @param covariance mean, variances and axes; its weight is not used
 * @param inverseDeviations one over the floored standard deviation along each axis
 * @param logScale logarithm of share times density at the mean
 */
@SuppressWarnings("ArrayRecordComponent")
record GaussianComponent(Covariance covariance, double[] inverseDeviations, double logScale) {
  /**
   * Makes a component.
   *
   * @param weight share of the mixture, 0..1
   * @param smallestVariance variances below are raised to it
   */
  static GaussianComponent of(Covariance covariance, double weight, double smallestVariance) {
    double[] variances = covariance.variances();
    double[] inverse = new double[variances.length];
    double logScale = Math.log(weight) - variances.length / 2.0 * Math.log(2 * Math.PI);
    for (int axis = 0; axis < inverse.length; axis++) {
      double variance = Math.max(variances[axis], smallestVariance);
      inverse[axis] = 1 / Math.sqrt(variance);
      logScale -= Math.log(variance) / 2;
    }
    return new GaussianComponent(covariance, inverse, logScale);
  }

  /** Logarithm of share times density. */
  double logDensity(double[] vector) {
    double squared = 0;
    for (int axis = 0; axis < inverseDeviations.length; axis++) {
      double z = covariance.along(axis, vector) * inverseDeviations[axis];
      squared += z * z;
    }
    return logScale - squared / 2;
  }
}
