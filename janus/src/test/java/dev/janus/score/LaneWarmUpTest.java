package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.kernel.ScalarKernels;
import dev.janus.engine.kernel.WarmUpRace;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.RandomFlows;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The change from scalar to vector kernels while scoring goes on, with a clock made up. */
class LaneWarmUpTest {
  private static final ModelConfig CONFIG = new ModelConfig(12, 32, 2, 2, AttentionMask.CAUSAL);
  private static final ScoringConfig SCORING = ScoringConfig.defaults(0.1);
  private static final int ENOUGH = 700;

  private final JanusNetwork network = new JanusNetwork(CONFIG);
  private final float[] weights = RandomFlows.weights(7, network);
  private final AtomicLong clock = new AtomicLong();
  private final List<Runnable> waiting = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void scoresAreTheSameBitsBeforeWhileAndAfterKernelsChange(long seed) {
    NormalizedFlows flows = RandomFlows.of(seed, ENOUGH, 12);
    double[] expected = scores(flows);
    Kernels vector = KernelSelection.best();
    int[] callsLeft = {1000};
    List<String> used = new ArrayList<>();
    Kernels scalar =
        watched(
            ScalarKernels.INSTANCE,
            10,
            () -> {
              used.add("scalar");
              if (--callsLeft[0] == 0) {
                waiting.removeFirst().run(); // in the middle of a chunk
              }
            });
    Kernels faster = watched(vector, 1, () -> used.add("vector"));
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      Scorer scorer = scorer(scalar, faster, waiting::add, team);
      assertThat(scores(scorer, flows)).containsExactly(expected);
      assertThat(scorer.kernels()).isSameAs(faster);
      assertThat(used.getLast()).as("the rest of the batch").isEqualTo("vector");
      used.clear();
      assertThat(scores(scorer, flows)).containsExactly(expected);
      assertThat(used).containsOnly("vector");
    }
  }

  @Test
  void kernelsThatAreNotFasterAreNotUsed() {
    NormalizedFlows flows = RandomFlows.of(3, ENOUGH, 12);
    Kernels scalar = watched(ScalarKernels.INSTANCE, 10, () -> {});
    Kernels slower = watched(KernelSelection.best(), 11, () -> {});
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      Scorer scorer = scorer(scalar, slower, Runnable::run, team);
      assertThat(scores(scorer, flows)).containsExactly(scores(flows));
      assertThat(scorer.kernels()).isSameAs(scalar);
    }
  }

  @Test
  void littleWorkWarmsNothingAndManySmallCallsWarmOnce() {
    NormalizedFlows one = RandomFlows.of(4, 1, 12);
    int tokens = 9 * (one.packets().totalRows() + 1);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      Scorer scorer = scorer(ScalarKernels.INSTANCE, KernelSelection.best(), waiting::add, team);
      int calls = LaneWarmUp.TOKENS_BEFORE / tokens;
      for (int call = 0; call < calls; call++) {
        scores(scorer, one);
      }
      assertThat(waiting).hasSize(LaneWarmUp.TOKENS_BEFORE % tokens == 0 ? 1 : 0);
      scores(scorer, one);
      scores(scorer, RandomFlows.of(5, ENOUGH, 12));
      assertThat(waiting).hasSize(1);
    }
  }

  @Test
  void hiddenStatesWarmToo() {
    NormalizedFlows one = RandomFlows.of(7, 1, 12);
    int tokens = one.packets().totalRows() + 1;
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      Scorer scorer = scorer(ScalarKernels.INSTANCE, KernelSelection.best(), waiting::add, team);
      double[] hidden = new double[64];
      for (int call = 1; call * tokens < LaneWarmUp.TOKENS_BEFORE; call++) {
        scorer.hidden(one, hidden);
      }
      assertThat(waiting).isEmpty();
      scorer.hidden(one, hidden);
      assertThat(waiting).hasSize(1);
    }
  }

  @Test
  void aJvmThatGivesNoThreadScoresOn() {
    NormalizedFlows flows = RandomFlows.of(6, ENOUGH, 12);
    Executor none =
        race -> {
          throw new RejectedExecutionException("no thread");
        };
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      Scorer scorer = scorer(ScalarKernels.INSTANCE, KernelSelection.best(), none, team);
      assertThat(scores(scorer, flows)).containsExactly(scores(flows));
      assertThat(scorer.kernels()).isSameAs(ScalarKernels.INSTANCE);
    }
  }

  @Test
  void theThreadThatWarmsIsADaemonAndEnds() throws InterruptedException {
    NormalizedFlows flows = RandomFlows.of(8, ENOUGH, 12);
    List<Thread> threads = new ArrayList<>();
    LaneWarmUp warmUp =
        new LaneWarmUp(() -> {
          threads.add(Thread.currentThread());
          return ScalarKernels.INSTANCE;
        });
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      Scorer scorer =
          new Scorer(CONFIG, weights, SCORING, ScalarKernels.INSTANCE, Optional.of(warmUp), team);
      scores(scorer, flows);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("janus-warm-up")) {
        thread.join();
      }
    }
    assertThat(threads).singleElement().matches(Thread::isDaemon).matches(t -> !t.isAlive());
  }

  private Scorer scorer(Kernels start, Kernels target, Executor executor, ThreadTeam team) {
    WarmUpRace race = new WarmUpRace(50, Long.MAX_VALUE, clock::get);
    LaneWarmUp warmUp = new LaneWarmUp(() -> target, race, executor);
    return new Scorer(CONFIG, weights, SCORING, start, Optional.of(warmUp), team);
  }

  private double[] scores(NormalizedFlows flows) {
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      return scores(new Scorer(CONFIG, weights, SCORING, ScalarKernels.INSTANCE, team), flows);
    }
  }

  private static double[] scores(Scorer scorer, NormalizedFlows flows) {
    double[] scores = new double[flows.flows() * ScoreName.COUNT];
    scorer.score(flows, scores);
    return scores;
  }

  /** Kernels whose products take {@code cost} on the clock and call {@code onProduct}. */
  private Kernels watched(Kernels kernels, long cost, Runnable onProduct) {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("multiplyBias")) {
                clock.addAndGet(cost);
                onProduct.run();
              }
              try {
                return method.invoke(kernels, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
