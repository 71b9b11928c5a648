package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.engine.kernel.AttentionMask;
import dev.janus.model.ModelConfig;
import dev.janus.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FittedVerdictTest {
  private static final int P = ScoreName.COUNT;
  private static final int M = FusedMeasure.COUNT;

  private static FlowVerdicts flows(Random random, int n) {
    FlowVerdicts flows = FlowVerdicts.ofSize(n);
    Arrays.setAll(flows.scores(), k -> k % P + random.nextGaussian());
    Arrays.setAll(flows.measures(), k -> -Math.log(random.nextDouble()));
    Arrays.setAll(flows.strata(), k -> random.nextInt(FlowStratum.COUNT));
    for (VerdictName name : VerdictName.values()) {
      Arrays.setAll(flows.by(name).distances(), k -> -Math.log(random.nextDouble()));
    }
    return flows;
  }

  private static int[] positions(int n, int first) {
    return IntStream.range(0, n).filter(k -> k % 2 == first).toArray();
  }

  /** A model whose reference is of the flows at even positions. */
  private static JanusModel model(FlowVerdicts validation) {
    FlowVerdicts even = validation.select(positions(validation.flows(), 0));
    ModelConfig config = new ModelConfig(64, 16, 1, 2, AttentionMask.CAUSAL);
    JanusModel untrained = JanusModel.untrained(config, 10);
    FusedFit fit =
        new FusedFit(
            new PlaceDistances(
                Collections.nCopies(PlaceDistances.PLACES, WhitenedDistance.euclidean(16))),
            MahalanobisOas.euclidean(20, 10),
            MahalanobisOas.euclidean(P, 10),
            Standardization.none(P));
    return new JanusModel(
        config,
        untrained.weights(),
        untrained.normalization(),
        untrained.scoring(),
        FusedVerdict.calibrated(
            fit,
            new BenignReference(even.scores(), even.measures(), even.strata()),
            validation.measures()),
        untrained.oas10(),
        untrained.hidden(),
        untrained.provenance());
  }

  private static double[] column(FlowVerdicts flows, String name) {
    double[] column = new double[flows.flows()];
    if (name.equals("hidden")) {
      return flows.hidden().distances().clone();
    }
    int score = ScoreName.labels().indexOf(name);
    int measure = FusedMeasure.labels().indexOf(name);
    Arrays.setAll(
        column,
        f -> score >= 0 ? flows.scores()[f * P + score] : flows.measures()[f * M + measure]);
    return column;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aFusionAddsOrTakesTheLargestOfTheSurprisesOverEvenFlows(long seed) {
    Random random = new Random(seed);
    FlowVerdicts validation = flows(random, 101 + random.nextInt(100));
    JanusModel model = model(validation);
    FlowVerdicts asked = flows(random, 40);
    FlowVerdicts even = validation.select(positions(validation.flows(), 0));
    FlowVerdicts odd = validation.select(positions(validation.flows(), 1));
    List<String> names = List.of("hidden", "features", "terminal_norm", "disc_nll_ch4");
    List<double[]> nats = new ArrayList<>();
    for (String name : names) {
      Surprise surprise = Surprise.of(column(even, name));
      nats.add(Arrays.stream(column(asked, name)).map(surprise::nats).toArray());
    }
    for (ChosenVerdict.Rule rule : ChosenVerdict.Rule.values()) {
      ChosenVerdict chosen =
          ChosenVerdict.named(rule.label() + "(" + String.join(", ", names) + ")");
      FittedVerdict fitted = FittedVerdict.of(chosen, model, validation);
      Verdicts judged = fitted.judge(asked);
      for (int f = 0; f < 40; f++) {
        int row = f;
        double expected =
            rule == ChosenVerdict.Rule.MAX
                ? nats.stream().mapToDouble(n -> n[row]).max().orElseThrow()
                : nats.stream().mapToDouble(n -> n[row]).sum();
        assertThat(judged.distances()[f]).isCloseTo(expected, within(1e-12));
        double[] calibrating = fitted.distances(odd);
        long asHigh = Arrays.stream(calibrating).filter(d -> d >= judged.distances()[row]).count();
        assertThat(judged.pValues()[f])
            .isCloseTo((1.0 + asHigh) / (calibrating.length + 1), within(1e-12));
      }
    }
  }

  @Test
  void flowsAtOddPositionsFitNothing() {
    Random random = new Random(4);
    FlowVerdicts validation = flows(random, 120);
    JanusModel model = model(validation);
    FlowVerdicts other = flows(random, 120);
    for (int f = 0; f < 120; f += 2) {
      validation.select(new int[] {f}).copyTo(other, f);
    }
    FlowVerdicts asked = flows(random, 30);
    for (VerdictMember member : VerdictMember.all()) {
      List<ChosenVerdict> both = new ArrayList<>(List.of(new ChosenVerdict.Single(member)));
      if (!(member instanceof VerdictMember.Hidden)) {
        both.add(
            new ChosenVerdict.Fusion(
                ChosenVerdict.Rule.FISHER, List.of(member, new VerdictMember.Hidden())));
      }
      for (ChosenVerdict chosen : both) {
        FittedVerdict fitted = FittedVerdict.of(chosen, model, validation);
        FittedVerdict again = FittedVerdict.of(chosen, model, other);
        assertThat(again.distances(asked)).as(chosen.label()).isEqualTo(fitted.distances(asked));
        assertThat(again.calibration()).as(chosen.label()).isNotEqualTo(fitted.calibration());
      }
    }
  }

  @Test
  void withoutValidationFlowsEachHalfOfTheReferenceIsMeasuredByTheFitOfTheOther() {
    Random random = new Random(5);
    FlowVerdicts validation = flows(random, 202);
    JanusModel model = model(validation);
    BenignReference reference = model.fused().reference();
    FittedVerdict fitted = FittedVerdict.ofReference(ChosenVerdict.named("one_sided"), model);
    double[] expected = new double[101];
    FlowVerdicts even = validation.select(positions(202, 0));
    for (int half = 0; half < 2; half++) {
      FlowVerdicts others = even.select(positions(101, 1 - half));
      Aggregator.Fitted ofOthers =
          Aggregator.ONE_SIDED.fit(
              others.scores(), others.strata(), ComputedScores.of(model.config()));
      for (int row : positions(101, half)) {
        expected[row] = ofOthers.of(reference.scores(), row * P, reference.strata()[row]);
      }
    }
    assertThat(fitted.calibration()).isEqualTo(Calibration.of(expected));
    FlowVerdicts asked = flows(random, 20);
    assertThat(fitted.distances(asked))
        .isEqualTo(
            FittedVerdict.of(ChosenVerdict.named("one_sided"), model, validation).distances(asked));
  }

  @Test
  void aModelFileAloneCannotWeighHiddenStates() {
    JanusModel model = model(flows(new Random(6), 50));
    ChosenVerdict chosen = ChosenVerdict.named("max(hidden,l2pos4)");
    assertThatThrownBy(() -> FittedVerdict.ofReference(chosen, model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("max(l2pos4,hidden)");
    JanusModel tiny = model(flows(new Random(6), 6));
    assertThatThrownBy(() -> FittedVerdict.ofReference(ChosenVerdict.named("l2pos4"), tiny))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("at least 4 reference flows");
  }

  @Test
  void storedVerdictsAreThoseOfTheModelFile() {
    FlowVerdicts validation = flows(new Random(7), 50);
    JanusModel model = model(validation);
    for (VerdictName name : VerdictName.values()) {
      FittedVerdict fitted = FittedVerdict.of(new ChosenVerdict.Stored(name), model, validation);
      assertThat(fitted.calibration()).isSameAs(model.calibration(name));
      assertThat(fitted.distances(validation)).isEqualTo(validation.by(name).distances());
    }
  }

  @Test
  void everyNameIsReadBack() {
    for (VerdictName name : VerdictName.values()) {
      assertThat(ChosenVerdict.named(name.label())).isEqualTo(new ChosenVerdict.Stored(name));
    }
    assertThat(ChosenVerdict.named("OAS10")).isEqualTo(new ChosenVerdict.Stored(VerdictName.D2));
    for (Aggregator aggregator : Aggregator.values()) {
      assertThat(ChosenVerdict.named(aggregator.label()).label()).isEqualTo(aggregator.label());
    }
    List<VerdictMember> all = new ArrayList<>(VerdictMember.all());
    Random random = new Random(8);
    for (int k = 0; k < 20; k++) {
      Collections.shuffle(all, random);
      ChosenVerdict fusion =
          new ChosenVerdict.Fusion(
              ChosenVerdict.Rule.FISHER, all.subList(0, 2 + random.nextInt(5)));
      assertThat(ChosenVerdict.named(fusion.label())).isEqualTo(fusion);
    }
    assertThat(ChosenVerdict.named("max(hidden, sum)"))
        .isEqualTo(ChosenVerdict.named("MAX(sum,hidden)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "d3",
        "max()",
        "max(hidden)",
        "max(hidden,hidden)",
        "min(sum,hidden)",
        "max(fused,hidden)",
        "max(sum,d2)",
        "max(sum,hidden",
        "max(max(sum,oas),hidden)"
      })
  void whatIsNoVerdictIsToldWithThoseThereAre(String name) {
    assertThatThrownBy(() -> ChosenVerdict.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .containsAnyOf("oas_strata", "at least two different names");
  }
}
