package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.PanamaPanels.ROWS;
import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Micro-kernels: one tile of {@code c = init + a b}, {@code a} row-major, held in registers while p
 * runs over k. A whole tile is {@link PanamaPanels#ROWS} rows by two vectors: 12 accumulators for
 * 512-bit registers, 8 for narrower ones, of which there may be only 16. Tiles with fewer rows
 * compute their last row several times. Columns that fill no vector are loaded and stored under a
 * mask. Every vector is a local variable: one that crosses a method boundary may be boxed.
 */
final class PanamaRowTile {
  private static final int PANEL = PanamaPanels.COLUMNS;

  /** Rows of the smaller whole tile: the only one for narrow vectors, else for what is left. */
  private static final int SMALL_ROWS = 4;

  /** Whether vectors come with registers enough for a wide tile. */
  static final boolean HAS_WIDE = WIDTH == 16;

  /** Rows of a wide tile. */
  static final int WIDE_ROWS = 4;

  /** Rows of a masked tile; with 8, C1 runs out of registers and C2 never gets the method. */
  private static final int EDGE_ROWS = 4;

  /** Rows of a tile of one vector: enough independent sums to hide the latency of fma. */
  private static final int SLIM_ROWS = 8;

  private PanamaRowTile() {}

  /**
   * Computes {@code rows} rows of one panel, tile by tile.
   *
   * @param rows any number of rows
   * @param columns valid columns of the panel, 1 to {@link PanamaPanels#COLUMNS}
   * @param k length of the sums
   * @param a left factor, row-major: element (r, p) at {@code ao + r * lda + p}
   * @param b panel of the right factor: row p at {@code bo + p * COLUMNS}
   * @param init initial values, row r at {@code io + r * ldi}; may be c itself
   * @param c result, row r at {@code co + r * ldc}
   */
  static void panel(
      int rows,
      int columns,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    if (columns == PANEL) {
      for (int r = 0; r < rows; r += ROWS) {
        whole(
            Math.min(ROWS, rows - r),
            k,
            a,
            ao + r * lda,
            lda,
            b,
            bo,
            init,
            io + r * ldi,
            ldi,
            c,
            co + r * ldc,
            ldc);
      }
      return;
    }
    int done = 0;
    if (columns >= WIDTH) {
      for (int r = 0; r < rows; r += SLIM_ROWS) {
        slim8(
            Math.min(SLIM_ROWS, rows - r),
            k,
            a,
            ao + r * lda,
            lda,
            b,
            bo,
            init,
            io + r * ldi,
            ldi,
            c,
            co + r * ldc,
            ldc);
      }
      done = WIDTH;
    }
    if (columns > done) {
      for (int r = 0; r < rows; r += EDGE_ROWS) {
        edge4(
            Math.min(EDGE_ROWS, rows - r),
            columns - done,
            k,
            a,
            ao + r * lda,
            lda,
            b,
            bo + done,
            init,
            io + r * ldi + done,
            ldi,
            c,
            co + r * ldc + done,
            ldc);
      }
    }
  }

  /** One tile of a whole panel, parameters as for {@link #panel}; at most ROWS rows. */
  static void whole(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    if (rows > SMALL_ROWS) {
      tile6(rows, k, a, ao, lda, b, bo, init, io, ldi, c, co, ldc);
    } else {
      tile4(rows, k, a, ao, lda, b, bo, init, io, ldi, c, co, ldc);
    }
  }

  /** 6 rows x 2 vectors. */
  private static void tile6(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    int last = rows - 1;
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    int r3 = Math.min(3, last);
    int r4 = Math.min(4, last);
    int r5 = Math.min(5, last);
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int a4 = ao + r4 * lda;
    int a5 = ao + r5 * lda;
    FloatVector c00 = FloatVector.fromArray(FLOATS, init, io);
    FloatVector c01 = FloatVector.fromArray(FLOATS, init, io + WIDTH);
    FloatVector c10 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi);
    FloatVector c11 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi + WIDTH);
    FloatVector c20 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi);
    FloatVector c21 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi + WIDTH);
    FloatVector c30 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi);
    FloatVector c31 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi + WIDTH);
    FloatVector c40 = FloatVector.fromArray(FLOATS, init, io + r4 * ldi);
    FloatVector c41 = FloatVector.fromArray(FLOATS, init, io + r4 * ldi + WIDTH);
    FloatVector c50 = FloatVector.fromArray(FLOATS, init, io + r5 * ldi);
    FloatVector c51 = FloatVector.fromArray(FLOATS, init, io + r5 * ldi + WIDTH);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL + WIDTH);
      FloatVector x = FloatVector.broadcast(FLOATS, a[ao + p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(FLOATS, a[a1 + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(FLOATS, a[a2 + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(FLOATS, a[a3 + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(FLOATS, a[a4 + p]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(FLOATS, a[a5 + p]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + WIDTH);
    c10.intoArray(c, co + r1 * ldc);
    c11.intoArray(c, co + r1 * ldc + WIDTH);
    c20.intoArray(c, co + r2 * ldc);
    c21.intoArray(c, co + r2 * ldc + WIDTH);
    c30.intoArray(c, co + r3 * ldc);
    c31.intoArray(c, co + r3 * ldc + WIDTH);
    c40.intoArray(c, co + r4 * ldc);
    c41.intoArray(c, co + r4 * ldc + WIDTH);
    c50.intoArray(c, co + r5 * ldc);
    c51.intoArray(c, co + r5 * ldc + WIDTH);
  }

  /** 4 rows x 2 vectors. */
  private static void tile4(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    int last = rows - 1;
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    int r3 = Math.min(3, last);
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    FloatVector c00 = FloatVector.fromArray(FLOATS, init, io);
    FloatVector c01 = FloatVector.fromArray(FLOATS, init, io + WIDTH);
    FloatVector c10 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi);
    FloatVector c11 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi + WIDTH);
    FloatVector c20 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi);
    FloatVector c21 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi + WIDTH);
    FloatVector c30 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi);
    FloatVector c31 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi + WIDTH);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL + WIDTH);
      FloatVector x = FloatVector.broadcast(FLOATS, a[ao + p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(FLOATS, a[a1 + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(FLOATS, a[a2 + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(FLOATS, a[a3 + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + WIDTH);
    c10.intoArray(c, co + r1 * ldc);
    c11.intoArray(c, co + r1 * ldc + WIDTH);
    c20.intoArray(c, co + r2 * ldc);
    c21.intoArray(c, co + r2 * ldc + WIDTH);
    c30.intoArray(c, co + r3 * ldc);
    c31.intoArray(c, co + r3 * ldc + WIDTH);
  }

  /**
   * 4 rows x 4 vectors: two panels at once. Against 6 rows x 2 vectors it makes fewer loads for
   * each multiplication and spreads the cost of a call over more of them; it takes 21 registers, so
   * it is for vectors of 512 bits, which come with 32.
   *
   * @param b left panel of the right factor
   * @param b2o the right panel
   * @param io initial values of the left panel's columns
   * @param i2o initial values of the right panel's columns
   */
  static void tile4x4(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      float[] init,
      int io,
      int i2o,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    int last = rows - 1;
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    int r3 = Math.min(3, last);
    int b2o = bo + k * PANEL;
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    FloatVector c00 = FloatVector.fromArray(FLOATS, init, io);
    FloatVector c01 = FloatVector.fromArray(FLOATS, init, io + WIDTH);
    FloatVector c02 = FloatVector.fromArray(FLOATS, init, i2o);
    FloatVector c03 = FloatVector.fromArray(FLOATS, init, i2o + WIDTH);
    FloatVector c10 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi);
    FloatVector c11 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi + WIDTH);
    FloatVector c12 = FloatVector.fromArray(FLOATS, init, i2o + r1 * ldi);
    FloatVector c13 = FloatVector.fromArray(FLOATS, init, i2o + r1 * ldi + WIDTH);
    FloatVector c20 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi);
    FloatVector c21 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi + WIDTH);
    FloatVector c22 = FloatVector.fromArray(FLOATS, init, i2o + r2 * ldi);
    FloatVector c23 = FloatVector.fromArray(FLOATS, init, i2o + r2 * ldi + WIDTH);
    FloatVector c30 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi);
    FloatVector c31 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi + WIDTH);
    FloatVector c32 = FloatVector.fromArray(FLOATS, init, i2o + r3 * ldi);
    FloatVector c33 = FloatVector.fromArray(FLOATS, init, i2o + r3 * ldi + WIDTH);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL + WIDTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, b2o + p * PANEL);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, b2o + p * PANEL + WIDTH);
      FloatVector x = FloatVector.broadcast(FLOATS, a[ao + p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(FLOATS, a[a1 + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(FLOATS, a[a2 + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(FLOATS, a[a3 + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + WIDTH);
    c02.intoArray(c, co + PANEL);
    c03.intoArray(c, co + PANEL + WIDTH);
    c10.intoArray(c, co + r1 * ldc);
    c11.intoArray(c, co + r1 * ldc + WIDTH);
    c12.intoArray(c, co + r1 * ldc + PANEL);
    c13.intoArray(c, co + r1 * ldc + PANEL + WIDTH);
    c20.intoArray(c, co + r2 * ldc);
    c21.intoArray(c, co + r2 * ldc + WIDTH);
    c22.intoArray(c, co + r2 * ldc + PANEL);
    c23.intoArray(c, co + r2 * ldc + PANEL + WIDTH);
    c30.intoArray(c, co + r3 * ldc);
    c31.intoArray(c, co + r3 * ldc + WIDTH);
    c32.intoArray(c, co + r3 * ldc + PANEL);
    c33.intoArray(c, co + r3 * ldc + PANEL + WIDTH);
  }

  /** 8 rows x 1 vector. */
  private static void slim8(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    int last = rows - 1;
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    int r3 = Math.min(3, last);
    int r4 = Math.min(4, last);
    int r5 = Math.min(5, last);
    int r6 = Math.min(6, last);
    int r7 = Math.min(7, last);
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int a4 = ao + r4 * lda;
    int a5 = ao + r5 * lda;
    int a6 = ao + r6 * lda;
    int a7 = ao + r7 * lda;
    FloatVector c0 = FloatVector.fromArray(FLOATS, init, io);
    FloatVector c1 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi);
    FloatVector c2 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi);
    FloatVector c3 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi);
    FloatVector c4 = FloatVector.fromArray(FLOATS, init, io + r4 * ldi);
    FloatVector c5 = FloatVector.fromArray(FLOATS, init, io + r5 * ldi);
    FloatVector c6 = FloatVector.fromArray(FLOATS, init, io + r6 * ldi);
    FloatVector c7 = FloatVector.fromArray(FLOATS, init, io + r7 * ldi);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL);
      FloatVector x = FloatVector.broadcast(FLOATS, a[ao + p]);
      c0 = x.fma(b0, c0);
      x = FloatVector.broadcast(FLOATS, a[a1 + p]);
      c1 = x.fma(b0, c1);
      x = FloatVector.broadcast(FLOATS, a[a2 + p]);
      c2 = x.fma(b0, c2);
      x = FloatVector.broadcast(FLOATS, a[a3 + p]);
      c3 = x.fma(b0, c3);
      x = FloatVector.broadcast(FLOATS, a[a4 + p]);
      c4 = x.fma(b0, c4);
      x = FloatVector.broadcast(FLOATS, a[a5 + p]);
      c5 = x.fma(b0, c5);
      x = FloatVector.broadcast(FLOATS, a[a6 + p]);
      c6 = x.fma(b0, c6);
      x = FloatVector.broadcast(FLOATS, a[a7 + p]);
      c7 = x.fma(b0, c7);
    }
    c0.intoArray(c, co);
    c1.intoArray(c, co + r1 * ldc);
    c2.intoArray(c, co + r2 * ldc);
    c3.intoArray(c, co + r3 * ldc);
    c4.intoArray(c, co + r4 * ldc);
    c5.intoArray(c, co + r5 * ldc);
    c6.intoArray(c, co + r6 * ldc);
    c7.intoArray(c, co + r7 * ldc);
  }

  /** 4 rows x 1 vector, of which {@code columns} lanes are loaded and stored. */
  private static void edge4(
      int rows,
      int columns,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    VectorMask<Float> valid = FLOATS.indexInRange(0, columns);
    int last = rows - 1;
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    int r3 = Math.min(3, last);
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    FloatVector c0 = FloatVector.fromArray(FLOATS, init, io, valid);
    FloatVector c1 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi, valid);
    FloatVector c2 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi, valid);
    FloatVector c3 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi, valid);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL);
      FloatVector x = FloatVector.broadcast(FLOATS, a[ao + p]);
      c0 = x.fma(b0, c0);
      x = FloatVector.broadcast(FLOATS, a[a1 + p]);
      c1 = x.fma(b0, c1);
      x = FloatVector.broadcast(FLOATS, a[a2 + p]);
      c2 = x.fma(b0, c2);
      x = FloatVector.broadcast(FLOATS, a[a3 + p]);
      c3 = x.fma(b0, c3);
    }
    c0.intoArray(c, co, valid);
    c1.intoArray(c, co + r1 * ldc, valid);
    c2.intoArray(c, co + r2 * ldc, valid);
    c3.intoArray(c, co + r3 * ldc, valid);
  }
}
