package dev.janus.engine.kernel;

import java.util.Arrays;

/**
 * Attention of one flow in plain Java. Probabilities of head h, row i lie at {@code (h * rows + i)
 * * rows}; what row i does not read is 0. Sums over keys run downwards from the last key, so what a
 * row does not read comes first and adds nothing.
 */
final class ScalarAttention {
  private ScalarAttention() {}

  static void attention(
      float[][] space,
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
    int row = 3 * d;
    int last = rows - 1;
    float scale = (float) (1 / Math.sqrt(width));
    Arrays.fill(saved, so, so + heads * rows * rows, 0f);
    Arrays.fill(out, oo, oo + rows * d, 0f);
    for (int h = 0; h < heads; h++) {
      int q = qo + h * width;
      int k = q + d;
      int v = k + d;
      int p = so + h * rows * rows;
      ScalarProducts.accumulate(
          space, rows, rows, width, qkv, q, row, 1, qkv, k, 1, row, saved, p, rows);
      for (int i = 0; i < rows; i++) {
        softmax(space, mask.visible(i, rows), rows, scale, saved, p + i * rows);
      }
      ScalarProducts.accumulate(
          space,
          rows,
          width,
          rows,
          saved,
          p + last,
          rows,
          -1,
          qkv,
          v + last * row,
          -row,
          1,
          out,
          oo + h * width,
          d);
    }
  }

  static void attentionBackward(
      float[][] space,
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
      float[] slopes,
      int slo) {
    int d = heads * width;
    int row = 3 * d;
    int last = rows - 1;
    float scale = (float) (1 / Math.sqrt(width));
    Arrays.fill(dqkv, dqo, dqo + rows * row, 0f);
    for (int h = 0; h < heads; h++) {
      int q = qo + h * width;
      int k = q + d;
      int v = k + d;
      int up = doo + h * width;
      int dq = dqo + h * width;
      int p = so + h * rows * rows;
      Arrays.fill(slopes, slo, slo + rows * rows, 0f);
      ScalarProducts.accumulate(
          space, rows, rows, width, dout, up, d, 1, qkv, v, 1, row, slopes, slo, rows);
      for (int i = 0; i < rows; i++) {
        slopes(mask.visible(i, rows), rows, scale, saved, p + i * rows, slopes, slo + i * rows);
      }
      ScalarProducts.accumulate(
          space,
          rows,
          width,
          rows,
          slopes,
          slo + last,
          rows,
          -1,
          qkv,
          k + last * row,
          -row,
          1,
          dqkv,
          dq,
          row);
      ScalarProducts.accumulate(
          space,
          rows,
          width,
          rows,
          slopes,
          slo + last * rows,
          1,
          -rows,
          qkv,
          q + last * row,
          -row,
          1,
          dqkv,
          dq + d,
          row);
      ScalarProducts.accumulate(
          space,
          rows,
          width,
          rows,
          saved,
          p + last * rows,
          1,
          -rows,
          dout,
          up + last * d,
          -d,
          1,
          dqkv,
          dq + 2 * d,
          row);
    }
  }

  /** Scores become probabilities; what is not visible becomes 0. */
  private static void softmax(
      float[][] space, int visible, int rows, float scale, float[] s, int so) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < visible; j++) {
      max = s[so + j] > max ? s[so + j] : max;
    }
    float[] e = space[ScalarWorkspace.E];
    for (int from = 0; from < visible; from += ScalarWorkspace.LENGTH) {
      int m = Math.min(ScalarWorkspace.LENGTH, visible - from);
      System.arraycopy(s, so + from, e, 0, m);
      for (int j = 0; j < m; j++) {
        e[j] = Math.max((e[j] - max) * scale, Exponential.LOWEST);
      }
      ScalarActivations.exponentials(m, e, space[ScalarWorkspace.SHIFTED]);
      System.arraycopy(e, 0, s, so + from, m);
    }
    float sum = 0f;
    for (int j = visible - 1; j >= 0; j--) {
      sum += s[so + j];
    }
    float inverse = 1f / sum;
    for (int j = 0; j < visible; j++) {
      s[so + j] *= inverse;
    }
    Arrays.fill(s, so + visible, so + rows, 0f);
  }

  /** Gradients of probabilities become gradients of scores; what is not visible becomes 0. */
  private static void slopes(
      int visible, int rows, float scale, float[] p, int po, float[] g, int go) {
    float mean = 0f;
    for (int j = visible - 1; j >= 0; j--) {
      mean = Math.fma(p[po + j], g[go + j], mean);
    }
    for (int j = 0; j < visible; j++) {
      g[go + j] = p[po + j] * (g[go + j] - mean) * scale;
    }
    Arrays.fill(g, go + visible, go + rows, 0f);
  }
}
