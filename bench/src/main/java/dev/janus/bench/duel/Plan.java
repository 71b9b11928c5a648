package dev.janus.bench.duel;

/**
 * How long to measure.
 *
 * @param clock what a sample measures
 * @param warmUpSeconds after its first runs each side runs this long, and on as long as it gets
 *     faster, before anything counts
 * @param warmUpRuns first runs of each side, at least 1
 * @param leastSampleSeconds a sample is the mean over as many runs as take this long, and as the
 *     clock needs: the first one finds caches that the other side has filled
 * @param measureSeconds rounds go on until both sides together have run this long
 * @param leastRounds rounds at least, whatever the time
 * @param mostRounds rounds at most, whatever the time
 */
public record Plan(
    Clock clock,
    double warmUpSeconds,
    int warmUpRuns,
    double leastSampleSeconds,
    double measureSeconds,
    int leastRounds,
    int mostRounds) {
  public Plan {
    if (warmUpRuns < 1 || leastRounds < 1 || mostRounds < leastRounds) {
      throw new IllegalArgumentException("a plan needs a run and a round at least");
    }
  }

  /** The same plan with another clock. */
  public Plan with(Clock other) {
    return new Plan(
        other,
        warmUpSeconds,
        warmUpRuns,
        leastSampleSeconds,
        measureSeconds,
        leastRounds,
        mostRounds);
  }
}
