package dev.janus.cli.terminal;

/** How long something has taken. Immutable and thread-safe. */
public final class Stopwatch {
  private static final double SHORTEST = 1e-9;

  private final long start = System.nanoTime();

  private Stopwatch() {}

  public static Stopwatch started() {
    return new Stopwatch();
  }

  /** Seconds since it was started; never 0, so that rates are finite. */
  public double seconds() {
    return Math.max(SHORTEST, (System.nanoTime() - start) * 1e-9);
  }
}
