package dev.janus.engine.kernel;

import static dev.janus.engine.Golden.assertClose;
import static dev.janus.engine.Golden.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimiser kernels of every implementation against double formulas. */
class OptimizerTest {
  private static final String ALL = "dev.janus.engine.kernel.TestedKernels#all";

  @ParameterizedTest
  @MethodSource(ALL)
  void sumOfSquaresIsExactToDoublePrecision(Kernels kernels) {
    float[] x = new RandomFloats(1).normals(10_003);
    double expected = 0;
    for (int i = 3; i < x.length; i++) {
      expected += (double) x[i] * x[i];
    }
    assertThat(kernels.sumOfSquares(10_000, x, 3)).isCloseTo(expected, within(1e-9));
    assertThat(kernels.sumOfSquares(0, x, 3)).isZero();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void sumOfSquaresHoldsWhatFloatCannot(Kernels kernels) {
    float[] x = {1e30f, 1e30f};
    assertThat(kernels.sumOfSquares(2, x, 0)).isCloseTo(2e60, within(1e54));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void threeStepsOfAdamWFollowTheFormulas(Kernels kernels) {
    int n = 77;
    int offset = 5;
    RandomFloats random = new RandomFloats(2);
    float[] w = random.normals(n + 10);
    float[] m = new float[n + 10];
    float[] v = new float[n + 10];
    float[] ema = w.clone();
    double[] wideW = doubles(w);
    double[] wideM = new double[n + 10];
    double[] wideV = new double[n + 10];
    double[] wideEma = doubles(w);
    double beta1 = 0.9f;
    double beta2 = 0.999f;
    for (int t = 1; t <= 3; t++) {
      float[] g = random.normals(n + 10);
      double lr = 1e-3;
      AdamWStep step =
          new AdamWStep(
              0.7f,
              (float) (1 - lr * 0.01),
              (float) beta1,
              (float) beta2,
              (float) (lr / (1 - Math.pow(beta1, t))),
              (float) (1 / Math.sqrt(1 - Math.pow(beta2, t))),
              1e-8f,
              0.5f);
      kernels.adamW(n, step, w, g, m, v, ema, offset);
      for (int i = offset; i < offset + n; i++) {
        double grad = 0.7f * (double) g[i];
        wideM[i] = beta1 * wideM[i] + (1 - beta1) * grad;
        wideV[i] = beta2 * wideV[i] + (1 - beta2) * grad * grad;
        double mean = wideM[i] / (1 - Math.pow(beta1, t));
        double root = Math.sqrt(wideV[i] / (1 - Math.pow(beta2, t)));
        wideW[i] = wideW[i] * (1 - lr * 0.01) - lr * mean / (root + 1e-8);
        wideEma[i] = 0.5 * wideEma[i] + 0.5 * wideW[i];
      }
    }
    assertClose("m", m, wideM, 1e-6);
    assertClose("v", v, wideV, 1e-6);
    assertClose("w", w, wideW, 1e-6);
    assertClose("ema", ema, wideEma, 1e-6);
  }
}
