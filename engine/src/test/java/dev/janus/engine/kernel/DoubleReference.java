package dev.janus.engine.kernel;

/** The formulas in plain double-precision loops, written for reading. */
final class DoubleReference {
  private DoubleReference() {}

  /** {@code c[m, n] = init + a[m, k] b[k, n]}. */
  static double[] multiply(int m, int n, int k, double[] a, double[] b, double[] init) {
    double[] c = init.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int p = 0; p < k; p++) {
          c[i * n + j] += a[i * k + p] * b[p * n + j];
        }
      }
    }
    return c;
  }

  static double[] transpose(int rows, int columns, double[] w) {
    double[] t = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        t[j * rows + i] = w[i * columns + j];
      }
    }
    return t;
  }

  static double gelu(double x) {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  static double silu(double x) {
    return x / (1 + Math.exp(-x));
  }

  /** Layer norm and modulation of {@code [rows, d]}. */
  static double[] adaNorm(int rows, int d, double[] x, double[] shift, double[] scale) {
    double[] y = new double[rows * d];
    for (int r = 0; r < rows; r++) {
      double mean = 0;
      for (int j = 0; j < d; j++) {
        mean += x[r * d + j] / d;
      }
      double variance = 0;
      for (int j = 0; j < d; j++) {
        variance += Math.pow(x[r * d + j] - mean, 2) / d;
      }
      for (int j = 0; j < d; j++) {
        double h = (x[r * d + j] - mean) / Math.sqrt(variance + 1e-6);
        y[r * d + j] = h * (1 + scale[j]) + shift[j];
      }
    }
    return y;
  }

  /**
   * Attention of one flow: {@code qkv [rows, 3 * heads * width]} to {@code [rows, heads * width]}.
   */
  static double[] attention(int rows, int heads, int width, AttentionMask mask, double[] qkv) {
    int d = heads * width;
    double[] out = new double[rows * d];
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < rows; i++) {
        double[] weight = new double[rows];
        double sum = 0;
        for (int j = 0; j < mask.visible(i, rows); j++) {
          double score = 0;
          for (int c = h * width; c < (h + 1) * width; c++) {
            score += qkv[i * 3 * d + c] * qkv[j * 3 * d + d + c];
          }
          weight[j] = Math.exp(score / Math.sqrt(width));
          sum += weight[j];
        }
        for (int j = 0; j < rows; j++) {
          for (int c = h * width; c < (h + 1) * width; c++) {
            out[i * d + c] += weight[j] / sum * qkv[j * 3 * d + 2 * d + c];
          }
        }
      }
    }
    return out;
  }
}
