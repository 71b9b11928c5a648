package dev.janus.engine.kernel;

/** Products in plain Java; a packed right-hand side is the plain {@code [k, n]} matrix. */
final class ScalarProducts {
  private ScalarProducts() {}

  static void packTransposed(int k, int n, float[] w, int wo, float[] packed, int po) {
    for (int j = 0; j < n; j++) {
      for (int p = 0; p < k; p++) {
        packed[po + p * n + j] = w[wo + j * k + p];
      }
    }
  }

  /**
   * {@code c[m, n] += a[m, k] b[k, n]} for factors in any layout, in blocks of 4 rows by 4 summed
   * indices.
   *
   * @param a element (i, p) at {@code ao + i * ai + p * ap}
   * @param b element (p, j) at {@code bo + p * bp + j * bj}
   * @param c element (i, j) at {@code co + i * ci + j}
   */
  static void accumulate(
      float[][] space,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int ai,
      int ap,
      float[] b,
      int bo,
      int bp,
      int bj,
      float[] c,
      int co,
      int ci) {
    for (int j = 0; j < n; j += ScalarWorkspace.LENGTH) {
      int columns = Math.min(ScalarWorkspace.LENGTH, n - j);
      for (int p = 0; p < k; p += ScalarWorkspace.DEPTH) {
        int depth = Math.min(ScalarWorkspace.DEPTH, k - p);
        copyRight(space, depth, columns, b, bo + p * bp + j * bj, bp, bj);
        for (int i = 0; i < m; i += ScalarWorkspace.ROWS) {
          int rows = Math.min(ScalarWorkspace.ROWS, m - i);
          int from = ao + i * ai + p * ap;
          block(space, rows, columns, depth, a, from, ai, ap, c, co + i * ci + j, ci);
        }
      }
    }
  }

  private static void copyRight(
      float[][] space, int depth, int columns, float[] b, int bo, int bp, int bj) {
    for (int p = 0; p < depth; p++) {
      float[] row = space[ScalarWorkspace.RIGHT + p];
      if (bj == 1) {
        System.arraycopy(b, bo + p * bp, row, 0, columns);
      } else {
        for (int j = 0; j < columns; j++) {
          row[j] = b[bo + p * bp + j * bj];
        }
      }
    }
  }

  /** Missing rows are computed as copies of the last one and not stored. */
  private static void block(
      float[][] space,
      int rows,
      int columns,
      int depth,
      float[] a,
      int ao,
      int ai,
      int ap,
      float[] c,
      int co,
      int ci) {
    int right = ScalarWorkspace.RIGHT;
    int result = ScalarWorkspace.RESULT;
    for (int i = 0; i < rows; i++) {
      System.arraycopy(c, co + i * ci, space[result + i], 0, columns);
    }
    int a1 = ao + Math.min(1, rows - 1) * ai;
    int a2 = ao + Math.min(2, rows - 1) * ai;
    int a3 = ao + Math.min(3, rows - 1) * ai;
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      addFour(
          columns,
          space[right + p],
          space[right + p + 1],
          space[right + p + 2],
          space[right + p + 3],
          a,
          ao + p * ap,
          a1 + p * ap,
          a2 + p * ap,
          a3 + p * ap,
          ap,
          space);
    }
    for (; p < depth; p++) {
      int step = p * ap;
      addOne(
          columns, space[right + p], a[ao + step], a[a1 + step], a[a2 + step], a[a3 + step], space);
    }
    for (int i = 0; i < rows; i++) {
      System.arraycopy(space[result + i], 0, c, co + i * ci, columns);
    }
  }

  private static void addFour(
      int n,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float[] a,
      int row0,
      int row1,
      int row2,
      int row3,
      int ap,
      float[][] space) {
    float[] c0 = space[ScalarWorkspace.RESULT];
    float[] c1 = space[ScalarWorkspace.RESULT + 1];
    float[] c2 = space[ScalarWorkspace.RESULT + 2];
    float[] c3 = space[ScalarWorkspace.RESULT + 3];
    float a00 = a[row0];
    float a01 = a[row0 + ap];
    float a02 = a[row0 + 2 * ap];
    float a03 = a[row0 + 3 * ap];
    float a10 = a[row1];
    float a11 = a[row1 + ap];
    float a12 = a[row1 + 2 * ap];
    float a13 = a[row1 + 3 * ap];
    float a20 = a[row2];
    float a21 = a[row2 + ap];
    float a22 = a[row2 + 2 * ap];
    float a23 = a[row2 + 3 * ap];
    float a30 = a[row3];
    float a31 = a[row3 + ap];
    float a32 = a[row3 + 2 * ap];
    float a33 = a[row3 + 3 * ap];
    for (int j = 0; j < n; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      float x2 = b2[j];
      float x3 = b3[j];
      c0[j] = Math.fma(a03, x3, Math.fma(a02, x2, Math.fma(a01, x1, Math.fma(a00, x0, c0[j]))));
      c1[j] = Math.fma(a13, x3, Math.fma(a12, x2, Math.fma(a11, x1, Math.fma(a10, x0, c1[j]))));
      c2[j] = Math.fma(a23, x3, Math.fma(a22, x2, Math.fma(a21, x1, Math.fma(a20, x0, c2[j]))));
      c3[j] = Math.fma(a33, x3, Math.fma(a32, x2, Math.fma(a31, x1, Math.fma(a30, x0, c3[j]))));
    }
  }

  private static void addOne(
      int n, float[] b, float a0, float a1, float a2, float a3, float[][] space) {
    float[] c0 = space[ScalarWorkspace.RESULT];
    float[] c1 = space[ScalarWorkspace.RESULT + 1];
    float[] c2 = space[ScalarWorkspace.RESULT + 2];
    float[] c3 = space[ScalarWorkspace.RESULT + 3];
    for (int j = 0; j < n; j++) {
      float x = b[j];
      c0[j] = Math.fma(a0, x, c0[j]);
      c1[j] = Math.fma(a1, x, c1[j]);
      c2[j] = Math.fma(a2, x, c2[j]);
      c3[j] = Math.fma(a3, x, c3[j]);
    }
  }
}
