package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.Architecture;
import dev.janus.model.ChannelKinds;
import dev.janus.model.DiscreteSource;
import dev.janus.model.FlowToken;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.TinyModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ten scores of the reference's tiny models, for each solver. */
class ScorerGoldenTest {
  private static final int REFERENCE_COLUMNS = 16;

  @ParameterizedTest
  @CsvSource({"EULER,1,euler1", "EULER,4,euler4", "MIDPOINT,4,midpoint4", "HEUN,4,heun4"})
  void scoresAgreeWithTheReference(OdeSolver solver, int steps, String name) {
    check(DiscreteSource.UNIFORM, "w3", solver, steps, name);
  }

  @ParameterizedTest
  @CsvSource({"EULER,1,euler1", "EULER,4,euler4", "MIDPOINT,4,midpoint4", "HEUN,4,heun4"})
  void scoresWithTheMaskedSourceAgreeWithTheReference(OdeSolver solver, int steps, String name) {
    check(DiscreteSource.MASKED, "w0", solver, steps, name);
  }

  private static void check(
      DiscreteSource source, String weights, OdeSolver solver, int steps, String name) {
    TinyModel golden = new TinyModel(source);
    ModelConfig config =
        new ModelConfig(
            8,
            16,
            2,
            2,
            AttentionMask.CAUSAL,
            ChannelKinds.BOTH,
            FlowToken.PRESENT,
            source,
            Architecture.JANUS);
    NormalizedFlows flows = new NormalizedFlows();
    flows.fill(golden.lengths(), golden.packed("C", 3), golden.packed("B", 6), golden.floats("f"));
    double[] scores = new double[flows.flows() * ScoreName.COUNT];
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      new Scorer(
              config,
              golden.weights(weights, new JanusNetwork(config)),
              new ScoringConfig(steps, solver, 1234, 0.1),
              KernelSelection.best(),
              team)
          .score(flows, scores);
    }
    double[] expected = golden.doubles(golden.computed("scores_" + name));
    for (int f = 0; f < flows.flows(); f++) {
      for (int c = 0; c < ScoreName.COUNT; c++) {
        double reference = expected[f * REFERENCE_COLUMNS + c];
        assertThat(scores[f * ScoreName.COUNT + c])
            .as("flow %d, %s", f, ScoreName.values()[c].label())
            .isCloseTo(reference, within(1e-5 * Math.max(1, Math.abs(reference))));
      }
    }
  }
}
