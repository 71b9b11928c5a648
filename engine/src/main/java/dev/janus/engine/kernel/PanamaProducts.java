package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.PanamaPanels.COLUMNS;
import static dev.janus.engine.kernel.PanamaPanels.ROWS;

/** Products driven over tiles: panels outside, so that one panel stays in the nearest cache. */
final class PanamaProducts {
  /** Rows of a weight gradient that are packed at a time: both packed operands stay in cache. */
  private static final int OUTER_ROWS = 192;

  /** Initial values of a product without bias; never written. */
  private static final float[] ZEROS = new float[COLUMNS];

  private PanamaProducts() {}

  static void multiply(
      int m, int n, int k, float[] a, int ao, float[] packed, int po, float[] c, int co) {
    for (int j = 0; j < n; j += COLUMNS) {
      PanamaRowTile.panel(
          m, Math.min(COLUMNS, n - j), k, a, ao, k, packed, po + j * k, ZEROS, 0, 0, c, co + j, n);
    }
  }

  static void multiplyBias(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      float[] packed,
      int po,
      float[] bias,
      int bo,
      float[] c,
      int co) {
    for (int j = 0; j < n; j += COLUMNS) {
      PanamaRowTile.panel(
          m,
          Math.min(COLUMNS, n - j),
          k,
          a,
          ao,
          k,
          packed,
          po + j * k,
          bias,
          bo + j,
          0,
          c,
          co + j,
          n);
    }
  }

  static void multiplyAdd(
      int m, int n, int k, float[] a, int ao, float[] packed, int po, float[] c, int co) {
    for (int j = 0; j < n; j += COLUMNS) {
      PanamaRowTile.panel(
          m, Math.min(COLUMNS, n - j), k, a, ao, k, packed, po + j * k, c, co + j, n, c, co + j, n);
    }
  }

  static int outerScratchLength(int rows, int m, int n) {
    int block = Math.min(rows, OUTER_ROWS);
    return block * (PanamaPanels.roundUp(m, ROWS) + PanamaPanels.roundUp(n, COLUMNS));
  }

  static void outerAdd(
      int rows,
      int m,
      int n,
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] g,
      int go,
      float[] scratch,
      int so) {
    if (m == 0 || n == 0) {
      return;
    }
    for (int r = 0; r < rows; r += OUTER_ROWS) {
      int block = Math.min(OUTER_ROWS, rows - r);
      int right = so + block * PanamaPanels.roundUp(m, ROWS);
      PanamaPanels.packLeft(block, m, dy, dyo + r * m, m, scratch, so);
      PanamaPanels.pack(block, n, x, xo + r * n, n, scratch, right);
      for (int j = 0; j < n; j += COLUMNS) {
        int columns = Math.min(COLUMNS, n - j);
        for (int i = 0; i < m; i += ROWS) {
          int tileRows = Math.min(ROWS, m - i);
          int to = go + i * n + j;
          PanamaPackedTile.tile(
              tileRows,
              columns,
              block,
              scratch,
              so + i * block,
              scratch,
              right + j * block,
              g,
              to,
              n,
              g,
              to,
              n);
        }
      }
    }
  }
}
