package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import dev.janus.model.RandomFlows;
import dev.janus.model.RawFlows;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowScorerTest {
  private static final ModelConfig CONFIG = new ModelConfig(16, 32, 2, 2, AttentionMask.CAUSAL);

  private final Kernels kernels = KernelSelection.best();

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void verdictsOfTheFittingFlowsAverageToAboutTheNumberOfScores(long seed) {
    FlowBatch flows = RawFlows.of(seed, 400);
    int[] rows = IntStream.range(0, 400).toArray();
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      JanusModel model = model(seed, flows, rows, team);
      FlowVerdicts verdicts = new FlowScorer(model, kernels, team).score(flows);
      double mean = Arrays.stream(verdicts.oas10().distances()).average().orElseThrow();
      assertThat(mean).isLessThanOrEqualTo(ScoreName.COUNT + 1e-9).isGreaterThan(5);
      assertThat(verdicts.oas10().pValues()).hasSize(400);
      for (double p : verdicts.oas10().pValues()) {
        assertThat(p).isGreaterThan(0).isLessThanOrEqualTo(1);
      }
      double smallest = Arrays.stream(verdicts.oas10().pValues()).min().orElseThrow();
      assertThat(smallest).as("few held-out flows lie farther").isBetween(1.0 / 401, 6.0 / 401);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void aChosenRowGetsTheVerdictItHasInTheWholeBatch(long seed) {
    FlowBatch flows = RawFlows.of(seed, 60);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      FlowScorer scorer =
          new FlowScorer(model(seed, flows, IntStream.range(0, 60).toArray(), team), kernels, team);
      FlowVerdicts all = scorer.score(flows);
      FlowVerdicts some = scorer.score(flows, new int[] {59, 7});
      assertThat(some.oas10().distances())
          .containsExactly(all.oas10().distances()[59], all.oas10().distances()[7]);
      assertThat(some.hidden().pValues())
          .containsExactly(all.hidden().pValues()[59], all.hidden().pValues()[7]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void theHiddenStateAloneGivesTheVerdictsItGivesBesideTheScores(long seed) {
    FlowBatch flows = RawFlows.of(seed, 80);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      FlowScorer scorer =
          new FlowScorer(model(seed, flows, IntStream.range(0, 80).toArray(), team), kernels, team);
      Verdicts beside = scorer.score(flows).hidden();
      Verdicts alone = scorer.hidden(flows);
      assertThat(alone.distances()).containsExactly(beside.distances());
      assertThat(alone.pValues()).containsExactly(beside.pValues());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void theHiddenStateIsFittedOnTrainingAndCalibratedOnValidation(long seed) {
    FlowBatch flows = RawFlows.of(seed, 500);
    int[] training = IntStream.range(0, 400).toArray();
    int[] validation = IntStream.range(400, 500).toArray();
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      JanusModel model = model(seed, flows, training, validation, team);
      assertThat(model.hidden().distance().count()).isEqualTo(400);
      assertThat(model.oas10().distance().count()).isEqualTo(100);
      FlowScorer scorer = new FlowScorer(model, kernels, team);
      double[] validated = scorer.score(flows, validation).hidden().distances();
      Arrays.sort(validated);
      assertThat(model.hidden().calibration().points()).containsExactly(validated);
      double trained =
          Arrays.stream(scorer.score(flows, training).hidden().distances()).average().orElseThrow();
      assertThat(trained)
          .as("with the shrunk covariance of the same flows")
          .isLessThanOrEqualTo(CONFIG.dModel() + 1e-9)
          .isGreaterThan(CONFIG.dModel() / 4.0);
    }
  }

  private JanusModel model(long seed, FlowBatch flows, int[] rows, ThreadTeam team) {
    return model(seed, flows, rows, rows, team);
  }

  private JanusModel model(
      long seed, FlowBatch flows, int[] training, int[] validation, ThreadTeam team) {
    Normalization normalization = Normalization.fit(flows, training, 64);
    return ModelFitting.fit(
        CONFIG,
        RandomFlows.weights(seed, new JanusNetwork(CONFIG)),
        normalization,
        ScoringConfig.defaults(0.1),
        flows,
        training,
        validation,
        Map.of("dataset", "made up"),
        kernels,
        team);
  }
}
