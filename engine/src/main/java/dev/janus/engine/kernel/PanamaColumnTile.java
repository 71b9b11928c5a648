package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Micro-kernels: one tile of {@code c = init + a b}, {@code a} column-major, held in registers
 * while p runs over k. The tile is {@link PanamaPanels#ROWS} rows by two vectors: 12 accumulators
 * for 512-bit registers, 8 for narrower ones, which may have only 16 registers. Tiles with fewer
 * rows compute their last row several times; tiles with fewer columns load and store under a mask.
 * Every vector is a local variable: one that crosses a method boundary may be boxed.
 */
final class PanamaColumnTile {
  private static final int PANEL = PanamaPanels.COLUMNS;

  private PanamaColumnTile() {}

  /**
   * Computes a tile.
   *
   * @param rows valid rows, 1 to {@link PanamaPanels#ROWS}
   * @param columns valid columns, 1 to {@link PanamaPanels#COLUMNS}
   * @param k length of the sums
   * @param a left factor, column-major: element (r, p) at {@code ao + p * lda + r}
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
      int lda,
      float[] b,
      int bo,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    if (columns < PANEL) {
      for (int r = 0; r < rows; r += 4) {
        columns4Narrow(
            Math.min(4, rows - r),
            columns,
            k,
            a,
            ao + r,
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
    } else if (WIDTH == 16) {
      columns6(rows, k, a, ao, lda, b, bo, init, io, ldi, c, co, ldc);
    } else {
      columns4(rows, k, a, ao, lda, b, bo, init, io, ldi, c, co, ldc);
    }
  }

  /** 6 rows x 2 vectors; a is column-major: element (r, p) at {@code ao + p * lda + r}. */
  private static void columns6(
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
    int at = ao;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL + WIDTH);
      FloatVector x = FloatVector.broadcast(FLOATS, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(FLOATS, a[at + r1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(FLOATS, a[at + r2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(FLOATS, a[at + r3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(FLOATS, a[at + r4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(FLOATS, a[at + r5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      at += lda;
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

  /** 4 rows x 2 vectors; a is column-major: element (r, p) at {@code ao + p * lda + r}. */
  private static void columns4(
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
    FloatVector c00 = FloatVector.fromArray(FLOATS, init, io);
    FloatVector c01 = FloatVector.fromArray(FLOATS, init, io + WIDTH);
    FloatVector c10 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi);
    FloatVector c11 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi + WIDTH);
    FloatVector c20 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi);
    FloatVector c21 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi + WIDTH);
    FloatVector c30 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi);
    FloatVector c31 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi + WIDTH);
    int at = ao;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL + WIDTH);
      FloatVector x = FloatVector.broadcast(FLOATS, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(FLOATS, a[at + r1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(FLOATS, a[at + r2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(FLOATS, a[at + r3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      at += lda;
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
   * 4 rows x 2 vectors, masked to the valid columns; a is column-major: element (r, p) at {@code ao
   * + p * lda + r}.
   */
  private static void columns4Narrow(
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
    int last = rows - 1;
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    int r3 = Math.min(3, last);
    VectorMask<Float> m0 = FLOATS.indexInRange(0, columns);
    VectorMask<Float> m1 = FLOATS.indexInRange(WIDTH, columns);
    FloatVector c00 = FloatVector.fromArray(FLOATS, init, io, m0);
    FloatVector c01 = FloatVector.fromArray(FLOATS, init, io + WIDTH, m1);
    FloatVector c10 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi, m0);
    FloatVector c11 = FloatVector.fromArray(FLOATS, init, io + r1 * ldi + WIDTH, m1);
    FloatVector c20 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi, m0);
    FloatVector c21 = FloatVector.fromArray(FLOATS, init, io + r2 * ldi + WIDTH, m1);
    FloatVector c30 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi, m0);
    FloatVector c31 = FloatVector.fromArray(FLOATS, init, io + r3 * ldi + WIDTH, m1);
    int at = ao;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bo + p * PANEL + WIDTH);
      FloatVector x = FloatVector.broadcast(FLOATS, a[at]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(FLOATS, a[at + r1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(FLOATS, a[at + r2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(FLOATS, a[at + r3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      at += lda;
    }
    c00.intoArray(c, co, m0);
    c01.intoArray(c, co + WIDTH, m1);
    c10.intoArray(c, co + r1 * ldc, m0);
    c11.intoArray(c, co + r1 * ldc + WIDTH, m1);
    c20.intoArray(c, co + r2 * ldc, m0);
    c21.intoArray(c, co + r2 * ldc + WIDTH, m1);
    c30.intoArray(c, co + r3 * ldc, m0);
    c31.intoArray(c, co + r3 * ldc + WIDTH, m1);
  }
}
