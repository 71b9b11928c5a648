package dev.janus.engine.kernel;

import java.util.Arrays;

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
    float[] lanes = new float[Kernels.LANES];
    for (int r = 0; r < rows; r++) {
      int row = r * d;
      Arrays.fill(lanes, 0f);
      for (int j = 0; j < d; j++) {
        lanes[j & 15] += x[xo + row + j];
      }
      float mean = VirtualLanes.fold(lanes) / d;
      Arrays.fill(lanes, 0f);
      for (int j = 0; j < d; j++) {
        float c = x[xo + row + j] - mean;
        lanes[j & 15] = Math.fma(c, c, lanes[j & 15]);
      }
      float inverse = RowNorm.reciprocalDeviation(VirtualLanes.fold(lanes) / d);
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
      int dsco) {
    float[] sums = new float[Kernels.LANES];
    float[] dots = new float[Kernels.LANES];
    for (int r = 0; r < rows; r++) {
      int row = r * d;
      Arrays.fill(sums, 0f);
      Arrays.fill(dots, 0f);
      for (int j = 0; j < d; j++) {
        float up = dy[dyo + row + j];
        float h = xhat[xho + row + j];
        float g = up * (1f + scale[sco + j]);
        sums[j & 15] += g;
        dots[j & 15] = Math.fma(g, h, dots[j & 15]);
        dshift[dsho + j] += up;
        dscale[dsco + j] = Math.fma(up, h, dscale[dsco + j]);
      }
      float mean = VirtualLanes.fold(sums) / d;
      float slope = -(VirtualLanes.fold(dots) / d);
      float inverse = rstd[ro + r];
      for (int j = 0; j < d; j++) {
        float g = dy[dyo + row + j] * (1f + scale[sco + j]);
        float t = Math.fma(slope, xhat[xho + row + j], g - mean);
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
