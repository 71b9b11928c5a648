package dev.janus.bench.duel;

/** How thorough a whole run is. */
public enum Effort {
  /** All groups in a few minutes: for a look. */
  QUICK(
      new Plan(Clock.THREAD_CPU, 0.1, 2, 0, 0.2, 3, 99),
      new Plan(Clock.THREAD_CPU, 1, 5, 1.2, 1, 3, 99)),

  /** All groups in less than half an hour: for figures to be quoted. */
  FULL(
      new Plan(Clock.THREAD_CPU, 0.3, 3, 0, 0.8, 7, 999),
      new Plan(Clock.THREAD_CPU, 8, 10, 1.2, 8, 7, 99));

  private final Plan operator;
  private final Plan step;

  Effort(Plan operator, Plan step) {
    this.operator = operator;
    this.step = step;
  }

  /** Plan for one operator: microseconds to some hundred milliseconds a run. */
  public Plan operator() {
    return operator;
  }

  /**
   * Plan for a whole step: many kernels that C2 has to compile first, up to a second a run. Steps
   * are timed in a row, as in a training.
   */
  public Plan step() {
    return step;
  }
}
