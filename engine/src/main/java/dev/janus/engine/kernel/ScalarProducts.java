package dev.janus.engine.kernel;

/** Products in plain Java; a packed right-hand side is the plain {@code [k, n]} matrix. */
final class ScalarProducts {
  private ScalarProducts() {}

  static void packTransposed(int k, int n, float[] w, int wo, float[] packed, int po) {
    for (int j = 0; j < n; j++) {
      for (int p = 0; p < k; p++) {
        packed[po + p * n + j] = w[wo + j * k + p];
      }
    }
  }

  static void multiplyAdd(
      int m, int n, int k, float[] a, int ao, float[] packed, int po, float[] c, int co) {
    for (int i = 0; i < m; i++) {
      int row = co + i * n;
      for (int p = 0; p < k; p++) {
        float factor = a[ao + i * k + p];
        int b = po + p * n;
        for (int j = 0; j < n; j++) {
          c[row + j] = Math.fma(factor, packed[b + j], c[row + j]);
        }
      }
    }
  }

  static void outerAdd(
      int rows, int m, int n, float[] dy, int dyo, float[] x, int xo, float[] g, int go) {
    for (int r = 0; r < rows; r++) {
      int row = xo + r * n;
      for (int i = 0; i < m; i++) {
        float factor = dy[dyo + r * m + i];
        int out = go + i * n;
        for (int j = 0; j < n; j++) {
          g[out + j] = Math.fma(factor, x[row + j], g[out + j]);
        }
      }
    }
  }
}
