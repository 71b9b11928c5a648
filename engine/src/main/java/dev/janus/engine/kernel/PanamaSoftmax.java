package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax over the keys of one head and its gradient, on matrices {@code [keys, queries]} as {@link
 * PanamaAttention} lays them out: a lane is a query and runs down the keys on its own. Entries a
 * query does not read are never looked at and become zero, as far up as a tile may reach.
 */
final class PanamaSoftmax {
  private PanamaSoftmax() {}

  /**
   * {@code probabilities = softmax(scale * scores)} down the keys.
   *
   * @param s scores, row p at {@code so + p * lds}
   * @param e probabilities, row p at {@code eo + p * lde}
   */
  static void softmax(
      int rows,
      AttentionMask mask,
      float scale,
      float[] s,
      int so,
      int lds,
      float[] e,
      int eo,
      int lde) {
    for (int i = 0; i < rows; i += WIDTH) {
      int first = PanamaAttention.firstKey(mask, i, rows);
      clear(Math.max(0, first - PanamaPanels.ROWS), first, e, eo + i, lde);
      exponentials(rows, first, i, mask, scale, s, so + i, lds, e, eo + i, lde);
    }
  }

  /**
   * Gradient of the scores, in place of the gradient of the probabilities: {@code g = p (g - sum of
   * p g) scale}.
   */
  static void slopes(
      int rows,
      AttentionMask mask,
      float scale,
      float[] p,
      int po,
      int ldp,
      float[] g,
      int go,
      int ldg) {
    for (int i = 0; i < rows; i += WIDTH) {
      int first = PanamaAttention.firstKey(mask, i, rows);
      clear(Math.max(0, first - PanamaPanels.ROWS), first, g, go + i, ldg);
      FloatVector mean = FloatVector.zero(FLOATS);
      for (int r = first; r < rows; r++) {
        FloatVector v = FloatVector.fromArray(FLOATS, p, po + r * ldp + i);
        mean = v.fma(FloatVector.fromArray(FLOATS, g, go + r * ldg + i), mean);
      }
      for (int r = first; r < rows; r++) {
        FloatVector v = FloatVector.fromArray(FLOATS, p, po + r * ldp + i);
        int at = go + r * ldg + i;
        v.mul(FloatVector.fromArray(FLOATS, g, at).sub(mean)).mul(scale).intoArray(g, at);
      }
    }
  }

  private static void clear(int from, int to, float[] x, int xo, int ldx) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int r = from; r < to; r++) {
      zero.intoArray(x, xo + r * ldx);
    }
  }

  private static void exponentials(
      int rows,
      int first,
      int i,
      AttentionMask mask,
      float scale,
      float[] s,
      int so,
      int lds,
      float[] p,
      int po,
      int ldp) {
    FloatVector lane = FloatVector.zero(FLOATS).addIndex(1);
    FloatVector max = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int r = first; r < rows; r++) {
      int readers = PanamaAttention.readers(mask, r, rows) - i;
      FloatVector v = FloatVector.fromArray(FLOATS, s, so + r * lds);
      VectorMask<Float> larger = v.compare(VectorOperators.GT, max);
      max = max.blend(v, larger.and(lane.compare(VectorOperators.LT, (float) readers)));
    }
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
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int r = first; r < rows; r++) {
      int readers = PanamaAttention.readers(mask, r, rows) - i;
      FloatVector z = FloatVector.fromArray(FLOATS, s, so + r * lds).sub(max).mul(scale);
      z = z.blend(Exponential.LOWEST, z.compare(VectorOperators.LT, Exponential.LOWEST));
      FloatVector shifted = z.fma(log2e, magic);
      FloatVector k = shifted.sub(magic);
      FloatVector x = k.fma(ln2Low, k.fma(ln2High, z));
      FloatVector q = c7.fma(x, c6).fma(x, c5).fma(x, c4).fma(x, c3).fma(x, c2);
      q = q.fma(x.mul(x), x).add(1f);
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .add(Exponential.EXPONENT_BIAS)
              .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
              .reinterpretAsFloats();
      FloatVector e = q.mul(power);
      e = e.blend(0f, lane.compare(VectorOperators.GE, (float) readers));
      sum = sum.add(e);
      e.intoArray(p, po + r * ldp);
    }
    FloatVector inverse = FloatVector.broadcast(FLOATS, 1f).div(sum);
    for (int r = first; r < rows; r++) {
      FloatVector.fromArray(FLOATS, p, po + r * ldp).mul(inverse).intoArray(p, po + r * ldp);
    }
  }
}
