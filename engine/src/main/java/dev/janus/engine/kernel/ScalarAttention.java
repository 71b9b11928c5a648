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
    float[] lanes = new float[Kernels.LANES];
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < rows; i++) {
        int visible = mask.visible(i, rows);
        int p = so + (h * rows + i) * stride;
        int q = qo + i * 3 * d + h * width;
        for (int j = 0; j < visible; j++) {
          saved[p + j] = dot(width, qkv, q, qkv, qo + (j * 3 + 1) * d + h * width);
        }
        softmax(visible, stride, scale, saved, p, lanes);
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
    float[] lanes = new float[Kernels.LANES];
    Arrays.fill(dqkv, dqo, dqo + rows * 3 * d, 0f);
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < rows; i++) {
        int visible = mask.visible(i, rows);
        int p = so + (h * rows + i) * stride;
        int up = doo + i * d + h * width;
        Arrays.fill(lanes, 0f);
        for (int j = 0; j < visible; j++) {
          float dp = dot(width, dout, up, qkv, qo + (j * 3 + 2) * d + h * width);
          ds[dso + j] = dp;
          lanes[j & 15] = Math.fma(saved[p + j], dp, lanes[j & 15]);
        }
        float mean = VirtualLanes.fold(lanes);
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

  private static void softmax(
      int visible, int stride, float scale, float[] saved, int p, float[] lanes) {
    float max = saved[p];
    for (int j = 1; j < visible; j++) {
      max = Math.max(max, saved[p + j]);
    }
    Arrays.fill(lanes, 0f);
    for (int j = 0; j < visible; j++) {
      float e = Exponential.ofNonPositive((saved[p + j] - max) * scale);
      saved[p + j] = e;
      lanes[j & 15] += e;
    }
    float inverse = 1f / VirtualLanes.fold(lanes);
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
