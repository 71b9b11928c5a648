package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.packet.PacketSchema;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import dev.janus.model.RandomFlows;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowScorerTest {
  private static final ModelConfig CONFIG = new ModelConfig(16, 32, 2, 2, AttentionMask.CAUSAL);

  private final Kernels kernels = KernelSelection.best();

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void verdictsOfTheFittingFlowsAverageToAboutTheNumberOfScores(long seed) {
    FlowBatch flows = rawFlows(seed, 400);
    int[] rows = IntStream.range(0, 400).toArray();
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      JanusModel model = model(seed, flows, rows, team);
      FlowVerdicts verdicts = new FlowScorer(model, kernels, team).score(flows);
      double mean = Arrays.stream(verdicts.distances()).average().orElseThrow();
      assertThat(mean).isLessThanOrEqualTo(ScoreName.COUNT + 1e-9).isGreaterThan(5);
      assertThat(verdicts.pValues()).hasSize(400);
      for (double p : verdicts.pValues()) {
        assertThat(p).isGreaterThan(0).isLessThanOrEqualTo(1);
      }
      double smallest = Arrays.stream(verdicts.pValues()).min().orElseThrow();
      assertThat(smallest).as("few held-out flows lie farther").isBetween(1.0 / 401, 6.0 / 401);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void aChosenRowGetsTheVerdictItHasInTheWholeBatch(long seed) {
    FlowBatch flows = rawFlows(seed, 60);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      FlowScorer scorer =
          new FlowScorer(model(seed, flows, IntStream.range(0, 60).toArray(), team), kernels, team);
      FlowVerdicts all = scorer.score(flows);
      FlowVerdicts some = scorer.score(flows, new int[] {59, 7});
      assertThat(some.distances()).containsExactly(all.distances()[59], all.distances()[7]);
    }
  }

  private JanusModel model(long seed, FlowBatch flows, int[] rows, ThreadTeam team) {
    Normalization normalization = Normalization.fit(flows, rows, 64);
    return ModelFitting.fit(
        CONFIG,
        RandomFlows.weights(seed, new JanusNetwork(CONFIG)),
        normalization,
        ScoringConfig.defaults(0.1),
        flows,
        rows,
        Map.of("dataset", "made up"),
        kernels,
        team);
  }

  private static FlowBatch rawFlows(long seed, int count) {
    Random random = new Random(seed);
    FlowBatch flows = new FlowBatch();
    double[] features = new double[FlowFeature.COUNT];
    for (int f = 0; f < count; f++) {
      int n = 1 + random.nextInt(PacketSchema.MAX_PACKETS);
      float[] tokens = new float[n * PacketSchema.CHANNELS];
      for (int p = 0; p < n; p++) {
        int at = p * PacketSchema.CHANNELS;
        tokens[at] = 40 + random.nextInt(1460);
        tokens[at + 1] = p == 0 ? 0 : random.nextInt(1_000_000);
        for (int c = 2; c < 8; c++) {
          tokens[at + c] = random.nextInt(2);
        }
        tokens[at + 8] = random.nextInt(65_536);
      }
      FlowFeatures.compute(tokens, 0, n, features, 0);
      flows.add(tokens, n, features);
    }
    return flows;
  }
}
