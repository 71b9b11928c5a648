package dev.janus.engine.kernel;

import java.util.function.LongSupplier;

/**
 * Tells whether one way to do a piece of work becomes faster than another once the JVM has compiled
 * it. Both run in turn until the challenger beats the incumbent's best time {@value #WINS} times in
 * a row, or until a limit is reached. Vector code runs a hundred times slower than scalar code
 * before C2 has compiled it, and for ever on a JVM without C2: only a measurement tells.
 *
 * @param rounds most runs of each
 * @param nanos time after which no further round begins, in nanoseconds
 * @param clock time in nanoseconds, such as {@code System::nanoTime}
 */
public record WarmUpRace(int rounds, long nanos, LongSupplier clock) {
  private static final int WINS = 3;

  /**
   * Runs the race on the calling thread.
   *
   * @return the incumbent's best time divided by the challenger's slowest winning one, above 1, or
   *     0 when the challenger has not won
   */
  public double advantage(Runnable incumbent, Runnable challenger) {
    long begin = clock.getAsLong();
    long best = Long.MAX_VALUE;
    long slowest = 1;
    int wins = 0;
    for (int round = 0; round < rounds; round++) {
      long start = clock.getAsLong();
      if (start - begin > nanos) {
        return 0;
      }
      incumbent.run();
      long middle = clock.getAsLong();
      challenger.run();
      long time = clock.getAsLong() - middle;
      best = Math.min(best, middle - start);
      slowest = wins == 0 ? Math.max(1, time) : Math.max(slowest, time);
      wins = slowest < best ? wins + 1 : 0;
      if (wins == WINS) {
        return (double) best / slowest;
      }
    }
    return 0;
  }
}
