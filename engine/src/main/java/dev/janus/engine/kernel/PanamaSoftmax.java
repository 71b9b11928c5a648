package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.ROTATE_1;
import static dev.janus.engine.kernel.VectorWidths.ROTATE_2;
import static dev.janus.engine.kernel.VectorWidths.ROTATE_4;
import static dev.janus.engine.kernel.VectorWidths.ROTATE_8;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** One row of a softmax and of its gradient. */
final class PanamaSoftmax {
  private PanamaSoftmax() {}

  /**
   * Probabilities {@code p = softmax(scale * s)} over the first {@code visible} elements, and zeros
   * up to {@code stride}.
   *
   * @param s scores; those after the visible ones are overwritten, up to a multiple of the width
   * @param stride a multiple of {@link Kernels#LANES}, at least visible
   */
  static void softmax(int visible, int stride, float scale, float[] s, int so, float[] p, int po) {
    int end = PanamaPanels.roundUp(visible, WIDTH);
    Arrays.fill(s, so + visible, so + end, Float.NEGATIVE_INFINITY);
    exponentials(end, scale, max(end, s, so), s, so, p, po);
    Arrays.fill(p, po + visible, po + stride, 0f);
    float inverse = 1f / PanamaReductions.sum(stride, p, po);
    for (int j = 0; j < stride; j += WIDTH) {
      FloatVector.fromArray(FLOATS, p, po + j).mul(inverse).intoArray(p, po + j);
    }
  }

  /** Gradient of the scores: {@code g = p (g - mean) scale}, in place. */
  static void slopes(int stride, float scale, float mean, float[] p, int po, float[] g, int go) {
    for (int j = 0; j < stride; j += WIDTH) {
      FloatVector difference = FloatVector.fromArray(FLOATS, g, go + j).sub(mean);
      FloatVector.fromArray(FLOATS, p, po + j).mul(difference).mul(scale).intoArray(g, go + j);
    }
  }

  /** Largest element; n is a multiple of the width. Comparisons skip NaN, as in the scalar twin. */
  private static float max(int n, float[] s, int so) {
    FloatVector max = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < n; j += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, s, so + j);
      max = max.blend(v, v.compare(VectorOperators.GT, max));
    }
    if (WIDTH > 8) {
      FloatVector v = max.rearrange(ROTATE_8);
      max = max.blend(v, v.compare(VectorOperators.GT, max));
    }
    if (WIDTH > 4) {
      FloatVector v = max.rearrange(ROTATE_4);
      max = max.blend(v, v.compare(VectorOperators.GT, max));
    }
    FloatVector v = max.rearrange(ROTATE_2);
    max = max.blend(v, v.compare(VectorOperators.GT, max));
    v = max.rearrange(ROTATE_1);
    max = max.blend(v, v.compare(VectorOperators.GT, max));
    return max.lane(0);
  }

  private static void exponentials(
      int n, float scale, float max, float[] s, int so, float[] p, int po) {
    FloatVector log2e = FloatVector.broadcast(FLOATS, Exponential.LOG2_E);
    FloatVector c7 = FloatVector.broadcast(FLOATS, Exponential.C7);
    FloatVector magic = FloatVector.broadcast(FLOATS, Exponential.MAGIC);
    FloatVector ln2High = FloatVector.broadcast(FLOATS, Exponential.MINUS_LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(FLOATS, Exponential.MINUS_LN2_LOW);
    FloatVector c6 = FloatVector.broadcast(FLOATS, Exponential.C6);
    FloatVector c5 = FloatVector.broadcast(FLOATS, Exponential.C5);
    FloatVector c4 = FloatVector.broadcast(FLOATS, Exponential.C4);
    FloatVector c3 = FloatVector.broadcast(FLOATS, Exponential.C3);
    FloatVector c2 = FloatVector.broadcast(FLOATS, Exponential.C2);
    for (int j = 0; j < n; j += WIDTH) {
      FloatVector z = FloatVector.fromArray(FLOATS, s, so + j).sub(max).mul(scale);
      z = z.blend(Exponential.LOWEST, z.compare(VectorOperators.LT, Exponential.LOWEST));
      FloatVector shifted = z.fma(log2e, magic);
      FloatVector k = shifted.sub(magic);
      FloatVector r = k.fma(ln2Low, k.fma(ln2High, z));
      FloatVector q = c7.fma(r, c6).fma(r, c5).fma(r, c4).fma(r, c3).fma(r, c2);
      q = q.fma(r.mul(r), r).add(1f);
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .add(Exponential.EXPONENT_BIAS)
              .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
              .reinterpretAsFloats();
      FloatVector e = q.mul(power);
      e.intoArray(p, po + j);
    }
  }
}
