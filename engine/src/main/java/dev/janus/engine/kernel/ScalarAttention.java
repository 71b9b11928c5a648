package dev.janus.engine.kernel;

import java.util.Arrays;

/**
 * Attention of one flow in plain Java. Probabilities of head h, row i lie at {@code (h * rows + i)
 * * stride}, the stride being rows rounded up to {@link Kernels#LANES}; what row i does not read is
 * 0.
 */
final class ScalarAttention {
  private ScalarAttention() {}

  /** Distance of two rows of probabilities. */
  static int stride(int rows) {
    return (rows + Kernels.LANES - 1) & -Kernels.LANES;
  }

  static void attention(
      int rows,
      int heads,
      int width,
      AttentionMask mask,
      float[] qkv,
      int qo,
      float[] saved,
      int so,
      float[] out,
      int oo) {
    int d = heads * width;
    int stride = stride(rows);
    float scale = (float) (1 / Math.sqrt(width));
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < rows; i++) {
        int visible = mask.visible(i, rows);
        int p = so + (h * rows + i) * stride;
        int q = qo + i * 3 * d + h * width;
        for (int j = 0; j < visible; j++) {
          saved[p + j] = dot(width, qkv, q, qkv, qo + (j * 3 + 1) * d + h * width);
        }
        softmax(visible, stride, scale, saved, p);
        int o = oo + i * d + h * width;
        Arrays.fill(out, o, o + width, 0f);
        for (int j = 0; j < visible; j++) {
          axpy(width, saved[p + j], qkv, qo + (j * 3 + 2) * d + h * width, out, o);
        }
      }
    }
  }

  static void attentionBackward(
      int rows,
      int heads,
      int width,
      AttentionMask mask,
      float[] qkv,
      int qo,
      float[] saved,
      int so,
      float[] dout,
      int doo,
      float[] dqkv,
      int dqo,
      float[] ds,
      int dso) {
    int d = heads * width;
    int stride = stride(rows);
    float scale = (float) (1 / Math.sqrt(width));
    Arrays.fill(dqkv, dqo, dqo + rows * 3 * d, 0f);
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < rows; i++) {
        int visible = mask.visible(i, rows);
        int p = so + (h * rows + i) * stride;
        int up = doo + i * d + h * width;
        for (int j = 0; j < visible; j++) {
          ds[dso + j] = dot(width, dout, up, qkv, qo + (j * 3 + 2) * d + h * width);
        }
        float mean = ScalarReductions.dot(visible, saved, p, ds, dso);
        int q = i * 3 * d + h * width;
        for (int j = 0; j < visible; j++) {
          float slope = saved[p + j] * (ds[dso + j] - mean) * scale;
          int k = (j * 3 + 1) * d + h * width;
          axpy(width, slope, qkv, qo + k, dqkv, dqo + q);
          axpy(width, slope, qkv, qo + q, dqkv, dqo + k);
          axpy(width, saved[p + j], dout, up, dqkv, dqo + k + d);
        }
      }
    }
  }

  private static void softmax(int visible, int stride, float scale, float[] saved, int p) {
    float max = saved[p];
    for (int j = 1; j < visible; j++) {
      max = saved[p + j] > max ? saved[p + j] : max;
    }
    for (int j = 0; j < visible; j++) {
      saved[p + j] = Exponential.ofNonPositive((saved[p + j] - max) * scale);
    }
    float inverse = 1f / ScalarReductions.sum(visible, saved, p);
    for (int j = 0; j < visible; j++) {
      saved[p + j] *= inverse;
    }
    Arrays.fill(saved, p + visible, p + stride, 0f);
  }

  private static float dot(int n, float[] a, int ao, float[] b, int bo) {
    float sum = 0f;
    for (int i = 0; i < n; i++) {
      sum = Math.fma(a[ao + i], b[bo + i], sum);
    }
    return sum;
  }

  private static void axpy(int n, float a, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.fma(a, x[xo + i], y[yo + i]);
    }
  }
}
