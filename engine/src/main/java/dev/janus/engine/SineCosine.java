package dev.janus.engine;

/**
 * Sine and cosine in double with polynomials of our own: the same bits on every platform, as {@link
 * StrictMath} gives, without the array that it allocates for each angle. Absolute error below 1e-10
 * for angles up to a million.
 */
public final class SineCosine {
  private static final double TWO_OVER_PI = 2 / Math.PI;
  private static final double HALF_PI = Math.PI / 2;

  /** What the double nearest to pi/2 lacks. */
  private static final double HALF_PI_REST = 6.123233995736766e-17;

  private SineCosine() {}

  /** Sine of an angle in radians, up to 1e6 in magnitude. */
  public static double sine(double angle) {
    double turns = Math.rint(angle * TWO_OVER_PI);
    return quarter(remainder(angle, turns), (int) turns);
  }

  /** Cosine of an angle in radians, up to 1e6 in magnitude. */
  public static double cosine(double angle) {
    double turns = Math.rint(angle * TWO_OVER_PI);
    return quarter(remainder(angle, turns), (int) turns + 1);
  }

  /** The angle less whole quarter turns, in about [-pi/4, pi/4]. */
  private static double remainder(double angle, double turns) {
    return Math.fma(-turns, HALF_PI_REST, Math.fma(-turns, HALF_PI, angle));
  }

  /** Sine of {@code r} and so many quarter turns. */
  private static double quarter(double r, int turns) {
    double square = r * r;
    double value = (turns & 1) == 0 ? r * sineSeries(square) : cosineSeries(square);
    return (turns & 2) == 0 ? value : -value;
  }

  /** {@code sin(r) / r} of {@code r = sqrt(square)} up to pi/4. */
  public static double sineSeries(double square) {
    double p = -1.0 / 39916800;
    p = Math.fma(p, square, 1.0 / 362880);
    p = Math.fma(p, square, -1.0 / 5040);
    p = Math.fma(p, square, 1.0 / 120);
    p = Math.fma(p, square, -1.0 / 6);
    return Math.fma(p, square, 1.0);
  }

  /** {@code cos(r)} of {@code r = sqrt(square)} up to pi/4. */
  public static double cosineSeries(double square) {
    double p = 1.0 / 479001600;
    p = Math.fma(p, square, -1.0 / 3628800);
    p = Math.fma(p, square, 1.0 / 40320);
    p = Math.fma(p, square, -1.0 / 720);
    p = Math.fma(p, square, 1.0 / 24);
    p = Math.fma(p, square, -0.5);
    return Math.fma(p, square, 1.0);
  }
}
