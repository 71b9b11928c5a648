package dev.janus.engine.kernel;

/**
 * What is left of a product beside whole vectors: tiles of 4 x 4 sums in scalar registers. Missing
 * rows repeat the last one; missing columns of the panel hold zeros and are not stored.
 */
final class EdgeTile {
  private static final int SIZE = 4;

  private EdgeTile() {}

  /**
   * {@code c = init + a b}.
   *
   * @param columns valid columns; the panel has them rounded up to a multiple of 4 at least
   * @param a element (r, p) at {@code ao + r * ar + p * ap}
   * @param b row p at {@code bo + p * ldb}
   * @param init row r at {@code io + r * ldi}; may be c itself
   * @param c row r at {@code co + r * ldc}
   */
  static void multiply(
      int rows,
      int columns,
      int k,
      float[] a,
      int ao,
      int ar,
      int ap,
      float[] b,
      int bo,
      int ldb,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    for (int j = 0; j < columns; j += SIZE) {
      for (int r = 0; r < rows; r += SIZE) {
        tile(
            Math.min(SIZE, rows - r),
            Math.min(SIZE, columns - j),
            k,
            a,
            ao + r * ar,
            ar,
            ap,
            b,
            bo + j,
            ldb,
            init,
            io + r * ldi + j,
            ldi,
            c,
            co + r * ldc + j,
            ldc);
      }
    }
  }

  private static void tile(
      int rows,
      int columns,
      int k,
      float[] a,
      int ao,
      int ar,
      int ap,
      float[] b,
      int bo,
      int ldb,
      float[] init,
      int io,
      int ldi,
      float[] c,
      int co,
      int ldc) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int j1 = Math.min(1, columns - 1);
    int j2 = Math.min(2, columns - 1);
    int j3 = Math.min(3, columns - 1);
    float c00 = init[io];
    float c01 = init[io + j1];
    float c02 = init[io + j2];
    float c03 = init[io + j3];
    float c10 = init[io + r1 * ldi];
    float c11 = init[io + r1 * ldi + j1];
    float c12 = init[io + r1 * ldi + j2];
    float c13 = init[io + r1 * ldi + j3];
    float c20 = init[io + r2 * ldi];
    float c21 = init[io + r2 * ldi + j1];
    float c22 = init[io + r2 * ldi + j2];
    float c23 = init[io + r2 * ldi + j3];
    float c30 = init[io + r3 * ldi];
    float c31 = init[io + r3 * ldi + j1];
    float c32 = init[io + r3 * ldi + j2];
    float c33 = init[io + r3 * ldi + j3];
    int left = ao;
    int right = bo;
    for (int p = 0; p < k; p++) {
      float b0 = b[right];
      float b1 = b[right + 1];
      float b2 = b[right + 2];
      float b3 = b[right + 3];
      float a0 = a[left];
      c00 = Math.fma(a0, b0, c00);
      c01 = Math.fma(a0, b1, c01);
      c02 = Math.fma(a0, b2, c02);
      c03 = Math.fma(a0, b3, c03);
      float a1 = a[left + r1 * ar];
      c10 = Math.fma(a1, b0, c10);
      c11 = Math.fma(a1, b1, c11);
      c12 = Math.fma(a1, b2, c12);
      c13 = Math.fma(a1, b3, c13);
      float a2 = a[left + r2 * ar];
      c20 = Math.fma(a2, b0, c20);
      c21 = Math.fma(a2, b1, c21);
      c22 = Math.fma(a2, b2, c22);
      c23 = Math.fma(a2, b3, c23);
      float a3 = a[left + r3 * ar];
      c30 = Math.fma(a3, b0, c30);
      c31 = Math.fma(a3, b1, c31);
      c32 = Math.fma(a3, b2, c32);
      c33 = Math.fma(a3, b3, c33);
      left += ap;
      right += ldb;
    }
    c[co] = c00;
    c[co + r1 * ldc] = c10;
    c[co + r2 * ldc] = c20;
    c[co + r3 * ldc] = c30;
    if (columns > 1) {
      c[co + 1] = c01;
      c[co + r1 * ldc + 1] = c11;
      c[co + r2 * ldc + 1] = c21;
      c[co + r3 * ldc + 1] = c31;
    }
    if (columns > 2) {
      c[co + 2] = c02;
      c[co + r1 * ldc + 2] = c12;
      c[co + r2 * ldc + 2] = c22;
      c[co + r3 * ldc + 2] = c32;
    }
    if (columns > 3) {
      c[co + 3] = c03;
      c[co + r1 * ldc + 3] = c13;
      c[co + r2 * ldc + 3] = c23;
      c[co + r3 * ldc + 3] = c33;
    }
  }
}
