package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.PanamaPanels.COLUMNS;
import static dev.janus.engine.kernel.PanamaPanels.LEFT_ROWS;
import static dev.janus.engine.kernel.PanamaPanels.ROWS;

/**
 * Products driven over tiles: rows outside, panels inside, but for a few rows. A tile row of the
 * result is then written as a few ascending streams, which memory takes five times faster than
 * columns of a wide matrix; the panels come from the second-level cache, whose bandwidth the
 * micro-kernel does not exhaust.
 */
final class PanamaProducts {
  /**
   * Rows of a weight gradient that are packed at a time: both packed operands stay in the
   * second-level cache, and the gradient is read and written once for so many rows.
   */
  private static final int OUTER_ROWS = 264;

  /** Rows whose results stay in the nearest cache: there the panels better come first. */
  private static final int FEW_ROWS = 24;

  /** Columns of a wide tile: two panels. */
  private static final int WIDE_COLUMNS = 2 * COLUMNS;

  /** Initial values of a product without bias; never written. */
  private static final float[] ZEROS = new float[COLUMNS];

  private PanamaProducts() {}

  static void multiply(
      int m, int n, int k, float[] a, int ao, float[] packed, int po, float[] c, int co) {
    rows(m, n, k, a, ao, packed, po, ZEROS, 0, 0, 0, c, co);
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
    rows(m, n, k, a, ao, packed, po, bias, bo, 0, 1, c, co);
  }

  static void multiplyAdd(
      int m, int n, int k, float[] a, int ao, float[] packed, int po, float[] c, int co) {
    rows(m, n, k, a, ao, packed, po, c, co, n, 1, c, co);
  }

  /** Initial value of element (r, j): {@code init[io + r * ldi + j * step]}; zeros have step 0. */
  private static void rows(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      float[] packed,
      int po,
      float[] init,
      int io,
      int ldi,
      int step,
      float[] c,
      int co) {
    int rest = n % WIDE_COLUMNS == 0 ? wideRows(m) : 0;
    int block = m - rest;
    // Few rows: the wide tile finds the panels where the others have just read them.
    int span = rest > 0 && m <= FEW_ROWS ? WIDE_COLUMNS : n;
    for (int from = 0; from < n; from += span) {
      tiles(block, from, from + span, n, k, a, ao, packed, po, init, io, ldi, step, c, co);
      for (int j = from; j < from + span && rest > 0; j += WIDE_COLUMNS) {
        int start = io + block * ldi + j * step;
        PanamaRowTile.tile4x4(
            rest,
            k,
            a,
            ao + block * k,
            k,
            packed,
            po + j * k,
            init,
            start,
            start + COLUMNS * step,
            ldi,
            c,
            co + block * n + j,
            n);
      }
    }
  }

  /** Last rows of m that wide tiles take: those that would leave another tile half empty. */
  private static int wideRows(int m) {
    int left = m % ROWS;
    return PanamaRowTile.HAS_WIDE && left <= PanamaRowTile.WIDE_ROWS ? left : 0;
  }

  /** Columns {@code from} to {@code to} of all m rows. */
  private static void tiles(
      int m,
      int from,
      int to,
      int n,
      int k,
      float[] a,
      int ao,
      float[] packed,
      int po,
      float[] init,
      int io,
      int ldi,
      int step,
      float[] c,
      int co) {
    int whole = m <= FEW_ROWS ? from : to - to % COLUMNS;
    for (int r = 0; r < m && whole > from; r += ROWS) {
      int tileRows = Math.min(ROWS, m - r);
      int left = ao + r * k;
      int start = io + r * ldi;
      int row = co + r * n;
      for (int j = from; j < whole; j += COLUMNS) {
        PanamaRowTile.whole(
            tileRows,
            k,
            a,
            left,
            k,
            packed,
            po + j * k,
            init,
            start + j * step,
            ldi,
            c,
            row + j,
            n);
      }
    }
    for (int j = whole; j < to; j += COLUMNS) {
      PanamaRowTile.panel(
          m,
          Math.min(COLUMNS, to - j),
          k,
          a,
          ao,
          k,
          packed,
          po + j * k,
          init,
          io + j * step,
          ldi,
          c,
          co + j,
          n);
    }
  }

  static int outerScratchLength(int rows, int m, int n) {
    int block = Math.min(rows, OUTER_ROWS);
    return Math.ceilDiv(m, LEFT_ROWS) * PanamaPanels.spreadStride(block * LEFT_ROWS)
        + Math.ceilDiv(n, COLUMNS) * PanamaPanels.spreadStride(block * COLUMNS);
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
      int stride = PanamaPanels.spreadStride(block * LEFT_ROWS);
      PanamaPanels.packLeft(block, m, dy, dyo + r * m, m, scratch, so, stride);
      addOuter(block, m, n, x, xo + r * n, g, go, scratch, so);
    }
  }

  static void outerSumAdd(
      int rows,
      int m,
      int n,
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] g,
      int go,
      float[] sum,
      int suo,
      float[] scratch,
      int so) {
    for (int r = 0; r < rows; r += OUTER_ROWS) {
      int block = Math.min(OUTER_ROWS, rows - r);
      int stride = PanamaPanels.spreadStride(block * LEFT_ROWS);
      PanamaPanels.packLeftAndSum(block, m, dy, dyo + r * m, sum, suo, scratch, so, stride);
      addOuter(block, m, n, x, xo + r * n, g, go, scratch, so);
    }
  }

  /**
   * Packs the x of a block of rows behind its dy, which is packed at so already, and multiplies.
   */
  private static void addOuter(
      int block, int m, int n, float[] x, int xo, float[] g, int go, float[] scratch, int so) {
    int leftStride = PanamaPanels.spreadStride(block * LEFT_ROWS);
    int rightStride = PanamaPanels.spreadStride(block * COLUMNS);
    int rights = so + Math.ceilDiv(m, LEFT_ROWS) * leftStride;
    PanamaPanels.pack(block, n, x, xo, n, scratch, rights, rightStride);
    int left = so;
    for (int i = 0; i < m; i += LEFT_ROWS) {
      boolean wide = PanamaRowTile.HAS_WIDE && m - i >= LEFT_ROWS;
      int wideEnd = wide ? n - n % WIDE_COLUMNS : 0;
      int right = rights;
      for (int j = 0; j < wideEnd; j += WIDE_COLUMNS) {
        for (int r4 = 0; r4 < LEFT_ROWS; r4 += PanamaRowTile.WIDE_ROWS) {
          int to = go + (i + r4) * n + j;
          PanamaPackedTile.add4x4(
              block, scratch, left + r4, scratch, right, right + rightStride, g, to, n);
        }
        right += 2 * rightStride;
      }
      for (int j = wideEnd; j < n; j += COLUMNS) {
        int to = go + i * n + j;
        PanamaPackedTile.tile(
            Math.min(LEFT_ROWS, m - i),
            Math.min(COLUMNS, n - j),
            block,
            scratch,
            left,
            scratch,
            right,
            g,
            to,
            n,
            g,
            to,
            n);
        right += rightStride;
      }
      left += leftStride;
    }
  }
}
