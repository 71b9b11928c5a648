package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ChannelKinds;
import dev.janus.model.FlowToken;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.ModelException;
import dev.janus.model.ModelParts;
import dev.janus.model.Normalization;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.RandomFlows;
import dev.janus.model.RawFlows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scores of networks in which some part of the method takes no part. */
class AblatedScoresTest {
  private static final int FLOWS = 40;

  private final NormalizedFlows flows = RandomFlows.of(3, FLOWS, ModelParts.MAX_PACKETS);

  @ParameterizedTest
  @MethodSource("dev.janus.model.ModelParts#all")
  void whatIsNotComputedIsZeroAndTheRestIsNot(ModelConfig model) {
    double[] scores = score(model, flows, OdeSolver.HEUN);
    for (int f = 0; f < FLOWS; f++) {
      for (ScoreName name : ScoreName.values()) {
        double score = scores[f * ScoreName.COUNT + name.ordinal()];
        if (!name.isComputedBy(model)) {
          assertThat(score).as("flow %d, %s", f, name.label()).isZero();
        } else if (flows.packets().rows(f) > 2) { // of two packets all bits of a kind may be kept
          assertThat(score).as("flow %d, %s", f, name.label()).isPositive();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.janus.model.ModelParts#all")
  void whatTakesNoPartIsNeverRead(ModelConfig model) {
    NormalizedFlows other = ModelParts.withOtherAbsentParts(flows, model);
    for (OdeSolver solver : OdeSolver.values()) {
      assertThat(score(model, other, solver)).containsExactly(score(model, flows, solver));
    }
    assertThat(hidden(model, other)).containsExactly(hidden(model, flows));
  }

  /** Packets never read the flow token, so it makes no difference to them whether it is there. */
  @Test
  void scoresOfPacketsAreTheSameWithAndWithoutTheFlowToken() {
    List<ModelConfig> both =
        ModelParts.separate().filter(model -> model.channels() == ChannelKinds.BOTH).toList();
    for (ModelConfig with : both) {
      for (ModelConfig without : both) {
        if (with.hasFlowToken()
            && without.flowToken() == FlowToken.ABSENT
            && with.discreteSource() == without.discreteSource()) {
          double[] a = score(with, flows, OdeSolver.MIDPOINT);
          double[] b = score(without, flows, OdeSolver.MIDPOINT);
          for (int f = 0; f < FLOWS; f++) {
            int at = f * ScoreName.COUNT + ScoreName.TERMINAL_PACKET.ordinal();
            assertThat(Arrays.copyOfRange(b, at, (f + 1) * ScoreName.COUNT))
                .containsExactly(Arrays.copyOfRange(a, at, (f + 1) * ScoreName.COUNT));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.janus.model.ModelParts#separate")
  void termsAddUpToTheScores(ModelConfig model) {
    double[] scores = score(model, flows, OdeSolver.EULER);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      Scorer scorer = scorer(model, OdeSolver.EULER, team);
      for (int f = 0; f < FLOWS; f++) {
        FlowTerms terms = scorer.terms(RandomFlows.select(flows, ModelParts.MAX_PACKETS, f));
        double squares = 0;
        for (float z : terms.packetLatents()) {
          squares += (double) z * z;
        }
        double[] columns = new double[JanusNetwork.BITS];
        for (int k = 0; k < terms.bitNll().length; k++) {
          columns[k % columns.length] += terms.bitNll()[k] / terms.packets();
        }
        int at = f * ScoreName.COUNT;
        assertThat(Math.sqrt(squares / (3 * terms.packets())))
            .isCloseTo(scores[at + ScoreName.TERMINAL_PACKET.ordinal()], within(1e-9));
        for (int c = 0; c < columns.length; c++) {
          assertThat(columns[c])
              .isCloseTo(scores[at + ScoreName.DISC_NLL_CH2.ordinal() + c], within(1e-9));
        }
      }
    }
  }

  @Test
  void theUnifiedArchitectureScoresAFlowAloneAsInABatchAndHasNoTerms() {
    double[] together = score(ModelParts.UNIFIED, flows, OdeSolver.HEUN);
    for (int f = 0; f < FLOWS; f += 7) {
      NormalizedFlows alone = RandomFlows.select(flows, ModelParts.MAX_PACKETS, f);
      assertThat(score(ModelParts.UNIFIED, alone, OdeSolver.HEUN))
          .containsExactly(
              Arrays.copyOfRange(together, f * ScoreName.COUNT, (f + 1) * ScoreName.COUNT));
      try (ThreadTeam team = ThreadTeam.ofSize(1)) {
        Scorer scorer = scorer(ModelParts.UNIFIED, OdeSolver.EULER, team);
        assertThatThrownBy(() -> scorer.terms(alone))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("cannot be taken apart");
      }
    }
  }

  /**
   * A network that has learnt nothing leaves the data where they are: nine channels of a packet.
   */
  @Test
  void theUnifiedArchitectureTakesBitsForContinuous() {
    double[] scores = new double[FLOWS * ScoreName.COUNT];
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      float[] untrained = new JanusNetwork(ModelParts.UNIFIED).initialWeights(1);
      new Scorer(
              ModelParts.UNIFIED,
              untrained,
              ScoringConfig.defaults(0.1),
              KernelSelection.best(),
              team)
          .score(flows, scores);
    }
    for (int f = 0; f < FLOWS; f++) {
      int n = flows.packets().rows(f);
      double squares = 6 * n; // bits are 1 or -1
      for (int k = 3 * flows.packets().start(f); k < 3 * flows.packets().start(f + 1); k++) {
        squares += (double) flows.continuous()[k] * flows.continuous()[k];
      }
      double features = 0;
      for (int k = 20 * f; k < 20 * (f + 1); k++) {
        features += (double) flows.features()[k] * flows.features()[k];
      }
      int at = f * ScoreName.COUNT;
      assertThat(scores[at + ScoreName.TERMINAL_PACKET.ordinal()])
          .isCloseTo(Math.sqrt(squares / (9 * n)), within(1e-12));
      assertThat(scores[at + ScoreName.TERMINAL_NORM.ordinal()])
          .isCloseTo(Math.sqrt((squares + features) / (9 * n + 20)), within(1e-12));
    }
  }

  /** The distance is that of the computed scores alone, fitted by themselves. */
  @ParameterizedTest
  @MethodSource("dev.janus.model.ModelParts#all")
  void theDistanceIsThatOfTheComputedScores(ModelConfig config) {
    FlowBatch raw = RawFlows.of(5, 200);
    int[] rows = IntStream.range(0, 200).toArray();
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      JanusModel model =
          ModelFitting.fit(
              config,
              RandomFlows.weights(1, new JanusNetwork(config)),
              Normalization.fit(raw, rows, config.maxPackets()),
              ScoringConfig.defaults(0.1),
              raw,
              rows,
              rows,
              Map.of(),
              KernelSelection.best(),
              team);
      FlowVerdicts verdicts = new FlowScorer(model, KernelSelection.best(), team).score(raw);
      List<ScoreName> computed = ScoreName.computedBy(config);
      int p = computed.size();
      double[] selected = new double[200 * p];
      for (int k = 0; k < selected.length; k++) {
        selected[k] = verdicts.scores()[k / p * ScoreName.COUNT + computed.get(k % p).ordinal()];
      }
      MahalanobisOas alone = MahalanobisOas.fit(selected, 200, p);
      for (int f = 0; f < 200; f++) {
        assertThat(verdicts.oas10().distances()[f]).isEqualTo(alone.distance(selected, f * p));
      }
      assertThat(ScoreName.notComputedBy(config)).hasSize(ScoreName.COUNT - p);
    }
  }

  private static double[] score(ModelConfig model, NormalizedFlows scored, OdeSolver solver) {
    double[] scores = new double[scored.flows() * ScoreName.COUNT];
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      scorer(model, solver, team).score(scored, scores);
    }
    return scores;
  }

  private static double[] hidden(ModelConfig model, NormalizedFlows scored) {
    double[] hidden = new double[scored.flows() * model.dModel()];
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      scorer(model, OdeSolver.EULER, team).hidden(scored, hidden);
    }
    return hidden;
  }

  private static Scorer scorer(ModelConfig model, OdeSolver solver, ThreadTeam team) {
    float[] weights = RandomFlows.weights(1, new JanusNetwork(model));
    ScoringConfig config = new ScoringConfig(2, solver, 1234, 0.1);
    return new Scorer(model, weights, config, KernelSelection.best(), team);
  }
}
