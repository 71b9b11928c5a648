package dev.janus.bench.duel;

import java.util.ArrayList;
import java.util.List;

/** Times two contenders that do the same work, side by side in one JVM. */
public final class Duel {
  private static final double STILL_FASTER = 0.8;
  private static final int MOST_HALVES = 40;

  private Duel() {}

  /** Warms both, then lets them alternate; the one that begins changes from round to round. */
  public static DuelResult between(Contender ours, Contender peer, Plan plan) {
    Timed first = new Timed(ours, plan.clock());
    Timed second = new Timed(peer, plan.clock());
    first.warmUp(plan);
    second.warmUp(plan);
    List<Double> oursNanos = new ArrayList<>();
    List<Double> peerNanos = new ArrayList<>();
    long start = System.nanoTime();
    while (goOn(oursNanos.size(), start, plan)) {
      if (oursNanos.size() % 2 == 0) {
        oursNanos.add(first.sample());
        peerNanos.add(second.sample());
      } else {
        peerNanos.add(second.sample());
        oursNanos.add(first.sample());
      }
    }
    return Statistics.duel(oursNanos, peerNanos);
  }

  /** Median nanoseconds of one run of a contender that has no peer. */
  public static double alone(Contender contender, Plan plan) {
    Timed timed = new Timed(contender, plan.clock());
    timed.warmUp(plan);
    List<Double> nanos = new ArrayList<>();
    long start = System.nanoTime();
    while (goOn(nanos.size(), start, plan)) {
      nanos.add(timed.sample());
    }
    return Statistics.median(nanos);
  }

  /**
   * Runs a contender for that long, then on as long as it gets faster: some kernels run for seconds
   * before C2 has compiled all they use, and a thousand times slower until then.
   */
  public static void warmUp(Contender contender, double seconds) {
    double before = nanosPerRun(contender, seconds / 2);
    for (int half = 1; half < MOST_HALVES; half++) {
      double now = nanosPerRun(contender, seconds / 2);
      if (now > STILL_FASTER * before) {
        return;
      }
      before = now;
    }
  }

  private static double nanosPerRun(Contender contender, double seconds) {
    long start = System.nanoTime();
    int runs = 0;
    do {
      contender.run();
      runs++;
    } while (System.nanoTime() - start < seconds * 1e9);
    return (System.nanoTime() - start) / (double) runs;
  }

  private static boolean goOn(int rounds, long start, Plan plan) {
    return rounds < plan.leastRounds()
        || (rounds < plan.mostRounds() && System.nanoTime() - start < plan.measureSeconds() * 1e9);
  }
}
