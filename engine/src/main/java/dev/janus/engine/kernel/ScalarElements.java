package dev.janus.engine.kernel;

/** Element-wise kernels in plain Java, one element at a time; also for the rests of vectors. */
final class ScalarElements {
  private ScalarElements() {}

  static void add(int n, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] += x[xo + i];
    }
  }

  static void scale(int n, float a, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = a * x[xo + i];
    }
  }

  static void scaleAdd(int n, float a, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.fma(a, x[xo + i], y[yo + i]);
    }
  }

  static void multiplyElements(
      int n, float[] dy, int dyo, float[] slope, int so, float[] dx, int dxo) {
    for (int i = 0; i < n; i++) {
      dx[dxo + i] = dy[dyo + i] * slope[so + i];
    }
  }

  static void exp(int n, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Exponential.clamped(x[xo + i]);
    }
  }

  static void gelu(int n, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      float twoU = v * Math.fma(Activation.GELU_B, v * v, Activation.GELU_A);
      y[yo + i] = v * (1f / (1f + Exponential.ofNegatedForSigmoid(twoU)));
    }
  }

  static void geluSlope(int n, float[] x, int xo, float[] y, int yo, float[] slope, int so) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      float square = v * v;
      float twoU = v * Math.fma(Activation.GELU_B, square, Activation.GELU_A);
      float e = Exponential.ofNegatedForSigmoid(twoU);
      float s = 1f / (1f + e);
      float twoUSlope = Math.fma(Activation.GELU_3B, square, Activation.GELU_A);
      y[yo + i] = v * s;
      slope[so + i] = Math.fma(v * twoUSlope, s * (e * s), s);
    }
  }

  static void silu(int n, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      y[yo + i] = v * (1f / (1f + Exponential.ofNegatedForSigmoid(v)));
    }
  }

  static void siluSlope(int n, float[] x, int xo, float[] y, int yo, float[] slope, int so) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      float e = Exponential.ofNegatedForSigmoid(v);
      float s = 1f / (1f + e);
      y[yo + i] = v * s;
      slope[so + i] = Math.fma(v, s * (e * s), s);
    }
  }
}
