package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.PanamaPanels.LEFT_ROWS;
import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Micro-kernels as in {@link PanamaRowTile}, for a left factor that is packed in panels of {@link
 * PanamaPanels#LEFT_ROWS} rows: element (r, p) of a panel at {@code ao + p * LEFT_ROWS + r}. The
 * constant stride lets the compiler drop range checks, which cost a quarter of the speed otherwise.
 * A whole tile of 512-bit vectors is 8 rows by two vectors, 16 accumulators: 8 divides the sizes of
 * layers, and half a cache line is packed at a time. With a row-major left factor, 8 rows are
 * slower than 6.
 */
final class PanamaPackedTile {
  private static final int PANEL = PanamaPanels.COLUMNS;

  /** Rows of the smaller whole tile: the only one for narrow vectors, else for what is left. */
  private static final int SMALL_ROWS = 4;

  /** Rows of a masked tile; with 8, C1 runs out of registers and C2 never gets the method. */
  private static final int EDGE_ROWS = 4;

  private PanamaPackedTile() {}

  /**
   * Computes one tile of {@code c = init + a b}.
   *
   * @param rows valid rows, 1 to {@link PanamaPanels#LEFT_ROWS}
   * @param columns valid columns, 1 to {@link PanamaPanels#COLUMNS}
   * @param k length of the sums
   * @param a panel of the left factor
   * @param b panel of the right factor: row p at {@code bo + p * COLUMNS}
   * @param init initial values, row r at {@code io + r * ldi}; may be c itself
   * @param c result, row r at {@code co + r * ldc}
   */
  static void tile(
      int rows,
      int columns,
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    if (columns == PANEL) {
      if (rows > SMALL_ROWS) {
        tile8(rows, k, a, ao, b, bo, init, io, ldi, c, co, ldc);
      } else {
        tile4(rows, k, a, ao, b, bo, init, io, ldi, c, co, ldc);
      }
      return;
    }
    int done = 0;
    if (columns >= WIDTH) {
      slim8(rows, k, a, ao, b, bo, init, io, ldi, c, co, ldc);
      done = WIDTH;
    }
    if (columns > done) {
      for (int r = 0; r < rows; r += EDGE_ROWS) {
        edge4(
            Math.min(EDGE_ROWS, rows - r),
            columns - done,
            k,
            a,
            ao + r,
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

  /** 8 rows x 2 vectors. */
  private static void tile8(
      int rows,
      int k,
      float[] a,
      int ao,
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
    int a1 = ao + r1;
    int a2 = ao + r2;
    int a3 = ao + r3;
    int a4 = ao + r4;
    int a5 = ao + r5;
    int a6 = ao + r6;
    int a7 = ao + r7;
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
    FloatVector c60 = FloatVector.fromArray(FLOATS, init, io + r6 * ldi);
    FloatVector c61 = FloatVector.fromArray(FLOATS, init, io + r6 * ldi + WIDTH);
    FloatVector c70 = FloatVector.fromArray(FLOATS, init, io + r7 * ldi);
    FloatVector c71 = FloatVector.fromArray(FLOATS, init, io + r7 * ldi + WIDTH);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL + WIDTH);
      FloatVector x = FloatVector.broadcast(FLOATS, a[ao + p * LEFT_ROWS]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(FLOATS, a[a1 + p * LEFT_ROWS]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(FLOATS, a[a2 + p * LEFT_ROWS]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(FLOATS, a[a3 + p * LEFT_ROWS]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(FLOATS, a[a4 + p * LEFT_ROWS]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(FLOATS, a[a5 + p * LEFT_ROWS]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = FloatVector.broadcast(FLOATS, a[a6 + p * LEFT_ROWS]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = FloatVector.broadcast(FLOATS, a[a7 + p * LEFT_ROWS]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
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
    c60.intoArray(c, co + r6 * ldc);
    c61.intoArray(c, co + r6 * ldc + WIDTH);
    c70.intoArray(c, co + r7 * ldc);
    c71.intoArray(c, co + r7 * ldc + WIDTH);
  }

  /** 4 rows x 2 vectors. */
  private static void tile4(
      int rows,
      int k,
      float[] a,
      int ao,
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
    int a1 = ao + r1;
    int a2 = ao + r2;
    int a3 = ao + r3;
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
      FloatVector x = FloatVector.broadcast(FLOATS, a[ao + p * LEFT_ROWS]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(FLOATS, a[a1 + p * LEFT_ROWS]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(FLOATS, a[a2 + p * LEFT_ROWS]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(FLOATS, a[a3 + p * LEFT_ROWS]);
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
   * Adds to 4 rows x 4 vectors, as {@link PanamaRowTile#tile4x4} for vectors of 512 bits; all rows
   * and columns are valid.
   *
   * @param ao first of the four rows in the panel of the left factor
   * @param bo left panel of the right factor
   * @param b2o the right panel
   * @param g result to add to, row r at {@code go + r * ld}
   */
  static void add4x4(
      int k, float[] a, int ao, float[] b, int bo, int b2o, float[] g, int go, int ld) {
    FloatVector c00 = FloatVector.fromArray(FLOATS, g, go);
    FloatVector c01 = FloatVector.fromArray(FLOATS, g, go + WIDTH);
    FloatVector c02 = FloatVector.fromArray(FLOATS, g, go + PANEL);
    FloatVector c03 = FloatVector.fromArray(FLOATS, g, go + PANEL + WIDTH);
    FloatVector c10 = FloatVector.fromArray(FLOATS, g, go + ld);
    FloatVector c11 = FloatVector.fromArray(FLOATS, g, go + ld + WIDTH);
    FloatVector c12 = FloatVector.fromArray(FLOATS, g, go + ld + PANEL);
    FloatVector c13 = FloatVector.fromArray(FLOATS, g, go + ld + PANEL + WIDTH);
    FloatVector c20 = FloatVector.fromArray(FLOATS, g, go + 2 * ld);
    FloatVector c21 = FloatVector.fromArray(FLOATS, g, go + 2 * ld + WIDTH);
    FloatVector c22 = FloatVector.fromArray(FLOATS, g, go + 2 * ld + PANEL);
    FloatVector c23 = FloatVector.fromArray(FLOATS, g, go + 2 * ld + PANEL + WIDTH);
    FloatVector c30 = FloatVector.fromArray(FLOATS, g, go + 3 * ld);
    FloatVector c31 = FloatVector.fromArray(FLOATS, g, go + 3 * ld + WIDTH);
    FloatVector c32 = FloatVector.fromArray(FLOATS, g, go + 3 * ld + PANEL);
    FloatVector c33 = FloatVector.fromArray(FLOATS, g, go + 3 * ld + PANEL + WIDTH);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL + WIDTH);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, b2o + p * PANEL);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, b2o + p * PANEL + WIDTH);
      FloatVector x = FloatVector.broadcast(FLOATS, a[ao + p * LEFT_ROWS]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(FLOATS, a[ao + p * LEFT_ROWS + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(FLOATS, a[ao + p * LEFT_ROWS + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(FLOATS, a[ao + p * LEFT_ROWS + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    c00.intoArray(g, go);
    c01.intoArray(g, go + WIDTH);
    c02.intoArray(g, go + PANEL);
    c03.intoArray(g, go + PANEL + WIDTH);
    c10.intoArray(g, go + ld);
    c11.intoArray(g, go + ld + WIDTH);
    c12.intoArray(g, go + ld + PANEL);
    c13.intoArray(g, go + ld + PANEL + WIDTH);
    c20.intoArray(g, go + 2 * ld);
    c21.intoArray(g, go + 2 * ld + WIDTH);
    c22.intoArray(g, go + 2 * ld + PANEL);
    c23.intoArray(g, go + 2 * ld + PANEL + WIDTH);
    c30.intoArray(g, go + 3 * ld);
    c31.intoArray(g, go + 3 * ld + WIDTH);
    c32.intoArray(g, go + 3 * ld + PANEL);
    c33.intoArray(g, go + 3 * ld + PANEL + WIDTH);
  }

  /** 8 rows x 1 vector. */
  private static void slim8(
      int rows,
      int k,
      float[] a,
      int ao,
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
    int a1 = ao + r1;
    int a2 = ao + r2;
    int a3 = ao + r3;
    int a4 = ao + r4;
    int a5 = ao + r5;
    int a6 = ao + r6;
    int a7 = ao + r7;
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
      FloatVector x = FloatVector.broadcast(FLOATS, a[ao + p * LEFT_ROWS]);
      c0 = x.fma(b0, c0);
      x = FloatVector.broadcast(FLOATS, a[a1 + p * LEFT_ROWS]);
      c1 = x.fma(b0, c1);
      x = FloatVector.broadcast(FLOATS, a[a2 + p * LEFT_ROWS]);
      c2 = x.fma(b0, c2);
      x = FloatVector.broadcast(FLOATS, a[a3 + p * LEFT_ROWS]);
      c3 = x.fma(b0, c3);
      x = FloatVector.broadcast(FLOATS, a[a4 + p * LEFT_ROWS]);
      c4 = x.fma(b0, c4);
      x = FloatVector.broadcast(FLOATS, a[a5 + p * LEFT_ROWS]);
      c5 = x.fma(b0, c5);
      x = FloatVector.broadcast(FLOATS, a[a6 + p * LEFT_ROWS]);
      c6 = x.fma(b0, c6);
      x = FloatVector.broadcast(FLOATS, a[a7 + p * LEFT_ROWS]);
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
    int a1 = ao + r1;
    int a2 = ao + r2;
    int a3 = ao + r3;
    FloatVector c0 = FloatVector.fromArray(FLOATS, init, io, valid);
    FloatVector c1 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi, valid);
    FloatVector c2 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi, valid);
    FloatVector c3 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi, valid);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL);
      FloatVector x = FloatVector.broadcast(FLOATS, a[ao + p * LEFT_ROWS]);
      c0 = x.fma(b0, c0);
      x = FloatVector.broadcast(FLOATS, a[a1 + p * LEFT_ROWS]);
      c1 = x.fma(b0, c1);
      x = FloatVector.broadcast(FLOATS, a[a2 + p * LEFT_ROWS]);
      c2 = x.fma(b0, c2);
      x = FloatVector.broadcast(FLOATS, a[a3 + p * LEFT_ROWS]);
      c3 = x.fma(b0, c3);
    }
    c0.intoArray(c, co, valid);
    c1.intoArray(c, co + r1 * ldc, valid);
    c2.intoArray(c, co + r2 * ldc, valid);
    c3.intoArray(c, co + r3 * ldc, valid);
  }
}
