package dev.janus.cli.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.eval.Ranking;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RocCurveTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theCurveRisesFromNoAlarmToAllAndItsAreaIsTheRankings(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // Few different values make many ties, many make none.
    int values = random.nextInt(2, 2000);
    double[] benign = random.ints(random.nextInt(1, 400), 0, values).asDoubleStream().toArray();
    double[] attack =
        random
            .ints(random.nextInt(1, 400), values / 3, values + values / 3 + 1)
            .asDoubleStream()
            .toArray();
    RocCurve curve = RocCurve.of(benign, attack);
    int last = curve.points() - 1;
    assertThat(curve.fpr(0)).isZero();
    assertThat(curve.tpr(0)).isZero();
    assertThat(curve.fpr(last)).isEqualTo(1);
    assertThat(curve.tpr(last)).isEqualTo(1);
    for (int i = 1; i <= last; i++) {
      assertThat(curve.fpr(i)).isGreaterThanOrEqualTo(curve.fpr(i - 1));
      assertThat(curve.tpr(i)).isGreaterThanOrEqualTo(curve.tpr(i - 1));
      assertThat(curve.fpr(i) + curve.tpr(i)).isGreaterThan(curve.fpr(i - 1) + curve.tpr(i - 1));
    }
    Ranking ranking = Ranking.of(benign, attack);
    assertThat(curve.area()).isEqualTo(ranking.auroc());
    double averagePrecision = 0;
    for (int i = 1; i <= last; i++) {
      averagePrecision += (curve.tpr(i) - curve.tpr(i - 1)) * curve.precision(i, 0.01);
    }
    assertThat(averagePrecision).isCloseTo(ranking.averagePrecision(0.01), within(1e-12));
  }

  @Test
  void infiniteScoresAreTheHighest() {
    RocCurve curve =
        RocCurve.of(new double[] {0, 1}, new double[] {Double.POSITIVE_INFINITY, -1, 1});
    assertThat(curve.points()).isEqualTo(5);
    assertThat(curve.tpr(1)).isEqualTo(1 / 3.0);
    assertThat(curve.falseAlarms(1)).isZero();
  }

  @Test
  void noFlowsMakeNoCurve() {
    assertThatThrownBy(() -> RocCurve.of(new double[0], new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
