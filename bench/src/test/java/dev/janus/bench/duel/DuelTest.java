package dev.janus.bench.duel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuelTest {
  @Test
  void theMedianIsTheMiddleOrTheMeanOfTheTwoMiddle() {
    assertThat(Statistics.median(List.of(5.0, 1.0, 9.0))).isEqualTo(5.0);
    assertThat(Statistics.median(List.of(5.0, 1.0, 9.0, 6.0))).isEqualTo(5.5);
    assertThatThrownBy(() -> Statistics.median(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theGeometricMeanOfARatioAndItsInverseIsOne() {
    assertThat(Statistics.geometricMean(List.of(4.0, 0.25))).isCloseTo(1, within(1e-12));
    assertThat(Statistics.geometricMean(List.of(2.0, 8.0))).isCloseTo(4, within(1e-12));
  }

  @Test
  void theRatioIsTakenRoundByRoundSoThatASlowRoundDoesNotCount() {
    // The machine was ten times slower in the last two rounds.
    DuelResult result =
        Statistics.duel(List.of(1.0, 1.0, 10.0, 10.0), List.of(2.0, 2.0, 20.0, 30.0));
    assertThat(result.ratio()).isEqualTo(2.0);
    assertThat(result.oursNanos()).isEqualTo(5.5);
    assertThat(result.peerNanos()).isEqualTo(11.0);
  }

  @Test
  void theSideThatBeginsChangesFromRoundToRound() {
    List<String> order = runs(new Plan(Clock.THREAD_CPU, 0, 1, 0, 0, 4, 4));
    List<String> rounds = order.subList(order.size() - 8, order.size());
    assertThat(rounds).containsExactly("a", "b", "b", "a", "a", "b", "b", "a");
  }

  @Test
  void aSampleIsAsManyRunsInARowAsThePlanAsksFor() {
    List<String> order = runs(new Plan(Clock.WALL, 0, 1, 0.5, 0, 1, 1));
    int lastOfA = order.lastIndexOf("a");
    int runsOfB = order.size() - 1 - lastOfA;
    int runsOfA = lastOfA - order.subList(0, lastOfA).lastIndexOf("b");
    assertThat(List.of(runsOfA, runsOfB)).allMatch(runs -> runs > 10);
  }

  /** Who ran, in order, in a duel of two that spin. */
  private static List<String> runs(Plan plan) {
    List<String> order = new ArrayList<>();
    Contender a = Contender.of("a", () -> spin(order, "a"));
    Contender b = Contender.of("b", () -> spin(order, "b"));
    Duel.between(a, b, plan);
    return order;
  }

  /** Long enough that one run is a sample. */
  private static void spin(List<String> order, String who) {
    order.add(who);
    long end = System.nanoTime() + 2_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aPeerThatComputesSomethingElseIsRefused() {
    float[] ours = {1, 2, 3};
    Agreement.require("same", ours, new float[] {1, 2, 3.0001f}, 1e-3);
    assertThatThrownBy(() -> Agreement.require("other", ours, new float[] {1, 2, 4}, 1e-3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other: number 2 is 3.0 in ours and 4.0 in the peer");
    assertThatThrownBy(() -> Agreement.require("nan", ours, new float[] {1, Float.NaN, 3}, 1e-3))
        .isInstanceOf(IllegalStateException.class);
  }
}
