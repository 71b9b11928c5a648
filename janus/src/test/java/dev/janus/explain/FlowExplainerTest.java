package dev.janus.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import dev.janus.model.RandomFlows;
import dev.janus.model.RawFlows;
import dev.janus.score.FlowScorer;
import dev.janus.score.FlowVerdicts;
import dev.janus.score.FusedMeasure;
import dev.janus.score.JanusModel;
import dev.janus.score.ModelFitting;
import dev.janus.score.ScoreName;
import dev.janus.score.ScoringConfig;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of the explanation of any flow by any model. */
class FlowExplainerTest {
  private static final ModelConfig CONFIG = new ModelConfig(16, 32, 2, 2, AttentionMask.CAUSAL);
  private static final int FLOWS = 120;

  private final Kernels kernels = KernelSelection.best();

  /**
   * Parts are float64 made of the very float32 numbers that the scorer adds up, so that nothing but
   * the rounding of a float64 sum is between them: in proportion to its largest parts, which for a
   * distance have both signs.
   */
  private static Offset<Double> rounding(double sumOfSizes) {
    return within(1e-12 * Math.max(1, sumOfSizes));
  }

  private static <T> void addsUp(
      List<T> parts, ToDoubleFunction<T> part, double whole, String what) {
    double sum = parts.stream().mapToDouble(part).sum();
    double sizes = parts.stream().mapToDouble(p -> Math.abs(part.applyAsDouble(p))).sum();
    assertThat(sum).as(what).isCloseTo(whole, rounding(sizes));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void partsAddUpToTheScoresOfTheScorer(long seed) {
    FlowBatch flows = RawFlows.of(seed, FLOWS);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      JanusModel model = model(seed, flows, team);
      FlowVerdicts verdicts = new FlowScorer(model, kernels, team).score(flows);
      FlowExplainer explainer = new FlowExplainer(model, kernels, team);
      for (int f = 0; f < FLOWS; f++) {
        FlowExplanation explanation = explainer.explain(flows, f);
        double[] scores = verdicts.scores();
        for (ScoreName name : ScoreName.values()) {
          double score = scores[f * ScoreName.COUNT + name.ordinal()];
          assertThat(explanation.scores().get(name.ordinal()).name()).isEqualTo(name);
          assertThat(explanation.scores().get(name.ordinal()).value()).isEqualTo(score);
          checkScore(explanation, name, score);
        }
        assertThat(explanation.d2()).isEqualTo(verdicts.oas10().distances()[f]);
        assertThat(explanation.pValue()).isEqualTo(verdicts.oas10().pValues()[f]);
        assertThat(explanation.hidden()).isEqualTo(verdicts.hidden().distances()[f]);
        assertThat(explanation.hiddenPValue()).isEqualTo(verdicts.hidden().pValues()[f]);
        assertThat(explanation.fused()).isEqualTo(verdicts.fused().distances()[f]);
        assertThat(explanation.fusedPValue()).isEqualTo(verdicts.fused().pValues()[f]);
        checkMeasures(explanation, verdicts, f);
        addsUp(explanation.scores(), ScorePart::d2, explanation.d2(), "d2 over scores");
        addsUp(explanation.evidence(), Evidence::part, explanation.d2(), "d2 over evidence");
        addsUp(explanation.packets(), PacketPart::hidden, explanation.hidden(), "hidden");
        addsUp(explanation.hiddenEvidence(), Evidence::part, explanation.hidden(), "hidden");
      }
    }
  }

  /** Of two flows' values and deviations the mean follows that these are counted from. */
  @Test
  void theMeanThatIsToldIsTheOneThatDeviationsAreCountedFrom() {
    FlowBatch flows = RawFlows.of(4, FLOWS);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      FlowExplainer explainer = new FlowExplainer(model(4, flows, team), kernels, team);
      List<FlowExplanation> all =
          IntStream.range(0, FLOWS).mapToObj(f -> explainer.explain(flows, f)).toList();
      for (ScoreName name : ScoreName.values()) {
        List<ScorePart> parts =
            all.stream()
                .map(explanation -> explanation.scores().get(name.ordinal()))
                .sorted(Comparator.comparingDouble(ScorePart::value))
                .toList();
        ScorePart low = parts.getFirst();
        ScorePart high = parts.getLast();
        double mean = (high.z() * low.value() - low.z() * high.value()) / (high.z() - low.z());
        assertThat(low.referenceMean()).isCloseTo(mean, rounding(1e3 * high.value()));
      }
      for (FlowExplanation explanation : all) {
        if (explanation.leading().measure() == FusedMeasure.SUM) {
          assertThat(explanation.fusedEvidence())
              .allMatch(line -> line.text().endsWith(line.part() < 0 ? "below it" : "above it"));
        }
      }
    }
  }

  private static void checkMeasures(FlowExplanation explanation, FlowVerdicts verdicts, int f) {
    for (FusedMeasure measure : FusedMeasure.values()) {
      double value = verdicts.measures()[f * FusedMeasure.COUNT + measure.ordinal()];
      MeasurePart part = explanation.measures().get(measure.ordinal());
      assertThat(part.measure()).isEqualTo(measure);
      assertThat(part.value()).isEqualTo(value);
      assertThat(part.surprise()).isLessThanOrEqualTo(explanation.fused());
      switch (measure) {
        case OAS -> addsUp(explanation.scores(), ScorePart::oas, value, measure.label());
        case SUM -> addsUp(explanation.scores(), ScorePart::z, value, measure.label());
        case PACKETS -> {
          int n = explanation.packets().size();
          addsUp(explanation.packets(), p -> p.atPlace() / n, value, measure.label());
        }
        case OPENING ->
            assertThat(
                    explanation.packets().stream().limit(3).mapToDouble(PacketPart::atPlace).max())
                .hasValue(value);
        case FEATURES ->
            addsUp(explanation.features(), FeaturePart::distance, value, measure.label());
      }
    }
    assertThat(explanation.leading().surprise()).isEqualTo(explanation.fused());
    addsUp(
        explanation.fusedEvidence(),
        Evidence::part,
        explanation.leading().value(),
        "evidence for the verdict");
  }

  private static void checkScore(FlowExplanation explanation, ScoreName name, double score) {
    List<ChannelPart> channels =
        explanation.packets().stream().flatMap(p -> p.channels().stream()).toList();
    List<BitPart> bits = explanation.packets().stream().flatMap(p -> p.bits().stream()).toList();
    switch (name) {
      case TERMINAL_PACKET ->
          addsUp(channels, ChannelPart::terminalPacket, score * score, name.label());
      case TERMINAL_FLOW ->
          addsUp(explanation.features(), FeaturePart::terminalFlow, score * score, name.label());
      case TERMINAL_NORM -> {
        double features =
            explanation.features().stream().mapToDouble(FeaturePart::terminalNorm).sum();
        addsUp(channels, ChannelPart::terminalNorm, score * score - features, name.label());
      }
      case DISC_NLL_TOTAL -> addsUp(bits, BitPart::discNll, score, name.label());
      default -> {
        int channel = name.ordinal() - ScoreName.DISC_NLL_CH2.ordinal() + 2;
        addsUp(
            bits.stream().filter(bit -> bit.channel().index() == channel).toList(),
            BitPart::discNll,
            score,
            name.label());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void theOtherFlowsOfABatchDoNotMatter(long seed) {
    FlowBatch flows = RawFlows.of(seed, FLOWS);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      FlowExplainer explainer = new FlowExplainer(model(seed, flows, team), kernels, team);
      for (int f = 0; f < FLOWS; f += 7) {
        FlowBatch alone = new FlowBatch();
        RawFlows.add(alone, RawFlows.tokens(flows, f, flows.length(f)));
        assertThat(explainer.explain(alone, 0)).isEqualTo(explainer.explain(flows, f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void whatAPacketIsGivenNeverChangesWhenTheFlowGrows(long seed) {
    FlowBatch flows = RawFlows.of(seed, FLOWS);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      FlowExplainer explainer = new FlowExplainer(model(seed, flows, team), kernels, team);
      for (int f = 0; f < FLOWS; f += 5) {
        FlowExplanation whole = explainer.explain(flows, f);
        FlowBatch cut = new FlowBatch();
        RawFlows.add(cut, RawFlows.tokens(flows, f, 1 + flows.length(f) / 2));
        FlowExplanation part = explainer.explain(cut, 0);
        for (PacketPart packet : part.packets()) {
          PacketPart same = whole.packets().get(packet.number() - 1);
          assertThat(packet.packet()).isEqualTo(same.packet());
          assertThat(packet.channels().stream().map(ChannelPart::latent))
              .isEqualTo(same.channels().stream().map(ChannelPart::latent).toList());
          assertThat(packet.bits().stream().map(BitPart::nll))
              .isEqualTo(same.bits().stream().map(BitPart::nll).toList());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void thePacketThatStandsOutComesFirst(long seed) {
    FlowBatch flows = RawFlows.of(seed, FLOWS);
    // Before training a network leaves latents as they are: what is far from the mean stays so.
    Normalization normalization = normalization(flows);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      float[] weights = new JanusNetwork(CONFIG).initialWeights(seed);
      FlowExplainer explainer =
          new FlowExplainer(model(weights, normalization, flows, team), kernels, team);
      int flow = IntStream.range(0, FLOWS).filter(f -> flows.length(f) >= 8).findFirst().orElse(0);
      float[] tokens = RawFlows.tokens(flows, flow, 8);
      int at = 4 * PacketChannel.values().length;
      Arrays.fill(tokens, at, at + 9, 0);
      tokens[at + PacketChannel.SIZE.index()] = 1460;
      tokens[at + PacketChannel.IAT.index()] = 1000;
      tokens[at + PacketChannel.ACK.index()] = 1;
      int before = at - 9;
      Arrays.fill(tokens, before, before + 9, 0);
      tokens[before] = 52;
      tokens[before + PacketChannel.IAT.index()] = 100_000;
      tokens[before + PacketChannel.DIRECTION.index()] = 1;
      tokens[before + PacketChannel.ACK.index()] = 1;
      tokens[before + PacketChannel.WINDOW.index()] = 20_000;
      FlowBatch planted = new FlowBatch();
      RawFlows.add(planted, tokens);
      FlowExplanation explanation = explainer.explain(planted, 0);
      ChannelPart window = explanation.packets().get(4).channels().get(2);
      assertThat(window.channel()).isEqualTo(PacketChannel.WINDOW);
      assertThat(window.latent()).isEqualTo(-8);
      String place =
          "packet 5 (ACK from the initiator, after a bare ACK of 52 bytes from the responder)";
      assertThat(explanation.evidence().stream().map(Evidence::text))
          .anySatisfy(text ->
              assertThat(text)
                  .startsWith(place + ": window 0 bytes, latent -8.00, ")
                  .containsPattern(", [3-9]\\d\\.\\d % of terminal_(packet|norm)$"))
          .anySatisfy(text -> assertThat(text).startsWith(place + ": size 1,460 bytes, latent "))
          .anySatisfy(text ->
              assertThat(text).startsWith(place + ": SYN not set, given probability 0.500, "));
      assertThat(
              explanation.packets().stream()
                  .flatMap(p -> p.channels().stream())
                  .max(Comparator.comparingDouble(ChannelPart::terminalPacket)))
          .contains(window);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42})
  void evidenceIsThereForEveryTermAndTheLargestComesFirst(long seed) {
    FlowBatch flows = RawFlows.of(seed, FLOWS);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      FlowExplainer explainer = new FlowExplainer(model(seed, flows, team), kernels, team);
      for (int f = 0; f < FLOWS; f += 11) {
        FlowExplanation explanation = explainer.explain(flows, f);
        List<Evidence> evidence = explanation.evidence();
        int read = Math.min(flows.length(f), CONFIG.maxPackets());
        assertThat(explanation.packets()).hasSize(read);
        long low = explanation.scores().stream().filter(score -> !score.isRaised()).count();
        assertThat(evidence).hasSize((int) (9 * read + 20 + low));
        assertThat(evidence)
            .isSortedAccordingTo(Comparator.comparingDouble(Evidence::part).reversed());
        assertThat(explanation.hiddenEvidence())
            .hasSize(read)
            .isSortedAccordingTo(Comparator.comparingDouble(Evidence::part).reversed());
      }
    }
  }

  private JanusModel model(long seed, FlowBatch flows, ThreadTeam team) {
    float[] weights = RandomFlows.weights(seed, new JanusNetwork(CONFIG));
    return model(weights, normalization(flows), flows, team);
  }

  private static Normalization normalization(FlowBatch flows) {
    return Normalization.fit(flows, IntStream.range(0, flows.flows()).toArray(), 64);
  }

  private JanusModel model(
      float[] weights, Normalization normalization, FlowBatch flows, ThreadTeam team) {
    int[] rows = IntStream.range(0, flows.flows()).toArray();
    return ModelFitting.fit(
        CONFIG,
        weights,
        normalization,
        ScoringConfig.defaults(0.1),
        flows,
        rows,
        rows,
        Map.of("dataset", "made up"),
        kernels,
        team);
  }
}
