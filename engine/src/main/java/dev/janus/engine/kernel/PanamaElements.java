package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Element-wise arithmetic with vectors. What is left of the last vector goes through the scalar
 * twin, which computes the same bits.
 */
final class PanamaElements {
  private PanamaElements() {}

  static void add(int n, float[] x, int xo, float[] y, int yo) {
    int whole = n & -WIDTH;
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      FloatVector.fromArray(FLOATS, y, yo + i).add(v).intoArray(y, yo + i);
    }
    ScalarElements.add(n - whole, x, xo + whole, y, yo + whole);
  }

  static void scale(int n, float a, float[] x, int xo, float[] y, int yo) {
    int whole = n & -WIDTH;
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector.fromArray(FLOATS, x, xo + i).mul(a).intoArray(y, yo + i);
    }
    ScalarElements.scale(n - whole, a, x, xo + whole, y, yo + whole);
  }

  static void scaleAdd(int n, float a, float[] x, int xo, float[] y, int yo) {
    int whole = n & -WIDTH;
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      factor.fma(v, FloatVector.fromArray(FLOATS, y, yo + i)).intoArray(y, yo + i);
    }
    ScalarElements.scaleAdd(n - whole, a, x, xo + whole, y, yo + whole);
  }

  static void multiplyElements(
      int n, float[] dy, int dyo, float[] slope, int so, float[] dx, int dxo) {
    int whole = n & -WIDTH;
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, slope, so + i);
      FloatVector.fromArray(FLOATS, dy, dyo + i).mul(v).intoArray(dx, dxo + i);
    }
    ScalarElements.multiplyElements(n - whole, dy, dyo + whole, slope, so + whole, dx, dxo + whole);
  }
}
