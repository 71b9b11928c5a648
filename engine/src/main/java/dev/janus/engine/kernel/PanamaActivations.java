package dev.janus.engine.kernel;

import static dev.janus.engine.kernel.VectorWidths.FLOATS;
import static dev.janus.engine.kernel.VectorWidths.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential and the activations with vectors. The lines of {@link Exponential} are repeated
 * in every loop, since a method that returns a vector may box it; what is left of the last vector
 * goes through the scalar twin, which computes the same bits.
 */
final class PanamaActivations {
  private PanamaActivations() {}

  static void exp(int n, float[] x, int xo, float[] y, int yo) {
    int whole = n & -WIDTH;
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
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector z = FloatVector.fromArray(FLOATS, x, xo + i);
      z = z.blend(Exponential.HIGHEST, z.compare(VectorOperators.GT, Exponential.HIGHEST));
      z = z.blend(Exponential.LOWEST, z.compare(VectorOperators.LT, Exponential.LOWEST));
      FloatVector shifted = z.fma(log2e, magic);
      FloatVector k = shifted.sub(magic);
      FloatVector r = k.fma(ln2Low, k.fma(ln2High, z));
      FloatVector p = c7.fma(r, c6).fma(r, c5).fma(r, c4).fma(r, c3).fma(r, c2);
      p = p.fma(r.mul(r), r).add(1f);
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .add(Exponential.EXPONENT_BIAS)
              .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
              .reinterpretAsFloats();
      FloatVector e = p.mul(power);
      e.intoArray(y, yo + i);
    }
    ScalarElements.exp(n - whole, x, xo + whole, y, yo + whole);
  }

  static void gelu(int n, float[] x, int xo, float[] y, int yo) {
    int whole = n & -WIDTH;
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
    FloatVector geluA = FloatVector.broadcast(FLOATS, Activation.GELU_A);
    FloatVector geluB = FloatVector.broadcast(FLOATS, Activation.GELU_B);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      FloatVector z = v.mul(geluB.fma(v.mul(v), geluA)).neg();
      z =
          z.blend(
              Exponential.SIGMOID_HIGHEST,
              z.compare(VectorOperators.GT, Exponential.SIGMOID_HIGHEST));
      z = z.blend(Exponential.LOWEST, z.compare(VectorOperators.LT, Exponential.LOWEST));
      FloatVector shifted = z.fma(log2e, magic);
      FloatVector k = shifted.sub(magic);
      FloatVector r = k.fma(ln2Low, k.fma(ln2High, z));
      FloatVector p = c7.fma(r, c6).fma(r, c5).fma(r, c4).fma(r, c3).fma(r, c2);
      p = p.fma(r.mul(r), r).add(1f);
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .add(Exponential.EXPONENT_BIAS)
              .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
              .reinterpretAsFloats();
      FloatVector e = p.mul(power);
      v.mul(one.div(e.add(one))).intoArray(y, yo + i);
    }
    ScalarElements.gelu(n - whole, x, xo + whole, y, yo + whole);
  }

  static void geluSlope(int n, float[] x, int xo, float[] y, int yo, float[] slope, int so) {
    int whole = n & -WIDTH;
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
    FloatVector geluA = FloatVector.broadcast(FLOATS, Activation.GELU_A);
    FloatVector geluB = FloatVector.broadcast(FLOATS, Activation.GELU_B);
    FloatVector gelu3B = FloatVector.broadcast(FLOATS, Activation.GELU_3B);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      FloatVector square = v.mul(v);
      FloatVector z = v.mul(geluB.fma(square, geluA)).neg();
      z =
          z.blend(
              Exponential.SIGMOID_HIGHEST,
              z.compare(VectorOperators.GT, Exponential.SIGMOID_HIGHEST));
      z = z.blend(Exponential.LOWEST, z.compare(VectorOperators.LT, Exponential.LOWEST));
      FloatVector shifted = z.fma(log2e, magic);
      FloatVector k = shifted.sub(magic);
      FloatVector r = k.fma(ln2Low, k.fma(ln2High, z));
      FloatVector p = c7.fma(r, c6).fma(r, c5).fma(r, c4).fma(r, c3).fma(r, c2);
      p = p.fma(r.mul(r), r).add(1f);
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .add(Exponential.EXPONENT_BIAS)
              .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
              .reinterpretAsFloats();
      FloatVector e = p.mul(power);
      FloatVector s = one.div(e.add(one));
      FloatVector twoUSlope = gelu3B.fma(square, geluA);
      v.mul(s).intoArray(y, yo + i);
      v.mul(twoUSlope).fma(s.mul(e.mul(s)), s).intoArray(slope, so + i);
    }
    ScalarElements.geluSlope(n - whole, x, xo + whole, y, yo + whole, slope, so + whole);
  }

  static void silu(int n, float[] x, int xo, float[] y, int yo) {
    int whole = n & -WIDTH;
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
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      FloatVector z = v.neg();
      z =
          z.blend(
              Exponential.SIGMOID_HIGHEST,
              z.compare(VectorOperators.GT, Exponential.SIGMOID_HIGHEST));
      z = z.blend(Exponential.LOWEST, z.compare(VectorOperators.LT, Exponential.LOWEST));
      FloatVector shifted = z.fma(log2e, magic);
      FloatVector k = shifted.sub(magic);
      FloatVector r = k.fma(ln2Low, k.fma(ln2High, z));
      FloatVector p = c7.fma(r, c6).fma(r, c5).fma(r, c4).fma(r, c3).fma(r, c2);
      p = p.fma(r.mul(r), r).add(1f);
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .add(Exponential.EXPONENT_BIAS)
              .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
              .reinterpretAsFloats();
      FloatVector e = p.mul(power);
      v.mul(one.div(e.add(one))).intoArray(y, yo + i);
    }
    ScalarElements.silu(n - whole, x, xo + whole, y, yo + whole);
  }

  static void siluSlope(int n, float[] x, int xo, float[] y, int yo, float[] slope, int so) {
    int whole = n & -WIDTH;
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
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < whole; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xo + i);
      FloatVector z = v.neg();
      z =
          z.blend(
              Exponential.SIGMOID_HIGHEST,
              z.compare(VectorOperators.GT, Exponential.SIGMOID_HIGHEST));
      z = z.blend(Exponential.LOWEST, z.compare(VectorOperators.LT, Exponential.LOWEST));
      FloatVector shifted = z.fma(log2e, magic);
      FloatVector k = shifted.sub(magic);
      FloatVector r = k.fma(ln2Low, k.fma(ln2High, z));
      FloatVector p = c7.fma(r, c6).fma(r, c5).fma(r, c4).fma(r, c3).fma(r, c2);
      p = p.fma(r.mul(r), r).add(1f);
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .add(Exponential.EXPONENT_BIAS)
              .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
              .reinterpretAsFloats();
      FloatVector e = p.mul(power);
      FloatVector s = one.div(e.add(one));
      v.mul(s).intoArray(y, yo + i);
      v.fma(s.mul(e.mul(s)), s).intoArray(slope, so + i);
    }
    ScalarElements.siluSlope(n - whole, x, xo + whole, y, yo + whole, slope, so + whole);
  }
}
