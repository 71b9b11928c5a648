package dev.janus.engine.random;

import dev.janus.engine.SineCosine;

/**
 * Pairs of standard normals from one 64-bit word, in double with polynomials of our own: library
 * functions differ between platforms or are slow. Absolute error below 1e-9, far under float
 * rounding.
 */
final class BoxMuller {
  private static final double LN2 = 0.6931471805599453;

  private BoxMuller() {}

  static void fill(long key, float[] out, int offset, int count) {
    for (int i = 0; i < count; i += 2) {
      long word = SplitMix64.at(key, i >> 1);
      // (0, 1), never 0: the radius stays finite.
      double u = ((word >>> 32) + 0.5) * 0x1.0p-32;
      double radius = Math.sqrt(-2 * log(u));
      // The top two bits of the low half choose a quadrant, the rest an angle in [-pi/4, pi/4).
      int low = (int) word;
      int quadrant = low >>> 30;
      double angle = ((low << 2) >> 2) * (Math.PI * 0x1.0p-31);
      double square = angle * angle;
      double sine = angle * SineCosine.sineSeries(square);
      double cosine = SineCosine.cosineSeries(square);
      double x1 = (quadrant & 1) == 0 ? cosine : sine;
      double x2 = (quadrant & 1) == 0 ? sine : cosine;
      boolean left = quadrant == 1 || quadrant == 2;
      boolean lower = quadrant >= 2;
      out[offset + i] = (float) (left ? -(radius * x1) : radius * x1);
      if (i + 1 < count) {
        out[offset + i + 1] = (float) (lower ? -(radius * x2) : radius * x2);
      }
    }
  }

  /** Natural log of a normal positive double: series of artanh on [sqrt(1/2), sqrt(2)). */
  static double log(double x) {
    long bits = Double.doubleToRawLongBits(x) - 0x3FE6A09E667F3BCDL;
    int exponent = (int) (bits >> 52);
    double m = Double.longBitsToDouble((bits & 0xFFFFFFFFFFFFFL) + 0x3FE6A09E667F3BCDL);
    double s = (m - 1) / (m + 1);
    double z = s * s;
    double p = 2.0 / 13;
    p = Math.fma(p, z, 2.0 / 11);
    p = Math.fma(p, z, 2.0 / 9);
    p = Math.fma(p, z, 2.0 / 7);
    p = Math.fma(p, z, 2.0 / 5);
    p = Math.fma(p, z, 2.0 / 3);
    p = Math.fma(p, z, 2.0);
    return Math.fma(exponent, LN2, s * p);
  }
}
