package dev.janus.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Controls of one line, against what one works out by hand. */
final class RuleControlsTest {
  @Test
  void theRangeRuleCountsFeaturesOutsideAndThenTheExcess() {
    double[] smallest = {0, -1, 5};
    double[] largest = {10, 1, 5};
    assertThat(RangeRule.score(new double[] {0, 1, 5}, smallest, largest)).isZero();
    assertThat(RangeRule.score(new double[] {15, 0, 5}, smallest, largest))
        .isEqualTo(1 + 0.5 / 1.5);
    assertThat(RangeRule.score(new double[] {15, -3, 5}, smallest, largest))
        .isEqualTo(2 + 1.5 / 2.5);
    assertThat(RangeRule.score(new double[] {0, 0, 5.001}, smallest, largest))
        .as("a constant feature is measured in units of 0.001")
        .isCloseTo(1.5, within(1e-9));
    assertThat(RangeRule.score(new double[] {1e12, 0, 5}, smallest, largest))
        .as("no excess outweighs a second feature")
        .isLessThan(2);
  }

  @Test
  void trainingFlowsLieInsideTheirRanges() {
    FlowBatch benign = TestFlows.benign(100, 5);
    FittedDetector fitted = new RangeRule().fit(benign, TestFlows.allRows(benign), 0);
    assertThat(fitted.score(benign)).containsOnly(0);
  }

  @Test
  void packetCountsAreScoredByTheirShare() {
    SplittableRandom random = new SplittableRandom(3);
    FlowBatch benign = new FlowBatch();
    for (int packets : new int[] {2, 2, 2, 7, 7, 64}) {
      TestFlows.add(benign, packets, 100, 100, random);
    }
    FlowBatch others = new FlowBatch();
    for (int packets : new int[] {2, 7, 64, 30}) {
      TestFlows.add(others, packets, 1000, 5000, random);
    }
    double[] scores =
        new PacketCountControl().fit(benign, TestFlows.allRows(benign), 0).score(others);
    double[] expected =
        IntStream.of(4, 3, 2, 1).mapToDouble(count -> -Math.log(count / 70.0)).toArray();
    assertThat(scores).containsExactly(expected, within(1e-12));
  }

  @Test
  void durationIsADistanceInDeviationsOnBothSides() {
    FlowBatch two = TestFlows.benign(4, 9);
    FlowBatch benign = TestFlows.with(two, 0, FlowFeature.LOG_DUR_US, 8);
    benign = TestFlows.with(benign, 1, FlowFeature.LOG_DUR_US, 12);
    benign = TestFlows.with(benign, 2, FlowFeature.LOG_DUR_US, 40);
    benign = TestFlows.with(benign, 3, FlowFeature.LOG_DUR_US, 7);
    double[] scores = new DurationControl().fit(benign, new int[] {0, 1}, 0).score(benign);
    assertThat(scores).containsExactly(new double[] {1, 1, 15, 1.5}, within(1e-9));
  }
}
