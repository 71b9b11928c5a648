package dev.janus.engine.kernel;

/**
 * The exponential and the activations in plain Java, block by block in a {@link ScalarWorkspace}:
 * the bits of {@link ScalarElements}, in loops that the compiler turns into vector code.
 */
final class ScalarActivations {
  private ScalarActivations() {}

  static void exp(float[][] space, int n, float[] x, int xo, float[] y, int yo) {
    float[] e = space[ScalarWorkspace.E];
    for (int from = 0; from < n; from += ScalarWorkspace.LENGTH) {
      int m = Math.min(ScalarWorkspace.LENGTH, n - from);
      System.arraycopy(x, xo + from, e, 0, m);
      for (int i = 0; i < m; i++) {
        e[i] = Math.max(Math.min(e[i], Exponential.HIGHEST), Exponential.LOWEST);
      }
      exponentials(m, e, space[ScalarWorkspace.SHIFTED]);
      System.arraycopy(e, 0, y, yo + from, m);
    }
  }

  static void gelu(float[][] space, int n, float[] x, int xo, float[] y, int yo) {
    float[] v = space[ScalarWorkspace.X];
    float[] e = space[ScalarWorkspace.E];
    for (int from = 0; from < n; from += ScalarWorkspace.LENGTH) {
      int m = Math.min(ScalarWorkspace.LENGTH, n - from);
      System.arraycopy(x, xo + from, v, 0, m);
      for (int i = 0; i < m; i++) {
        float twoU = v[i] * Math.fma(Activation.GELU_B, v[i] * v[i], Activation.GELU_A);
        e[i] = Math.max(Math.min(-twoU, Exponential.SIGMOID_HIGHEST), Exponential.LOWEST);
      }
      exponentials(m, e, space[ScalarWorkspace.SHIFTED]);
      for (int i = 0; i < m; i++) {
        e[i] = v[i] * (1f / (1f + e[i]));
      }
      System.arraycopy(e, 0, y, yo + from, m);
    }
  }

  static void geluSlope(
      float[][] space, int n, float[] x, int xo, float[] y, int yo, float[] slope, int so) {
    float[] v = space[ScalarWorkspace.X];
    float[] e = space[ScalarWorkspace.E];
    float[] g = space[ScalarWorkspace.SLOPE];
    for (int from = 0; from < n; from += ScalarWorkspace.LENGTH) {
      int m = Math.min(ScalarWorkspace.LENGTH, n - from);
      System.arraycopy(x, xo + from, v, 0, m);
      for (int i = 0; i < m; i++) {
        float twoU = v[i] * Math.fma(Activation.GELU_B, v[i] * v[i], Activation.GELU_A);
        e[i] = Math.max(Math.min(-twoU, Exponential.SIGMOID_HIGHEST), Exponential.LOWEST);
      }
      exponentials(m, e, space[ScalarWorkspace.SHIFTED]);
      for (int i = 0; i < m; i++) {
        float s = 1f / (1f + e[i]);
        float twoUSlope = Math.fma(Activation.GELU_3B, v[i] * v[i], Activation.GELU_A);
        g[i] = Math.fma(v[i] * twoUSlope, s * (e[i] * s), s);
        e[i] = v[i] * s;
      }
      System.arraycopy(e, 0, y, yo + from, m);
      System.arraycopy(g, 0, slope, so + from, m);
    }
  }

  static void silu(float[][] space, int n, float[] x, int xo, float[] y, int yo) {
    float[] v = space[ScalarWorkspace.X];
    float[] e = space[ScalarWorkspace.E];
    for (int from = 0; from < n; from += ScalarWorkspace.LENGTH) {
      int m = Math.min(ScalarWorkspace.LENGTH, n - from);
      System.arraycopy(x, xo + from, v, 0, m);
      for (int i = 0; i < m; i++) {
        e[i] = Math.max(Math.min(-v[i], Exponential.SIGMOID_HIGHEST), Exponential.LOWEST);
      }
      exponentials(m, e, space[ScalarWorkspace.SHIFTED]);
      for (int i = 0; i < m; i++) {
        e[i] = v[i] * (1f / (1f + e[i]));
      }
      System.arraycopy(e, 0, y, yo + from, m);
    }
  }

  static void siluSlope(
      float[][] space, int n, float[] x, int xo, float[] y, int yo, float[] slope, int so) {
    float[] v = space[ScalarWorkspace.X];
    float[] e = space[ScalarWorkspace.E];
    float[] g = space[ScalarWorkspace.SLOPE];
    for (int from = 0; from < n; from += ScalarWorkspace.LENGTH) {
      int m = Math.min(ScalarWorkspace.LENGTH, n - from);
      System.arraycopy(x, xo + from, v, 0, m);
      for (int i = 0; i < m; i++) {
        e[i] = Math.max(Math.min(-v[i], Exponential.SIGMOID_HIGHEST), Exponential.LOWEST);
      }
      exponentials(m, e, space[ScalarWorkspace.SHIFTED]);
      for (int i = 0; i < m; i++) {
        float s = 1f / (1f + e[i]);
        g[i] = Math.fma(v[i], s * (e[i] * s), s);
        e[i] = v[i] * s;
      }
      System.arraycopy(e, 0, y, yo + from, m);
      System.arraycopy(g, 0, slope, so + from, m);
    }
  }

  /**
   * {@code z = e^z} for elements in the range of {@link Exponential#inRange}. The step through
   * integer bits has a loop of its own: it alone is not turned into vector code.
   */
  static void exponentials(int n, float[] z, float[] shifted) {
    for (int i = 0; i < n; i++) {
      float s = Math.fma(z[i], Exponential.LOG2_E, Exponential.MAGIC);
      float k = s - Exponential.MAGIC;
      float r = Math.fma(k, Exponential.MINUS_LN2_HIGH, z[i]);
      r = Math.fma(k, Exponential.MINUS_LN2_LOW, r);
      float p = Math.fma(Exponential.C7, r, Exponential.C6);
      p = Math.fma(p, r, Exponential.C5);
      p = Math.fma(p, r, Exponential.C4);
      p = Math.fma(p, r, Exponential.C3);
      p = Math.fma(p, r, Exponential.C2);
      z[i] = Math.fma(p, r * r, r) + 1f;
      shifted[i] = s;
    }
    for (int i = 0; i < n; i++) {
      int bits = Float.floatToRawIntBits(shifted[i]) + Exponential.EXPONENT_BIAS;
      z[i] *= Float.intBitsToFloat(bits << Exponential.MANTISSA_BITS);
    }
  }
}
