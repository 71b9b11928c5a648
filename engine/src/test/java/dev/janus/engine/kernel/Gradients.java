package dev.janus.engine.kernel;

import java.util.function.Function;

/** Central differences of a double function. */
final class Gradients {
  private Gradients() {}

  /** Gradient of {@code <f(x), cotangent>} with respect to x. */
  static double[] centralDifferences(
      Function<double[], double[]> f, double[] x, double[] cotangent) {
    double step = 1e-5;
    double[] gradient = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double[] moved = x.clone();
      moved[i] = x[i] + step;
      double above = dot(f.apply(moved), cotangent);
      moved[i] = x[i] - step;
      double below = dot(f.apply(moved), cotangent);
      gradient[i] = (above - below) / (2 * step);
    }
    return gradient;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
