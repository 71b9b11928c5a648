package dev.janus.score;

import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.kernel.WarmUpRace;
import dev.janus.model.NormalizedFlows;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Decides when a scorer changes from the kernels of its start to faster ones. Once enough work has
 * been asked for, both kinds score a copy of the first flows again and again, beside the real work;
 * when the faster kind has been compiled and proves faster, its lane is handed over. If it does not
 * within the limits of the race, the scorer keeps what it has.
 */
final class LaneWarmUp {
  /**
   * Tokens to be passed through the network before warming begins. To warm costs about as much time
   * as scalar kernels lose on so many: shorter work never pays for it, longer work pays it once.
   */
  static final int TOKENS_BEFORE = 9 * 4096;

  /** Few, since vectors that are not compiled yet are slow; more than a register block's rows. */
  private static final int SAMPLE_TOKENS = 32;

  private static final int ROUNDS = 1000;
  private static final long LIMIT_NANOS = 10_000_000_000L;

  private final Supplier<Kernels> target;
  private final WarmUpRace race;
  private final Executor executor;
  private long tokens;
  private boolean begun;

  /**
   * Warms on a daemon thread that begins no round after 10 seconds.
   *
   * @param target names the kernels to warm; asked on that thread, as it may take a while
   */
  LaneWarmUp(Supplier<Kernels> target) {
    this(target, new WarmUpRace(ROUNDS, LIMIT_NANOS, System::nanoTime), LaneWarmUp::startThread);
  }

  /**
   * @param executor runs the race; must not wait for it when scoring is to go on
   */
  LaneWarmUp(Supplier<Kernels> target, WarmUpRace race, Executor executor) {
    this.target = target;
    this.race = race;
    this.executor = executor;
  }

  /** Asked for late: to find a logger takes a cold JVM longer than to make a lane. */
  private static Logger logger() {
    return System.getLogger("dev.janus.score");
  }

  private static void startThread(Runnable race) {
    Thread.ofPlatform().daemon().name("janus-warm-up").start(race);
  }

  /**
   * Takes note of work about to be done; begins to warm when it is enough. Called by one thread at
   * a time.
   *
   * @param passes how often the network reads the flows
   * @param current the lane in use
   * @param faster takes the lane that is to be used from then on; called by the executor's thread
   */
  void beforeScoring(
      NormalizedFlows flows, int passes, ScoringLane current, Consumer<ScoringLane> faster) {
    if (begun) {
      return;
    }
    tokens += passes * ((long) flows.packets().totalRows() + flows.flows());
    if (tokens < TOKENS_BEFORE) {
      return;
    }
    begun = true;
    NormalizedFlows sample = sample(flows);
    try {
      executor.execute(() -> run(sample, current, faster));
    } catch (RuntimeException | OutOfMemoryError e) { // no thread to be had: not needed either
      logger().log(Level.DEBUG, "scoring stays with " + current.kernels().name() + " kernels", e);
    }
  }

  private static NormalizedFlows sample(NormalizedFlows flows) {
    int count = 0;
    int sampled = 0;
    while (count < flows.flows() && sampled < SAMPLE_TOKENS) {
      sampled += flows.packets().rows(count++) + 1;
    }
    return flows.copyOfFirst(count);
  }

  private void run(NormalizedFlows sample, ScoringLane current, Consumer<ScoringLane> faster) {
    try {
      Kernels kernels = target.get();
      if (kernels != current.kernels()) {
        race(sample, current, current.with(kernels), faster);
      }
    } catch (RuntimeException | Error e) { // such as a LinkageError: the scorer works on without
      logger().log(Level.DEBUG, "warming faster kernels failed", e);
    }
  }

  private void race(
      NormalizedFlows sample,
      ScoringLane current,
      ScoringLane challenger,
      Consumer<ScoringLane> faster) {
    double[] scores = new double[sample.flows() * ScoreName.COUNT];
    double advantage =
        race.advantage(
            () -> current.score(sample, 0, sample.flows(), scores),
            () -> challenger.score(sample, 0, sample.flows(), scores));
    if (advantage > 0) {
      faster.accept(challenger);
    }
    logger()
        .log(
            Level.DEBUG,
            advantage > 0
                ? "scoring changes from {0} to {1} kernels"
                : "scoring stays with {0} kernels, {1} ones were not faster",
            current.kernels().name(),
            challenger.kernels().name());
  }
}
