package dev.janus.autograd.optim;

/**
 * Linear warm-up times a cosine down to 5 % of the peak at the last step (method, section 6.8).
 *
 * @param peak largest rate
 * @param warmupSteps steps of warm-up, at least 1
 * @param steps S, steps in all
 */
public record LearningRate(double peak, int warmupSteps, int steps) {
  /** Rate of step {@code s}, counted from 0. */
  public double at(int s) {
    double warmup = Math.min(1, (s + 1) / (double) warmupSteps);
    double cosine = (1 + StrictMath.cos(Math.PI * s / steps)) / 2;
    return peak * warmup * (0.05 + 0.95 * cosine);
  }
}
