package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.model.ModelException;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FusedVerdictTest {
  private static final int M = FusedMeasure.COUNT;

  private static FusedVerdict verdict(Random random, int n) {
    FusedFit fit =
        new FusedFit(
            new PlaceDistances(
                Collections.nCopies(PlaceDistances.PLACES, WhitenedDistance.euclidean(2))),
            MahalanobisOas.euclidean(20, n),
            MahalanobisOas.euclidean(ScoreName.COUNT, n),
            Standardization.none(ScoreName.COUNT));
    BenignReference reference =
        new BenignReference(new double[n * ScoreName.COUNT], measures(random, n), new int[n]);
    return FusedVerdict.calibrated(fit, reference, measures(random, n));
  }

  /** Benign measures of scales of their own. */
  private static double[] measures(Random random, int n) {
    double[] measures = new double[n * M];
    for (int k = 0; k < measures.length; k++) {
      measures[k] = Math.pow(10, k % M) * -Math.log(random.nextDouble());
    }
    return measures;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theDistanceIsTheLargestSurprise(long seed) {
    Random random = new Random(seed);
    FusedVerdict verdict = verdict(random, 200);
    double[] asked = measures(random, 50);
    int[] rows = new int[50];
    Verdicts judged = verdict.judge(asked, rows);
    for (int f = 0; f < 50; f++) {
      double largest = 0;
      for (FusedMeasure measure : FusedMeasure.values()) {
        largest = Math.max(largest, verdict.surprise(measure, asked[f * M + measure.ordinal()]));
      }
      assertThat(judged.distances()[f]).isEqualTo(largest);
      assertThat(judged.pValues()[f]).isEqualTo(verdict.calibration().pValue(largest));
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachMeasureAloneCanRaiseAnAlarm(FusedMeasure measure) {
    FusedVerdict verdict = verdict(new Random(4), 200);
    double[] asked = new double[M];
    asked[measure.ordinal()] = 1e3 * Math.pow(10, measure.ordinal());
    assertThat(verdict.judge(asked, new int[1]).pValues()[0]).isEqualTo(1.0 / 201);
    assertThat(verdict.judge(new double[M], new int[1]).pValues()[0]).isEqualTo(1);
  }

  @Test
  void falseAlarmsOnNewBenignFlowsAreAsPromised() {
    Random random = new Random(5);
    FusedVerdict verdict = verdict(random, 4000);
    int n = 20_000;
    double[] pValues = verdict.judge(measures(random, n), new int[n]).pValues();
    for (double alpha : new double[] {0.01, 0.1, 0.5}) {
      int alarms = 0;
      for (double p : pValues) {
        alarms += p <= alpha ? 1 : 0;
      }
      // both the calibration flows and the new ones are a sample: four deviations of either
      double spread = 4 * Math.sqrt(alpha * (1 - alpha) * (1.0 / 4000 + 1.0 / n));
      assertThat(alarms / (double) n).isBetween(alpha - spread, alpha + spread);
    }
  }

  @Test
  void aMeasureThatIsNoNumberIsNamedByItsRow() {
    double[] asked = new double[2 * M];
    asked[M + 3] = Double.NaN;
    FusedVerdict verdict = verdict(new Random(6), 10);
    assertThatThrownBy(() -> verdict.judge(asked, new int[] {70, 71}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("flow row 71");
  }
}
