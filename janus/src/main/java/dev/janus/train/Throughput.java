package dev.janus.train;

/** Flows and tokens per second since the first step of a run, and the time that is left. */
final class Throughput {
  private final int steps;
  private final long startNanos = System.nanoTime();
  private long flows;
  private long tokens;
  private int stepsDone;

  /**
   * @param steps steps of the whole training
   */
  Throughput(int steps) {
    this.steps = steps;
  }

  void add(int moreFlows, int moreTokens) {
    flows += moreFlows;
    tokens += moreTokens;
    stepsDone++;
  }

  double flowsPerSecond() {
    return flows / seconds();
  }

  double tokensPerSecond() {
    return tokens / seconds();
  }

  /** Estimate after {@code done} steps in all. */
  double secondsLeft(int done) {
    return stepsDone == 0 ? 0 : seconds() / stepsDone * (steps - done);
  }

  private double seconds() {
    return Math.max(1e-9, (System.nanoTime() - startNanos) * 1e-9);
  }
}
