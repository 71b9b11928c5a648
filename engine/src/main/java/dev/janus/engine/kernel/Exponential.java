package dev.janus.engine.kernel;

/**
 * The exponential all kernels share: {@code x = k ln 2 + r}, a polynomial of degree 6 in {@code r}
 * (coefficients of Cephes {@code expf}), times {@code 2^k}. Adding {@link #MAGIC} rounds {@code x /
 * ln 2} to an integer and leaves it in the low bits. The Panama kernels repeat this sequence of
 * operations lane by lane; relative error below 1.5e-7.
 */
final class Exponential {
  /** Bounds outside which callers clamp: {@code 2^k} stays a normal float. */
  static final float LOWEST = -87f;

  static final float HIGHEST = 88f;

  /** Bound of the argument inside a sigmoid: {@code 1 / (1 + e^x)} stays a normal float. */
  static final float SIGMOID_HIGHEST = 87f;

  static final float LOG2_E = 1.442695f;

  /** 1.5 * 2^23. */
  static final float MAGIC = 12582912f;

  /** -ln 2 in two parts; the first has few bits. */
  static final float MINUS_LN2_HIGH = -0.6933594f;

  static final float MINUS_LN2_LOW = 2.1219444e-4f;
  static final float C7 = 1.9875691e-4f;
  static final float C6 = 1.3981999e-3f;
  static final float C5 = 8.333452e-3f;
  static final float C4 = 0.041665796f;
  static final float C3 = 0.16666666f;
  static final float C2 = 0.5f;
  static final int EXPONENT_BIAS = 127;
  static final int MANTISSA_BITS = 23;

  private Exponential() {}

  /** {@code e^x} for x in [{@link #LOWEST}, {@link #HIGHEST}]; NaN for NaN. */
  static float inRange(float x) {
    float shifted = Math.fma(x, LOG2_E, MAGIC);
    float k = shifted - MAGIC;
    float r = Math.fma(k, MINUS_LN2_HIGH, x);
    r = Math.fma(k, MINUS_LN2_LOW, r);
    float p = Math.fma(C7, r, C6);
    p = Math.fma(p, r, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    p = Math.fma(p, r * r, r) + 1f;
    int power = (Float.floatToRawIntBits(shifted) + EXPONENT_BIAS) << MANTISSA_BITS;
    return p * Float.intBitsToFloat(power);
  }

  /** {@code e^x} with x clamped; NaN passes through. */
  static float clamped(float x) {
    return inRange(Math.max(Math.min(x, HIGHEST), LOWEST));
  }

  /** {@code e^-x} clamped for use in {@code 1 / (1 + e^-x)}. */
  static float ofNegatedForSigmoid(float x) {
    return inRange(Math.max(Math.min(-x, SIGMOID_HIGHEST), LOWEST));
  }
}
