package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.PanamaPanels.COLUMNS;
import static dev.janus.engine.kernel.PanamaPanels.LEFT_ROWS;
import static dev.janus.engine.kernel.PanamaPanels.ROWS;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

/**
 * Attention of one flow as small products over panels, head by head. Matrices of scores and
 * probabilities are transposed, {@code [keys, queries]}, and both count from the last token: key p
 * is row {@code rows - 1 - p} of the flow, query i is row {@code rows - 1 - i}. Lanes are then
 * queries, so a softmax needs no sum across lanes; what a query does not read comes first and is
 * zero, so sums over the keys of several queries at once may begin where the first of them begins;
 * and the panel that is not full belongs to the first queries, which read hardly a key.
 *
 * <p>Probabilities of head h, key p lie at {@code (h * rows + p) * stride}, the stride being rows
 * rounded up to {@link Kernels#LANES}.
 */
final class PanamaAttention {
  private static final float[] ZEROS = new float[COLUMNS];

  private PanamaAttention() {}

  static int savedLength(int rows, int heads) {
    return heads * rows * PanamaPanels.roundUp(rows, Kernels.LANES);
  }

  /** Room for a transposed operand of all heads, a packed one of a head and its scores. */
  static int scratchLength(int rows, int heads, int width) {
    return transposedLength(rows, heads * width)
        + leftLength(rows)
        + rows * PanamaPanels.roundUp(width, COLUMNS)
        + rows * scoreStride(rows);
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
    int row = 3 * d;
    int stride = PanamaPanels.roundUp(rows, Kernels.LANES);
    int scoreStride = scoreStride(rows);
    int left = sco + transposedLength(rows, d);
    int values = left + leftLength(rows);
    int scores = values + rows * PanamaPanels.roundUp(width, COLUMNS);
    float scale = (float) (1 / Math.sqrt(width));
    scratch[sco] = CacheLines.touch(rows * row, qkv, qo);
    scratch[sco] = CacheLines.touch(rows * d, out, oo);
    PanamaPanels.packTransposed(d, rows, qkv, qo + (rows - 1) * row, -row, scratch, sco);
    for (int h = 0; h < heads; h++) {
      int lastKey = qo + d + h * width + (rows - 1) * row;
      int probabilities = so + h * rows * stride;
      PanamaPanels.pack(rows, width, qkv, lastKey + d, -row, scratch, values);
      pairs(
          rows,
          width,
          mask,
          qkv,
          lastKey,
          -row,
          scratch,
          sco + h * width * COLUMNS,
          d,
          scratch,
          scores,
          scoreStride);
      PanamaSoftmax.softmax(
          rows, mask, scale, scratch, scores, scoreStride, saved, probabilities, stride);
      overKeys(
          rows,
          width,
          mask,
          saved,
          probabilities,
          stride,
          scratch,
          values,
          out,
          oo + h * width + (rows - 1) * d,
          -d,
          left);
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
    int row = 3 * d;
    int stride = PanamaPanels.roundUp(rows, Kernels.LANES);
    int scoreStride = scoreStride(rows);
    int left = sco + transposedLength(rows, d);
    int packed = left + leftLength(rows);
    int slopes = packed + rows * PanamaPanels.roundUp(width, COLUMNS);
    float scale = (float) (1 / Math.sqrt(width));
    scratch[sco] = CacheLines.touch(rows * row, qkv, qo);
    scratch[sco] = CacheLines.touch(rows * d, dout, doo);
    scratch[sco] = CacheLines.touch(rows * row, dqkv, dqo);
    PanamaPanels.packTransposed(d, rows, dout, doo + (rows - 1) * d, -d, scratch, sco);
    for (int h = 0; h < heads; h++) {
      int lastQuery = qo + h * width + (rows - 1) * row;
      int lastKey = lastQuery + d;
      int up = doo + h * width + (rows - 1) * d;
      int dLastQuery = dqo + h * width + (rows - 1) * row;
      int dLastKey = dLastQuery + d;
      int probabilities = so + h * rows * stride;
      pairs(
          rows,
          width,
          mask,
          qkv,
          lastKey + d,
          -row,
          scratch,
          sco + h * width * COLUMNS,
          d,
          scratch,
          slopes,
          scoreStride);
      PanamaSoftmax.slopes(
          rows, mask, scale, saved, probabilities, stride, scratch, slopes, scoreStride);
      PanamaPanels.pack(rows, width, qkv, lastKey, -row, scratch, packed);
      overKeys(
          rows,
          width,
          mask,
          scratch,
          slopes,
          scoreStride,
          scratch,
          packed,
          dqkv,
          dLastQuery,
          -row,
          left);
      PanamaPanels.pack(rows, width, qkv, lastQuery, -row, scratch, packed);
      overQueries(
          rows, width, mask, scratch, slopes, scoreStride, scratch, packed, dqkv, dLastKey, -row);
      PanamaPanels.pack(rows, width, dout, up, -d, scratch, packed);
      overQueries(
          rows,
          width,
          mask,
          saved,
          probabilities,
          stride,
          scratch,
          packed,
          dqkv,
          dLastKey + d,
          -row);
    }
  }

  /** First key that query i or a later one of its panel reads. */
  static int firstKey(AttentionMask mask, int i, int rows) {
    return rows - mask.visible(rows - 1 - i, rows);
  }

  /** How many queries, from the first on, read key p. */
  static int readers(AttentionMask mask, int p, int rows) {
    if (mask == AttentionMask.CAUSAL) {
      return p + 1;
    }
    return p == 0 ? 1 : rows;
  }

  /**
   * {@code c[p, i] = a_p . b_i} for every pair that the mask allows, and some more.
   *
   * @param panels the b_i of this head within panels of all heads, i.e. of {@code panelRows} rows
   */
  private static void pairs(
      int rows,
      int width,
      AttentionMask mask,
      float[] a,
      int ao,
      int lda,
      float[] panels,
      int po,
      int panelRows,
      float[] c,
      int co,
      int ldc) {
    for (int i = 0; i < rows; i += COLUMNS) {
      int p = firstKey(mask, i, rows);
      // What the right half of the panel reads begins later, or nowhere; up to there half is
      // enough.
      int right = i + WIDTH < rows ? firstKey(mask, i + WIDTH, rows) : rows;
      int panel = po + i * panelRows;
      int to = co + i;
      pairs(right - p, WIDTH, width, a, ao + p * lda, lda, panels, panel, c, to + p * ldc, ldc);
      pairs(
          rows - right,
          COLUMNS,
          width,
          a,
          ao + right * lda,
          lda,
          panels,
          panel,
          c,
          to + right * ldc,
          ldc);
    }
  }

  /** The pairs of some keys and a panel: padded columns as well, which stay finite. */
  private static void pairs(
      int keys,
      int columns,
      int width,
      float[] a,
      int ao,
      int lda,
      float[] panels,
      int po,
      float[] c,
      int co,
      int ldc) {
    PanamaRowTile.panel(keys, columns, width, a, ao, lda, panels, po, ZEROS, 0, 0, c, co, ldc);
  }

  /**
   * {@code c_i = sum over keys p of a[p, i] b_p}.
   *
   * @param left room for a packed panel of a
   */
  private static void overKeys(
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
      int ldc,
      int left) {
    for (int i = 0; i < rows; i += LEFT_ROWS) {
      int p = firstKey(mask, i, rows);
      PanamaPanels.packLeftPanel(rows - p, a, ao + p * lda + i, lda, panels, left);
      for (int j = 0; j < width; j += COLUMNS) {
        PanamaPackedTile.tile(
            Math.min(LEFT_ROWS, rows - i),
            Math.min(COLUMNS, width - j),
            rows - p,
            panels,
            left,
            panels,
            po + j * rows + p * COLUMNS,
            ZEROS,
            0,
            0,
            c,
            co + i * ldc + j,
            ldc);
      }
    }
  }

  /** {@code c_p = sum over queries i of a[p, i] b_i}. */
  private static void overQueries(
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
      for (int p = 0; p < rows; p += ROWS) {
        int tileRows = Math.min(ROWS, rows - p);
        PanamaRowTile.panel(
            tileRows,
            columns,
            readers(mask, p + tileRows - 1, rows),
            a,
            ao + p * lda,
            lda,
            panels,
            po + j * rows,
            ZEROS,
            0,
            0,
            c,
            co + p * ldc + j,
            ldc);
      }
    }
  }

  /** Room for a transposed operand. */
  private static int transposedLength(int rows, int d) {
    return d * scoreStride(rows);
  }

  /** Room for a packed panel of a left factor; what follows it begins on a cache line again. */
  private static int leftLength(int rows) {
    return PanamaPanels.roundUp(rows * LEFT_ROWS, Kernels.LANES);
  }

  /** Distance of two rows of scores: whole panels, and whole rows of probabilities. */
  private static int scoreStride(int rows) {
    return PanamaPanels.roundUp(rows, Math.max(COLUMNS, Kernels.LANES));
  }
}
