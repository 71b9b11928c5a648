package dev.janus.engine.kernel;

/** Row kernels (layer norm with modulation, gate) in plain Java. */
final class ScalarRows {
  private ScalarRows() {}

  static void sumRowsAdd(int rows, int n, float[] x, int xo, float[] g, int go) {
    for (int r = 0; r < rows; r++) {
      int row = xo + r * n;
      for (int j = 0; j < n; j++) {
        g[go + j] += x[row + j];
      }
    }
  }

  static void adaNorm(
      int rows,
      int d,
      float[] x,
      int xo,
      float[] shift,
      int sho,
      float[] scale,
      int sco,
      float[] xhat,
      int xho,
      float[] rstd,
      int ro,
      float[] y,
      int yo) {
    for (int r = 0; r < rows; r++) {
      int row = r * d;
      float mean = ScalarReductions.sum(d, x, xo + row) / d;
      float variance = ScalarReductions.sumOfSquaredDeviations(d, x, xo + row, mean) / d;
      float inverse = RowNorm.reciprocalDeviation(variance);
      rstd[ro + r] = inverse;
      for (int j = 0; j < d; j++) {
        float h = (x[xo + row + j] - mean) * inverse;
        xhat[xho + row + j] = h;
        y[yo + row + j] = Math.fma(h, 1f + scale[sco + j], shift[sho + j]);
      }
    }
  }

  static void adaNormBackward(
      int rows,
      int d,
      float[] dy,
      int dyo,
      float[] xhat,
      int xho,
      float[] rstd,
      int ro,
      float[] scale,
      int sco,
      float[] dx,
      int dxo,
      float[] dshift,
      int dsho,
      float[] dscale,
      int dsco,
      float[] scratch,
      int so) {
    for (int r = 0; r < rows; r++) {
      int row = r * d;
      for (int j = 0; j < d; j++) {
        float up = dy[dyo + row + j];
        scratch[so + j] = up * (1f + scale[sco + j]);
        dshift[dsho + j] += up;
        dscale[dsco + j] = Math.fma(up, xhat[xho + row + j], dscale[dsco + j]);
      }
      float mean = ScalarReductions.sum(d, scratch, so) / d;
      float slope = -(ScalarReductions.dot(d, scratch, so, xhat, xho + row) / d);
      float inverse = rstd[ro + r];
      for (int j = 0; j < d; j++) {
        float t = Math.fma(slope, xhat[xho + row + j], scratch[so + j] - mean);
        dx[dxo + row + j] = Math.fma(inverse, t, dx[dxo + row + j]);
      }
    }
  }

  static void gate(
      int rows,
      int d,
      float[] x,
      int xo,
      float[] y,
      int yo,
      float[] gate,
      int go,
      float[] out,
      int oo) {
    for (int r = 0; r < rows; r++) {
      int row = r * d;
      for (int j = 0; j < d; j++) {
        out[oo + row + j] = Math.fma(gate[go + j], y[yo + row + j], x[xo + row + j]);
      }
    }
  }

  static void gateBackward(
      int rows,
      int d,
      float[] dout,
      int doo,
      float[] y,
      int yo,
      float[] gate,
      int go,
      float[] dy,
      int dyo,
      float[] dgate,
      int dgo) {
    for (int r = 0; r < rows; r++) {
      int row = r * d;
      for (int j = 0; j < d; j++) {
        float up = dout[doo + row + j];
        dgate[dgo + j] = Math.fma(up, y[yo + row + j], dgate[dgo + j]);
        dy[dyo + row + j] = gate[go + j] * up;
      }
    }
  }
}
