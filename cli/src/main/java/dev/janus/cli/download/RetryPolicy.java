package dev.janus.cli.download;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and after which pauses a failed request is made again. Pauses double up to a limit, and
 * half of each is drawn at random so that many clients do not come back at once.
 *
 * @param retries attempts after the first that may fail in a row; gained bytes begin a new row
 * @param gainBytes how many bytes count as gained
 * @param restarts how often a file may be begun again because what was there is of no use
 * @param first the pause after the first failure
 * @param longest the longest pause
 * @param longestAsked the longest pause that is kept because the server asks for it
 */
record RetryPolicy(
    int retries,
    long gainBytes,
    int restarts,
    Duration first,
    Duration longest,
    Duration longestAsked) {
  static RetryPolicy withRetries(int retries) {
    return new RetryPolicy(
        retries,
        1 << 20,
        Math.max(3, retries),
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Duration.ofMinutes(10));
  }

  /** The pause after so many failures in a row, 1 or more. */
  Duration pause(int failures, RandomGenerator random) {
    int doublings = Math.min(failures - 1, 30);
    long nanos = Math.min(longest.toNanos(), saturated(first.toNanos(), doublings));
    return Duration.ofNanos(nanos / 2 + (long) (random.nextDouble() * (nanos - nanos / 2)));
  }

  private static long saturated(long nanos, int doublings) {
    return nanos > Long.MAX_VALUE >> doublings ? Long.MAX_VALUE : nanos << doublings;
  }
}
