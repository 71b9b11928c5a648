package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.PanamaPanels.COLUMNS;
import static dev.janus.engine.kernel.PanamaPanels.ROWS;

import java.util.Arrays;

/**
 * Attention of one flow as small products over tiles, head by head. What lies above the diagonal is
 * skipped by whole panels or computed and ignored, never read: a row depends only on rows it reads.
 * Probabilities are stored as in {@link ScalarAttention}.
 */
final class PanamaAttention {
  private static final float[] ZEROS = new float[COLUMNS];

  private PanamaAttention() {}

  /** Two packed operands of a head and its score matrix. */
  static int scratchLength(int rows, int width) {
    int keys = keyStride(rows);
    int columns = PanamaPanels.roundUp(width, COLUMNS);
    return width * keys + rows * columns + rows * keys;
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
      int oo,
      float[] scratch,
      int sco) {
    int d = heads * width;
    int stride = ScalarAttention.stride(rows);
    int keys = keyStride(rows);
    int values = sco + width * keys;
    int scores = values + rows * PanamaPanels.roundUp(width, COLUMNS);
    float scale = (float) (1 / Math.sqrt(width));
    for (int h = 0; h < heads; h++) {
      int q = qo + h * width;
      PanamaPanels.packTransposed(width, rows, qkv, q + d, 3 * d, scratch, sco);
      PanamaPanels.pack(rows, width, qkv, q + 2 * d, 3 * d, scratch, values);
      products(rows, width, mask, qkv, q, 3 * d, scratch, sco, scratch, scores);
      int probabilities = so + h * rows * stride;
      for (int i = 0; i < rows; i++) {
        int visible = mask.visible(i, rows);
        int row = probabilities + i * stride;
        PanamaSoftmax.softmax(visible, stride, scale, scratch, scores + i * keys, saved, row);
      }
      mix(rows, width, mask, saved, probabilities, stride, scratch, values, out, oo + h * width, d);
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
      float[] scratch,
      int sco) {
    int d = heads * width;
    int stride = ScalarAttention.stride(rows);
    int keys = keyStride(rows);
    int right = sco + width * keys;
    int slopes = right + rows * PanamaPanels.roundUp(width, COLUMNS);
    float scale = (float) (1 / Math.sqrt(width));
    for (int h = 0; h < heads; h++) {
      int q = qo + h * width;
      int dq = dqo + h * width;
      int up = doo + h * width;
      int probabilities = so + h * rows * stride;
      PanamaPanels.packTransposed(width, rows, qkv, q + 2 * d, 3 * d, scratch, sco);
      products(rows, width, mask, dout, up, d, scratch, sco, scratch, slopes);
      for (int i = 0; i < rows; i++) {
        int visible = mask.visible(i, rows);
        int row = slopes + i * keys;
        Arrays.fill(scratch, row + visible, row + keys, 0f);
        int p = probabilities + i * stride;
        float mean = PanamaReductions.dot(stride, saved, p, scratch, row);
        PanamaSoftmax.slopes(stride, scale, mean, saved, p, scratch, row);
      }
      PanamaPanels.pack(rows, width, qkv, q + d, 3 * d, scratch, right);
      mix(rows, width, mask, scratch, slopes, keys, scratch, right, dqkv, dq, 3 * d);
      PanamaPanels.pack(rows, width, qkv, q, 3 * d, scratch, right);
      spread(rows, width, mask, scratch, slopes, keys, scratch, right, dqkv, dq + d, 3 * d);
      PanamaPanels.pack(rows, width, dout, up, d, scratch, right);
      spread(
          rows, width, mask, saved, probabilities, stride, scratch, right, dqkv, dq + 2 * d, 3 * d);
    }
  }

  /** {@code c[i, j] = a_i . b_j} for every pair that the mask allows, and some more. */
  private static void products(
      int rows,
      int width,
      AttentionMask mask,
      float[] a,
      int ao,
      int lda,
      float[] panels,
      int po,
      float[] c,
      int co) {
    int ldc = keyStride(rows);
    for (int j = 0; j < rows; j += COLUMNS) {
      for (int i = firstReader(mask, j); i < rows; i += ROWS) {
        PanamaRowTile.tile(
            Math.min(ROWS, rows - i),
            COLUMNS,
            width,
            a,
            ao + i * lda,
            lda,
            panels,
            po + j * width,
            ZEROS,
            0,
            0,
            c,
            co + i * ldc + j,
            ldc);
      }
    }
  }

  /** {@code c_i = sum over visible j, ascending, of a[i, j] b_j}. */
  private static void mix(
      int rows,
      int width,
      AttentionMask mask,
      float[] a,
      int ao,
      int lda,
      float[] panels,
      int po,
      float[] c,
      int co,
      int ldc) {
    for (int j = 0; j < width; j += COLUMNS) {
      int columns = Math.min(COLUMNS, width - j);
      int panel = po + j * rows;
      for (int i = 0; i < rows; i += ROWS) {
        int tileRows = Math.min(ROWS, rows - i);
        int common = mask.visible(i, rows);
        int left = ao + i * lda;
        int to = co + i * ldc + j;
        PanamaRowTile.tile(
            tileRows, columns, common, a, left, lda, panels, panel, ZEROS, 0, 0, c, to, ldc);
        for (int r = 1; r < tileRows; r++) {
          int more = mask.visible(i + r, rows) - common;
          if (more > 0) {
            int from = panel + common * COLUMNS;
            int row = to + r * ldc;
            PanamaRowTile.tile(
                1,
                columns,
                more,
                a,
                left + r * lda + common,
                lda,
                panels,
                from,
                c,
                row,
                ldc,
                c,
                row,
                ldc);
          }
        }
      }
    }
  }

  /** {@code c_j = sum over readers i, ascending, of a[i, j] b_i}; a is 0 where j is not read. */
  private static void spread(
      int rows,
      int width,
      AttentionMask mask,
      float[] a,
      int ao,
      int lda,
      float[] panels,
      int po,
      float[] c,
      int co,
      int ldc) {
    for (int k = 0; k < width; k += COLUMNS) {
      int columns = Math.min(COLUMNS, width - k);
      for (int j = 0; j < rows; j += ROWS) {
        int first = firstReader(mask, j);
        PanamaColumnTile.tile(
            Math.min(ROWS, rows - j),
            columns,
            rows - first,
            a,
            ao + first * lda + j,
            lda,
            panels,
            po + k * rows + first * COLUMNS,
            ZEROS,
            0,
            0,
            c,
            co + j * ldc + k,
            ldc);
      }
    }
  }

  /** Distance of two rows of scores: whole panels, and room for the rows of probabilities. */
  private static int keyStride(int rows) {
    return PanamaPanels.roundUp(rows, Math.max(COLUMNS, Kernels.LANES));
  }

  /** First row that may read key j. */
  private static int firstReader(AttentionMask mask, int j) {
    return mask == AttentionMask.CAUSAL ? j : 0;
  }
}
