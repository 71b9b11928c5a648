package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.kernel.ScalarKernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.RandomFlows;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of the scores of any flow under any weights (method, section 11). */
class ScorerPropertiesTest {
  private static final ModelConfig CONFIG = new ModelConfig(12, 32, 2, 2, AttentionMask.CAUSAL);

  private final JanusNetwork network = new JanusNetwork(CONFIG);

  private double[] score(NormalizedFlows flows, float[] weights, Kernels kernels, int threads) {
    return score(flows, weights, ScoringConfig.defaults(0.1), kernels, threads);
  }

  private double[] score(
      NormalizedFlows flows, float[] weights, ScoringConfig config, Kernels kernels, int threads) {
    double[] scores = new double[flows.flows() * ScoreName.COUNT];
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      new Scorer(CONFIG, weights, config, kernels, team).score(flows, scores);
    }
    return scores;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aFlowAloneHasTheSameBitsAsInABatchInAnyOrder(long seed) {
    float[] weights = RandomFlows.weights(seed, network);
    NormalizedFlows flows = RandomFlows.of(seed, 150, 12);
    Kernels kernels = KernelSelection.best();
    double[] together = score(flows, weights, kernels, 2);
    int[] reversed = IntStream.range(0, 150).map(i -> 149 - i).toArray();
    double[] backwards = score(RandomFlows.select(flows, 12, reversed), weights, kernels, 3);
    for (int f = 0; f < 150; f++) {
      double[] here = row(together, f);
      assertThat(row(backwards, 149 - f)).containsExactly(here);
      if (f % 10 == 0) {
        assertThat(score(RandomFlows.select(flows, 12, f), weights, kernels, 1))
            .containsExactly(here);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void scalarAndChosenKernelsGiveTheSameBits(long seed) {
    float[] weights = RandomFlows.weights(seed, network);
    NormalizedFlows flows = RandomFlows.of(seed, 40, 12);
    assertThat(score(flows, weights, KernelSelection.best(), 1))
        .containsExactly(score(flows, weights, ScalarKernels.INSTANCE, 1));
  }

  @ParameterizedTest
  @EnumSource(OdeSolver.class)
  void whatIsSaidOfAPacketNeverChangesWhenTheFlowGrows(OdeSolver solver) {
    long seed = 31;
    float[] weights = RandomFlows.weights(seed, network);
    NormalizedFlows flows = RandomFlows.of(seed, 20, 12);
    // The features of a shorter flow differ too; they must not matter to packets either.
    NormalizedFlows otherFeatures = RandomFlows.of(seed + 1, 20, 12);
    ScoringConfig config = new ScoringConfig(3, solver, 1234, 0.1);
    for (int f = 0; f < flows.flows(); f++) {
      int n = flows.packets().rows(f);
      ScoringWorkspace whole = workspace(weights, config);
      whole.run(RandomFlows.select(flows, n, f), 0, 1, new double[ScoreName.COUNT]);
      for (int prefix = 1; prefix < n; prefix++) {
        NormalizedFlows cut = RandomFlows.select(flows, prefix, f);
        System.arraycopy(otherFeatures.features(), f * 20, cut.features(), 0, 20);
        ScoringWorkspace part = workspace(weights, config);
        part.run(cut, 0, 1, new double[ScoreName.COUNT]);
        assertThat(Arrays.copyOf(part.packetLatents(), prefix * 3))
            .containsExactly(Arrays.copyOf(whole.packetLatents(), prefix * 3));
        assertThat(Arrays.copyOf(part.bitNll(), prefix * 6))
            .containsExactly(Arrays.copyOf(whole.bitNll(), prefix * 6));
      }
    }
  }

  private ScoringWorkspace workspace(float[] weights, ScoringConfig config) {
    Kernels kernels = KernelSelection.best();
    var panels = network.inferencePanels(kernels);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      panels.pack(weights, team);
    }
    ScoringNoise noise = new ScoringNoise(config.noiseSeed(), CONFIG.maxPackets());
    return new ScoringWorkspace(network, weights, config, noise, kernels, panels);
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42})
  void anUntrainedNetworkLeavesTheDataAndKnowsNothingOfBits(long seed) {
    NormalizedFlows flows = RandomFlows.of(seed, 10, 12);
    double[] scores = score(flows, network.initialWeights(seed), KernelSelection.best(), 1);
    for (int f = 0; f < flows.flows(); f++) {
      double squares = 0;
      int n = flows.packets().rows(f);
      for (int k = 0; k < 3 * n; k++) {
        double z = flows.continuous()[flows.packets().start(f) * 3 + k];
        squares += z * z;
      }
      double[] row = row(scores, f);
      assertThat(row[ScoreName.TERMINAL_PACKET.ordinal()])
          .isCloseTo(Math.sqrt(squares / (3 * n)), within(1e-12));
      assertThat(row[ScoreName.DISC_NLL_TOTAL.ordinal()]).isCloseTo(6 * Math.log(2), within(1e-12));
    }
  }

  private static double[] row(double[] scores, int f) {
    return Arrays.copyOfRange(scores, f * ScoreName.COUNT, (f + 1) * ScoreName.COUNT);
  }
}
