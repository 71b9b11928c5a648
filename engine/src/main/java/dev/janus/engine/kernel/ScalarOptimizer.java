package dev.janus.engine.kernel;

/** Optimiser kernels in plain Java. */
final class ScalarOptimizer {
  private ScalarOptimizer() {}

  static void adamW(
      int n, AdamWStep step, float[] w, float[] g, float[] m, float[] v, float[] ema, int offset) {
    float rest1 = 1f - step.beta1();
    float rest2 = 1f - step.beta2();
    float emaRest = 1f - step.emaDecay();
    for (int i = offset; i < offset + n; i++) {
      float grad = step.gradientScale() * g[i];
      float first = Math.fma(step.beta1(), m[i], rest1 * grad);
      float second = Math.fma(step.beta2(), v[i], rest2 * grad * grad);
      float root = Math.fma((float) Math.sqrt(second), step.rootScale(), step.epsilon());
      float weight = Math.fma(-step.stepSize(), first / root, w[i] * step.decay());
      m[i] = first;
      v[i] = second;
      w[i] = weight;
      ema[i] = Math.fma(step.emaDecay(), ema[i], emaRest * weight);
    }
  }
}
