package dev.janus.engine.kernel;

/**
 * Sums over a row on 16 virtual lanes (see {@link VirtualLanes}), each lane a local variable: the
 * lanes stay in registers and nothing is allocated.
 */
final class ScalarReductions {
  private ScalarReductions() {}

  /** Sum of x. */
  static float sum(int n, float[] x, int xo) {
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    float s8 = 0f;
    float s9 = 0f;
    float s10 = 0f;
    float s11 = 0f;
    float s12 = 0f;
    float s13 = 0f;
    float s14 = 0f;
    float s15 = 0f;
    int whole = n & -Kernels.LANES;
    for (int j = 0; j < whole; j += Kernels.LANES) {
      s0 += x[xo + j];
      s1 += x[xo + j + 1];
      s2 += x[xo + j + 2];
      s3 += x[xo + j + 3];
      s4 += x[xo + j + 4];
      s5 += x[xo + j + 5];
      s6 += x[xo + j + 6];
      s7 += x[xo + j + 7];
      s8 += x[xo + j + 8];
      s9 += x[xo + j + 9];
      s10 += x[xo + j + 10];
      s11 += x[xo + j + 11];
      s12 += x[xo + j + 12];
      s13 += x[xo + j + 13];
      s14 += x[xo + j + 14];
      s15 += x[xo + j + 15];
    }
    int rest = n - whole;
    if (rest > 0) {
      s0 += x[xo + whole];
    }
    if (rest > 1) {
      s1 += x[xo + whole + 1];
    }
    if (rest > 2) {
      s2 += x[xo + whole + 2];
    }
    if (rest > 3) {
      s3 += x[xo + whole + 3];
    }
    if (rest > 4) {
      s4 += x[xo + whole + 4];
    }
    if (rest > 5) {
      s5 += x[xo + whole + 5];
    }
    if (rest > 6) {
      s6 += x[xo + whole + 6];
    }
    if (rest > 7) {
      s7 += x[xo + whole + 7];
    }
    if (rest > 8) {
      s8 += x[xo + whole + 8];
    }
    if (rest > 9) {
      s9 += x[xo + whole + 9];
    }
    if (rest > 10) {
      s10 += x[xo + whole + 10];
    }
    if (rest > 11) {
      s11 += x[xo + whole + 11];
    }
    if (rest > 12) {
      s12 += x[xo + whole + 12];
    }
    if (rest > 13) {
      s13 += x[xo + whole + 13];
    }
    if (rest > 14) {
      s14 += x[xo + whole + 14];
    }
    return VirtualLanes.fold(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
  }

  /** Sum of (x - mean)^2. */
  static float sumOfSquaredDeviations(int n, float[] x, int xo, float mean) {
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    float s8 = 0f;
    float s9 = 0f;
    float s10 = 0f;
    float s11 = 0f;
    float s12 = 0f;
    float s13 = 0f;
    float s14 = 0f;
    float s15 = 0f;
    int whole = n & -Kernels.LANES;
    for (int j = 0; j < whole; j += Kernels.LANES) {
      float d0 = x[xo + j] - mean;
      s0 = Math.fma(d0, d0, s0);
      float d1 = x[xo + j + 1] - mean;
      s1 = Math.fma(d1, d1, s1);
      float d2 = x[xo + j + 2] - mean;
      s2 = Math.fma(d2, d2, s2);
      float d3 = x[xo + j + 3] - mean;
      s3 = Math.fma(d3, d3, s3);
      float d4 = x[xo + j + 4] - mean;
      s4 = Math.fma(d4, d4, s4);
      float d5 = x[xo + j + 5] - mean;
      s5 = Math.fma(d5, d5, s5);
      float d6 = x[xo + j + 6] - mean;
      s6 = Math.fma(d6, d6, s6);
      float d7 = x[xo + j + 7] - mean;
      s7 = Math.fma(d7, d7, s7);
      float d8 = x[xo + j + 8] - mean;
      s8 = Math.fma(d8, d8, s8);
      float d9 = x[xo + j + 9] - mean;
      s9 = Math.fma(d9, d9, s9);
      float d10 = x[xo + j + 10] - mean;
      s10 = Math.fma(d10, d10, s10);
      float d11 = x[xo + j + 11] - mean;
      s11 = Math.fma(d11, d11, s11);
      float d12 = x[xo + j + 12] - mean;
      s12 = Math.fma(d12, d12, s12);
      float d13 = x[xo + j + 13] - mean;
      s13 = Math.fma(d13, d13, s13);
      float d14 = x[xo + j + 14] - mean;
      s14 = Math.fma(d14, d14, s14);
      float d15 = x[xo + j + 15] - mean;
      s15 = Math.fma(d15, d15, s15);
    }
    int rest = n - whole;
    if (rest > 0) {
      float d0 = x[xo + whole] - mean;
      s0 = Math.fma(d0, d0, s0);
    }
    if (rest > 1) {
      float d1 = x[xo + whole + 1] - mean;
      s1 = Math.fma(d1, d1, s1);
    }
    if (rest > 2) {
      float d2 = x[xo + whole + 2] - mean;
      s2 = Math.fma(d2, d2, s2);
    }
    if (rest > 3) {
      float d3 = x[xo + whole + 3] - mean;
      s3 = Math.fma(d3, d3, s3);
    }
    if (rest > 4) {
      float d4 = x[xo + whole + 4] - mean;
      s4 = Math.fma(d4, d4, s4);
    }
    if (rest > 5) {
      float d5 = x[xo + whole + 5] - mean;
      s5 = Math.fma(d5, d5, s5);
    }
    if (rest > 6) {
      float d6 = x[xo + whole + 6] - mean;
      s6 = Math.fma(d6, d6, s6);
    }
    if (rest > 7) {
      float d7 = x[xo + whole + 7] - mean;
      s7 = Math.fma(d7, d7, s7);
    }
    if (rest > 8) {
      float d8 = x[xo + whole + 8] - mean;
      s8 = Math.fma(d8, d8, s8);
    }
    if (rest > 9) {
      float d9 = x[xo + whole + 9] - mean;
      s9 = Math.fma(d9, d9, s9);
    }
    if (rest > 10) {
      float d10 = x[xo + whole + 10] - mean;
      s10 = Math.fma(d10, d10, s10);
    }
    if (rest > 11) {
      float d11 = x[xo + whole + 11] - mean;
      s11 = Math.fma(d11, d11, s11);
    }
    if (rest > 12) {
      float d12 = x[xo + whole + 12] - mean;
      s12 = Math.fma(d12, d12, s12);
    }
    if (rest > 13) {
      float d13 = x[xo + whole + 13] - mean;
      s13 = Math.fma(d13, d13, s13);
    }
    if (rest > 14) {
      float d14 = x[xo + whole + 14] - mean;
      s14 = Math.fma(d14, d14, s14);
    }
    return VirtualLanes.fold(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
  }

  /** Sum of x y, fused. */
  static float dot(int n, float[] x, int xo, float[] y, int yo) {
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    float s8 = 0f;
    float s9 = 0f;
    float s10 = 0f;
    float s11 = 0f;
    float s12 = 0f;
    float s13 = 0f;
    float s14 = 0f;
    float s15 = 0f;
    int whole = n & -Kernels.LANES;
    for (int j = 0; j < whole; j += Kernels.LANES) {
      s0 = Math.fma(x[xo + j], y[yo + j], s0);
      s1 = Math.fma(x[xo + j + 1], y[yo + j + 1], s1);
      s2 = Math.fma(x[xo + j + 2], y[yo + j + 2], s2);
      s3 = Math.fma(x[xo + j + 3], y[yo + j + 3], s3);
      s4 = Math.fma(x[xo + j + 4], y[yo + j + 4], s4);
      s5 = Math.fma(x[xo + j + 5], y[yo + j + 5], s5);
      s6 = Math.fma(x[xo + j + 6], y[yo + j + 6], s6);
      s7 = Math.fma(x[xo + j + 7], y[yo + j + 7], s7);
      s8 = Math.fma(x[xo + j + 8], y[yo + j + 8], s8);
      s9 = Math.fma(x[xo + j + 9], y[yo + j + 9], s9);
      s10 = Math.fma(x[xo + j + 10], y[yo + j + 10], s10);
      s11 = Math.fma(x[xo + j + 11], y[yo + j + 11], s11);
      s12 = Math.fma(x[xo + j + 12], y[yo + j + 12], s12);
      s13 = Math.fma(x[xo + j + 13], y[yo + j + 13], s13);
      s14 = Math.fma(x[xo + j + 14], y[yo + j + 14], s14);
      s15 = Math.fma(x[xo + j + 15], y[yo + j + 15], s15);
    }
    int rest = n - whole;
    if (rest > 0) {
      s0 = Math.fma(x[xo + whole], y[yo + whole], s0);
    }
    if (rest > 1) {
      s1 = Math.fma(x[xo + whole + 1], y[yo + whole + 1], s1);
    }
    if (rest > 2) {
      s2 = Math.fma(x[xo + whole + 2], y[yo + whole + 2], s2);
    }
    if (rest > 3) {
      s3 = Math.fma(x[xo + whole + 3], y[yo + whole + 3], s3);
    }
    if (rest > 4) {
      s4 = Math.fma(x[xo + whole + 4], y[yo + whole + 4], s4);
    }
    if (rest > 5) {
      s5 = Math.fma(x[xo + whole + 5], y[yo + whole + 5], s5);
    }
    if (rest > 6) {
      s6 = Math.fma(x[xo + whole + 6], y[yo + whole + 6], s6);
    }
    if (rest > 7) {
      s7 = Math.fma(x[xo + whole + 7], y[yo + whole + 7], s7);
    }
    if (rest > 8) {
      s8 = Math.fma(x[xo + whole + 8], y[yo + whole + 8], s8);
    }
    if (rest > 9) {
      s9 = Math.fma(x[xo + whole + 9], y[yo + whole + 9], s9);
    }
    if (rest > 10) {
      s10 = Math.fma(x[xo + whole + 10], y[yo + whole + 10], s10);
    }
    if (rest > 11) {
      s11 = Math.fma(x[xo + whole + 11], y[yo + whole + 11], s11);
    }
    if (rest > 12) {
      s12 = Math.fma(x[xo + whole + 12], y[yo + whole + 12], s12);
    }
    if (rest > 13) {
      s13 = Math.fma(x[xo + whole + 13], y[yo + whole + 13], s13);
    }
    if (rest > 14) {
      s14 = Math.fma(x[xo + whole + 14], y[yo + whole + 14], s14);
    }
    return VirtualLanes.fold(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
  }

  /** Sum of squares, lanes and sum in double. */
  static double sumOfSquares(int n, float[] x, int xo) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    double s8 = 0;
    double s9 = 0;
    double s10 = 0;
    double s11 = 0;
    double s12 = 0;
    double s13 = 0;
    double s14 = 0;
    double s15 = 0;
    int whole = n & -Kernels.LANES;
    for (int j = 0; j < whole; j += Kernels.LANES) {
      double v0 = x[xo + j];
      s0 = Math.fma(v0, v0, s0);
      double v1 = x[xo + j + 1];
      s1 = Math.fma(v1, v1, s1);
      double v2 = x[xo + j + 2];
      s2 = Math.fma(v2, v2, s2);
      double v3 = x[xo + j + 3];
      s3 = Math.fma(v3, v3, s3);
      double v4 = x[xo + j + 4];
      s4 = Math.fma(v4, v4, s4);
      double v5 = x[xo + j + 5];
      s5 = Math.fma(v5, v5, s5);
      double v6 = x[xo + j + 6];
      s6 = Math.fma(v6, v6, s6);
      double v7 = x[xo + j + 7];
      s7 = Math.fma(v7, v7, s7);
      double v8 = x[xo + j + 8];
      s8 = Math.fma(v8, v8, s8);
      double v9 = x[xo + j + 9];
      s9 = Math.fma(v9, v9, s9);
      double v10 = x[xo + j + 10];
      s10 = Math.fma(v10, v10, s10);
      double v11 = x[xo + j + 11];
      s11 = Math.fma(v11, v11, s11);
      double v12 = x[xo + j + 12];
      s12 = Math.fma(v12, v12, s12);
      double v13 = x[xo + j + 13];
      s13 = Math.fma(v13, v13, s13);
      double v14 = x[xo + j + 14];
      s14 = Math.fma(v14, v14, s14);
      double v15 = x[xo + j + 15];
      s15 = Math.fma(v15, v15, s15);
    }
    int rest = n - whole;
    if (rest > 0) {
      double v0 = x[xo + whole];
      s0 = Math.fma(v0, v0, s0);
    }
    if (rest > 1) {
      double v1 = x[xo + whole + 1];
      s1 = Math.fma(v1, v1, s1);
    }
    if (rest > 2) {
      double v2 = x[xo + whole + 2];
      s2 = Math.fma(v2, v2, s2);
    }
    if (rest > 3) {
      double v3 = x[xo + whole + 3];
      s3 = Math.fma(v3, v3, s3);
    }
    if (rest > 4) {
      double v4 = x[xo + whole + 4];
      s4 = Math.fma(v4, v4, s4);
    }
    if (rest > 5) {
      double v5 = x[xo + whole + 5];
      s5 = Math.fma(v5, v5, s5);
    }
    if (rest > 6) {
      double v6 = x[xo + whole + 6];
      s6 = Math.fma(v6, v6, s6);
    }
    if (rest > 7) {
      double v7 = x[xo + whole + 7];
      s7 = Math.fma(v7, v7, s7);
    }
    if (rest > 8) {
      double v8 = x[xo + whole + 8];
      s8 = Math.fma(v8, v8, s8);
    }
    if (rest > 9) {
      double v9 = x[xo + whole + 9];
      s9 = Math.fma(v9, v9, s9);
    }
    if (rest > 10) {
      double v10 = x[xo + whole + 10];
      s10 = Math.fma(v10, v10, s10);
    }
    if (rest > 11) {
      double v11 = x[xo + whole + 11];
      s11 = Math.fma(v11, v11, s11);
    }
    if (rest > 12) {
      double v12 = x[xo + whole + 12];
      s12 = Math.fma(v12, v12, s12);
    }
    if (rest > 13) {
      double v13 = x[xo + whole + 13];
      s13 = Math.fma(v13, v13, s13);
    }
    if (rest > 14) {
      double v14 = x[xo + whole + 14];
      s14 = Math.fma(v14, v14, s14);
    }
    return VirtualLanes.fold(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
  }
}
