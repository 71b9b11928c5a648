package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import jdk.incubator.vector.FloatVector;

/** Row kernels (layer norm with modulation, gate) with vectors; rest columns in plain Java. */
final class PanamaRows {
  private PanamaRows() {}

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
    // Three passes, so that the sums of several rows are under way at once. The mean waits in the
    // first element of the row of xhat.
    for (int r = 0; r < rows; r++) {
      xhat[xho + r * d] = PanamaReductions.sum(d, x, xo + r * d) / d;
    }
    for (int r = 0; r < rows; r++) {
      float mean = xhat[xho + r * d];
      float variance = PanamaReductions.sumOfSquaredDeviations(d, x, xo + r * d, mean) / d;
      rstd[ro + r] = RowNorm.reciprocalDeviation(variance);
    }
    int whole = d & -WIDTH;
    for (int r = 0; r < rows; r++) {
      float mean = xhat[xho + r * d];
      float inverse = rstd[ro + r];
      int from = xo + r * d;
      int normal = xho + r * d;
      int to = yo + r * d;
      for (int j = 0; j < whole; j += WIDTH) {
        FloatVector h = FloatVector.fromArray(FLOATS, x, from + j).sub(mean).mul(inverse);
        FloatVector factor = FloatVector.fromArray(FLOATS, scale, sco + j).add(1f);
        h.intoArray(xhat, normal + j);
        h.fma(factor, FloatVector.fromArray(FLOATS, shift, sho + j)).intoArray(y, to + j);
      }
      for (int j = whole; j < d; j++) {
        float h = (x[from + j] - mean) * inverse;
        xhat[normal + j] = h;
        y[to + j] = Math.fma(h, 1f + scale[sco + j], shift[sho + j]);
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
    int whole = d & -WIDTH;
    for (int r = 0; r < rows; r++) {
      int up = dyo + r * d;
      int normal = xho + r * d;
      for (int j = 0; j < whole; j += WIDTH) {
        FloatVector u = FloatVector.fromArray(FLOATS, dy, up + j);
        FloatVector h = FloatVector.fromArray(FLOATS, xhat, normal + j);
        u.mul(FloatVector.fromArray(FLOATS, scale, sco + j).add(1f)).intoArray(scratch, so + j);
        FloatVector.fromArray(FLOATS, dshift, dsho + j).add(u).intoArray(dshift, dsho + j);
        u.fma(h, FloatVector.fromArray(FLOATS, dscale, dsco + j)).intoArray(dscale, dsco + j);
      }
      for (int j = whole; j < d; j++) {
        float u = dy[up + j];
        scratch[so + j] = u * (1f + scale[sco + j]);
        dshift[dsho + j] += u;
        dscale[dsco + j] = Math.fma(u, xhat[normal + j], dscale[dsco + j]);
      }
      float mean = PanamaReductions.sum(d, scratch, so) / d;
      float slope = -(PanamaReductions.dot(d, scratch, so, xhat, normal) / d);
      float inverse = rstd[ro + r];
      int to = dxo + r * d;
      FloatVector slopes = FloatVector.broadcast(FLOATS, slope);
      FloatVector inverses = FloatVector.broadcast(FLOATS, inverse);
      for (int j = 0; j < whole; j += WIDTH) {
        FloatVector t = FloatVector.fromArray(FLOATS, scratch, so + j).sub(mean);
        t = slopes.fma(FloatVector.fromArray(FLOATS, xhat, normal + j), t);
        inverses.fma(t, FloatVector.fromArray(FLOATS, dx, to + j)).intoArray(dx, to + j);
      }
      for (int j = whole; j < d; j++) {
        float t = Math.fma(slope, xhat[normal + j], scratch[so + j] - mean);
        dx[to + j] = Math.fma(inverse, t, dx[to + j]);
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
    int whole = d & -WIDTH;
    for (int r = 0; r < rows; r++) {
      int row = r * d;
      for (int j = 0; j < whole; j += WIDTH) {
        FloatVector factor = FloatVector.fromArray(FLOATS, gate, go + j);
        FloatVector branch = FloatVector.fromArray(FLOATS, y, yo + row + j);
        factor
            .fma(branch, FloatVector.fromArray(FLOATS, x, xo + row + j))
            .intoArray(out, oo + row + j);
      }
      for (int j = whole; j < d; j++) {
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
    int whole = d & -WIDTH;
    for (int r = 0; r < rows; r++) {
      int row = r * d;
      for (int j = 0; j < whole; j += WIDTH) {
        FloatVector up = FloatVector.fromArray(FLOATS, dout, doo + row + j);
        FloatVector branch = FloatVector.fromArray(FLOATS, y, yo + row + j);
        up.fma(branch, FloatVector.fromArray(FLOATS, dgate, dgo + j)).intoArray(dgate, dgo + j);
        FloatVector.fromArray(FLOATS, gate, go + j).mul(up).intoArray(dy, dyo + row + j);
      }
      for (int j = whole; j < d; j++) {
        float up = dout[doo + row + j];
        dgate[dgo + j] = Math.fma(up, y[yo + row + j], dgate[dgo + j]);
        dy[dyo + row + j] = gate[go + j] * up;
      }
    }
  }
}
