package dev.janus.engine.random;

import java.util.Objects;

/**
 * SplitMix64 with random access (method, section 10). Output {@code i} of seed {@code s} is the
 * {@code i}-th number (from 0) of the usual generator started at {@code s}. Stateless, the same on
 * every platform; used for the scoring noise, which is part of the model definition.
 */
public final class SplitMix64 {
  /** Odd step of the counter, 2^64 divided by the golden ratio. */
  static final long GAMMA = 0x9E3779B97F4A7C15L;

  private SplitMix64() {}

  /** Output {@code i} of {@code seed}. */
  public static long at(long seed, long i) {
    return mix(seed + (i + 1) * GAMMA);
  }

  /** Uniform {@code i}: {@code (x >>> 11) * 2^-53}, in [0, 1). */
  public static double uniformAt(long seed, long i) {
    return (at(seed, i) >>> 11) * 0x1.0p-53;
  }

  /**
   * Normal {@code k}: {@code sqrt(-2 log1p(-u)) cos(2 pi v)} with u, v = uniforms {@code 2k},
   * {@code 2k + 1}.
   */
  public static double normalAt(long seed, long k) {
    double u = uniformAt(seed, 2 * k);
    double v = uniformAt(seed, 2 * k + 1);
    return Math.sqrt(-2 * StrictMath.log1p(-u)) * StrictMath.cos(2 * Math.PI * v);
  }

  /** Writes uniforms {@code 0..count-1}. */
  public static void fillUniforms(long seed, double[] out, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, out.length);
    for (int i = 0; i < count; i++) {
      out[offset + i] = uniformAt(seed, i);
    }
  }

  /** Writes uniforms {@code 0..count-1} rounded to float; a value may round up to 1. */
  public static void fillUniforms(long seed, float[] out, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, out.length);
    for (int i = 0; i < count; i++) {
      out[offset + i] = (float) uniformAt(seed, i);
    }
  }

  /** Writes normals {@code 0..count-1}. */
  public static void fillNormals(long seed, double[] out, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, out.length);
    for (int i = 0; i < count; i++) {
      out[offset + i] = normalAt(seed, i);
    }
  }

  /** Writes normals {@code 0..count-1} rounded to float. */
  public static void fillNormals(long seed, float[] out, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, out.length);
    for (int i = 0; i < count; i++) {
      out[offset + i] = (float) normalAt(seed, i);
    }
  }

  /** The output function: a bijection of 64-bit words (Steele, Lea and Flood 2014). */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
