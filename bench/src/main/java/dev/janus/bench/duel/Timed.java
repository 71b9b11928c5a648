package dev.janus.bench.duel;

/** A contender with a clock: warms it and takes samples that are long enough for the clock. */
final class Timed {
  private final Contender contender;
  private final Clock clock;
  private int repeats = 1;

  Timed(Contender contender, Clock clock) {
    this.contender = contender;
    this.clock = clock;
  }

  /** Runs the contender and finds out how many runs make a sample. */
  void warmUp(Plan plan) {
    for (int run = 0; run < plan.warmUpRuns(); run++) {
      contender.run();
    }
    Duel.warmUp(contender, plan.warmUpSeconds());
    double least = Math.max(clock.leastSampleNanos(), 1e9 * plan.leastSampleSeconds());
    double once = sample();
    while (repeats < 1 << 20 && once * repeats < least) {
      repeats = (int) Math.min(1 << 20, Math.max(repeats + 1, Math.ceil(least / once)));
      once = sample();
    }
  }

  /** Nanoseconds of one run, the mean over a sample. */
  double sample() {
    clock.settle();
    long start = clock.nanos();
    for (int i = 0; i < repeats; i++) {
      contender.run();
    }
    return Math.max(1, clock.nanos() - start) / (double) repeats;
  }
}
