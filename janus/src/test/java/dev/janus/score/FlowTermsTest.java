package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.RandomFlows;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTermsTest {
  private static final ModelConfig CONFIG = new ModelConfig(12, 32, 2, 2, AttentionMask.CAUSAL);
  private static final int D = CONFIG.dModel();
  private static final int FLOWS = 30;

  private final JanusNetwork network = new JanusNetwork(CONFIG);
  private final Kernels kernels = KernelSelection.best();

  /** The terms are the very numbers that were added up, only the order of the sums differs. */
  private static Offset<Double> rounding(double value) {
    return within(1e-12 * Math.max(1, Math.abs(value)));
  }

  @ParameterizedTest
  @EnumSource(OdeSolver.class)
  void scoresAndHiddenStateAreSumsOfTheTerms(OdeSolver solver) {
    long seed = 41;
    NormalizedFlows flows = RandomFlows.of(seed, FLOWS, 12);
    double[] scores = new double[FLOWS * ScoreName.COUNT];
    double[] hidden = new double[FLOWS * D];
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      ScoringConfig config = new ScoringConfig(3, solver, 1234, 0.1);
      Scorer scorer = new Scorer(CONFIG, RandomFlows.weights(seed, network), config, kernels, team);
      scorer.score(flows, scores);
      scorer.hidden(flows, hidden);
      for (int f = 0; f < FLOWS; f++) {
        FlowTerms terms = scorer.terms(RandomFlows.select(flows, 12, f));
        int n = flows.packets().rows(f);
        assertThat(terms.packets()).isEqualTo(n);
        double packetSquares = squares(terms.packetLatents());
        double flowSquares = squares(terms.flowLatents());
        check(scores, f, ScoreName.TERMINAL_PACKET, Math.sqrt(packetSquares / (3 * n)));
        check(scores, f, ScoreName.TERMINAL_FLOW, Math.sqrt(flowSquares / 20));
        check(
            scores,
            f,
            ScoreName.TERMINAL_NORM,
            Math.sqrt((packetSquares + flowSquares) / (3 * n + 20)));
        check(scores, f, ScoreName.DISC_NLL_TOTAL, Arrays.stream(terms.bitNll()).sum() / n);
        for (int c = 0; c < D; c++) {
          double sum = 0;
          for (int p = 0; p < n; p++) {
            sum += terms.packetStates()[p * D + c];
          }
          assertThat(sum / n).isEqualTo(hidden[f * D + c]);
        }
      }
    }
  }

  private static void check(double[] scores, int f, ScoreName name, double sum) {
    double score = scores[f * ScoreName.COUNT + name.ordinal()];
    assertThat(sum).as("flow %d, %s", f, name).isCloseTo(score, rounding(score));
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52})
  void whatIsSaidOfAPacketNeverChangesWhenTheFlowGrows(long seed) {
    NormalizedFlows flows = RandomFlows.of(seed, FLOWS, 12);
    NormalizedFlows otherFeatures = RandomFlows.of(seed + 100, FLOWS, 12);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      Scorer scorer =
          new Scorer(
              CONFIG,
              RandomFlows.weights(seed, network),
              ScoringConfig.defaults(0.1),
              kernels,
              team);
      for (int f = 0; f < FLOWS; f++) {
        FlowTerms whole = scorer.terms(RandomFlows.select(flows, 12, f));
        int prefix = 1 + whole.packets() / 2;
        NormalizedFlows cut = RandomFlows.select(flows, prefix, f);
        System.arraycopy(otherFeatures.features(), f * 20, cut.features(), 0, 20);
        FlowTerms part = scorer.terms(cut);
        int n = part.packets();
        assertThat(part.packetLatents())
            .containsExactly(Arrays.copyOf(whole.packetLatents(), n * 3));
        assertThat(part.bitNll()).containsExactly(Arrays.copyOf(whole.bitNll(), n * 6));
        assertThat(part.packetStates()).containsExactly(Arrays.copyOf(whole.packetStates(), n * D));
      }
      assertThatIllegalArgumentException().isThrownBy(() -> scorer.terms(flows));
    }
  }
}
