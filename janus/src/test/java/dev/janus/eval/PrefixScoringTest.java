package dev.janus.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.packet.PacketSchema;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelConfig;
import dev.janus.model.RawFlows;
import dev.janus.score.FlowScorer;
import dev.janus.score.JanusModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixScoringTest {
  private static final PrefixScoring.Listener SILENT = (label, packets, pending) -> {};

  /** A verdict that fires at the third packet, and one that fires on prefixes of 2 packets only. */
  @Test
  void theFirstPrefixThatFiresIsFound() {
    FlowBatch flows = flows(2, 3, 5, 64, 1);
    PrefixScoring.Distances length =
        batch -> IntStream.range(0, batch.flows()).mapToDouble(batch::length).toArray();
    double[] whole = {2, 3, 5, 64, 1};
    int[] rows = {0, 1, 2, 3, 4};
    DetectionDelay.ClassDelay third =
        new PrefixScoring(flows, length, 2.5, 200, SILENT).measure("x", rows, whole);
    assertThat(third)
        .isEqualTo(
            new DetectionDelay.ClassDelay(
                "x", 5, 3, 3, OptionalInt.of(3), OptionalInt.of(3), 2, 0));
    PrefixScoring.Distances two =
        batch ->
            IntStream.range(0, batch.flows())
                .mapToDouble(f -> batch.length(f) == 2 ? 1 : 0)
                .toArray();
    DetectionDelay.ClassDelay only =
        new PrefixScoring(flows, two, 0.5, 200, SILENT)
            .measure("x", rows, new double[] {1, 0, 0, 0, 0});
    assertThat(only)
        .isEqualTo(
            new DetectionDelay.ClassDelay(
                "x", 5, 1, 1, OptionalInt.of(2), OptionalInt.of(2), 4, 3));
    assertThat(only.shareFiredOnPrefixOnly()).isCloseTo(0.6, within(1e-15));
  }

  @Test
  void halfAndNineTenthsOfTheAlarmsHaveFiredByThen() {
    int[] lengths = IntStream.rangeClosed(1, 10).toArray();
    FlowBatch flows = flows(lengths);
    // No prefix fires, so that every alarm needs all its packets.
    DetectionDelay.ClassDelay delay =
        new PrefixScoring(flows, batch -> new double[batch.flows()], 0.5, 200, SILENT)
            .measure(
                "x",
                IntStream.range(0, 10).toArray(),
                DoubleStream.generate(() -> 1).limit(10).toArray());
    assertThat(delay.median()).hasValue(5);
    assertThat(delay.p90()).hasValue(9);
  }

  @Test
  void aClassWithoutAlarmsHasNoDelay() {
    DetectionDelay.ClassDelay delay =
        new PrefixScoring(flows(3, 4), batch -> new double[batch.flows()], 0.5, 200, SILENT)
            .measure("x", new int[] {0, 1}, new double[] {0, 0.5});
    assertThat(delay.alarms()).isZero();
    assertThat(delay.median()).isEmpty();
    assertThat(delay.p90()).isEmpty();
    assertThat(delay.shareFiredOnPrefixOnly()).isZero();
  }

  @Test
  void ofManyFlowsAnEvenSampleIsMeasured() {
    int[] lengths = IntStream.range(0, 90).map(i -> 2).toArray();
    Set<Float> seen = new TreeSet<>();
    FlowBatch flows = flows(lengths);
    PrefixScoring.Distances record =
        batch -> {
          for (int f = 0; f < batch.flows(); f++) {
            seen.add(batch.tokens()[batch.firstPacket(f) * PacketSchema.CHANNELS]);
          }
          return new double[batch.flows()];
        };
    double[] whole = new double[90];
    Arrays.fill(whole, 0, 60, 1);
    DetectionDelay.ClassDelay delay =
        new PrefixScoring(flows, record, 0.5, 20, SILENT)
            .measure("x", IntStream.range(0, 90).toArray(), whole);
    assertThat(delay.alarms()).isEqualTo(60);
    assertThat(delay.measuredAlarms()).isEqualTo(20);
    assertThat(delay.measuredSilent()).isEqualTo(20);
    assertThat(seen).hasSize(40);
    for (int f = 0; f < 60; f += 3) {
      assertThat(seen).contains(flows.tokens()[2 * f * PacketSchema.CHANNELS]);
    }
  }

  /** A prefix is scored like a flow that ended there: with a model, and to the bit. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void prefixesAreScoredAsFlowsOfTheirOwn(long seed) {
    FlowBatch flows = RawFlows.of(seed, 12);
    JanusModel model =
        JanusModel.untrained(new ModelConfig(64, 16, 1, 2, AttentionMask.CAUSAL), 100);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      FlowScorer scorer = new FlowScorer(model, team);
      PrefixScoring.Distances verdict = batch -> scorer.score(batch).oas10().distances();
      double[] whole = verdict.of(flows);
      double threshold = Arrays.stream(whole).sorted().skip(6).findFirst().orElseThrow();
      int[] rows = IntStream.range(0, flows.flows()).toArray();
      List<Integer> expected = new ArrayList<>();
      int onlyPrefix = 0;
      for (int row : rows) {
        int first = byHand(flows, row, verdict, threshold);
        if (whole[row] > threshold) {
          expected.add(first);
        } else if (first > 0) {
          onlyPrefix++;
        }
      }
      expected.sort(null);
      DetectionDelay.ClassDelay delay =
          new PrefixScoring(flows, verdict, threshold, 200, SILENT).measure("x", rows, whole);
      assertThat(delay.alarms()).isEqualTo(expected.size()).isEqualTo(5);
      assertThat(delay.median()).hasValue(expected.get(2));
      assertThat(delay.p90()).hasValue(expected.get(4));
      assertThat(delay.firedOnPrefixOnly()).isEqualTo(onlyPrefix);
    }
  }

  /** Each prefix a batch of its own; the whole flow last; 0 where none fires. */
  private static int byHand(
      FlowBatch flows, int row, PrefixScoring.Distances verdict, double threshold) {
    for (int packets = 1; packets <= flows.length(row); packets++) {
      int from = flows.firstPacket(row) * PacketSchema.CHANNELS;
      FlowBatch prefix = new FlowBatch();
      RawFlows.add(
          prefix, Arrays.copyOfRange(flows.tokens(), from, from + packets * PacketSchema.CHANNELS));
      if (verdict.of(prefix)[0] > threshold) {
        return packets;
      }
    }
    return 0;
  }

  @Test
  void theListenerHearsWhatIsPendingAndMayEndIt() {
    List<String> heard = new ArrayList<>();
    FlowBatch flows = flows(2, 4);
    PrefixScoring scoring =
        new PrefixScoring(
            flows,
            batch -> new double[batch.flows()],
            0.5,
            200,
            (label, packets, pending) -> {
              heard.add(label + " " + packets + " " + pending);
              if (packets == 3) {
                throw new IllegalStateException("stop");
              }
            });
    assertThatThrownBy(() -> scoring.measure("x", new int[] {0, 1}, new double[] {1, 1}))
        .hasMessage("stop");
    assertThat(heard).containsExactly("x 1 2", "x 2 1", "x 3 1");
  }

  /** The first packet of flow f has the size f + 1. */
  private static FlowBatch flows(int... lengths) {
    FlowBatch flows = new FlowBatch();
    for (int f = 0; f < lengths.length; f++) {
      float[] tokens = new float[lengths[f] * PacketSchema.CHANNELS];
      tokens[0] = f + 1;
      flows.add(tokens, lengths[f], new double[FlowFeature.COUNT]);
    }
    return flows;
  }
}
