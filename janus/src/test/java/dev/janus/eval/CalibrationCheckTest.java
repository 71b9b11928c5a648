package dev.janus.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.score.Calibration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationCheckTest {
  private static final int CALIBRATED = 10_000;

  private static double[] squares(Random random, int count, double factor) {
    return random.doubles(count).map(x -> factor * -Math.log(x)).toArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void flowsLikeTheCalibrationOnesPass(long seed) {
    Random random = new Random(seed);
    Calibration calibration = Calibration.of(squares(random, CALIBRATED, 1));
    CalibrationCheck check = CalibrationCheck.of(calibration, squares(random, 30_000, 1));
    assertThat(check.uniform()).as("p %s", check.uniformPValue()).isTrue();
    assertThat(check.expiredAfter()).isEmpty();
    assertThat(check.levels()).allMatch(CalibrationCheck.Level::holds);
    assertThat(check.levels().get(0).alarms()).isBetween(150, 350);
    assertThat(check.levels().get(2).threshold()).as("10,000 flows certify no 1e-4").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void flowsFartherAwayAreNoticed(long seed) {
    Random random = new Random(seed);
    Calibration calibration = Calibration.of(squares(random, CALIBRATED, 1));
    double[] later = squares(random, 30_000, 1);
    double[] farther = squares(random, 15_000, 1.5);
    System.arraycopy(farther, 0, later, 15_000, farther.length);
    CalibrationCheck check = CalibrationCheck.of(calibration, later);
    assertThat(check.uniform()).isFalse();
    assertThat(check.levels().get(0).holds()).isFalse();
    assertThat(check.expiredAfter()).isPresent();
    assertThat(check.expiredAfter().getAsInt()).isBetween(15_001, 16_500);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void theDistanceIsThatOfTwoSamples(long seed) {
    Random random = new Random(seed);
    double[] fitted = squares(random, 700, 1);
    double[] later = squares(random, 900, 1.3);
    CalibrationCheck check = CalibrationCheck.of(Calibration.of(fitted), later);
    assertThat(check.uniformDistance())
        .isCloseTo(
            new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(fitted, later),
            within(2.0 / 700));
  }

  @Test
  void flowsNearerThanAllCalibrationFlowsAreNotLikeThem() {
    Random random = new Random(31);
    Calibration calibration = Calibration.of(squares(random, CALIBRATED, 1));
    CalibrationCheck check = CalibrationCheck.of(calibration, new double[2000]);
    assertThat(check.uniformDistance()).isGreaterThan(0.999);
    assertThat(check.uniform()).isFalse();
    double[] halfOfThem = squares(random, 2000, 1);
    Arrays.fill(halfOfThem, 0, 1000, 0);
    check = CalibrationCheck.of(calibration, halfOfThem);
    assertThat(check.uniformDistance()).isCloseTo(0.5, within(0.05));
    assertThat(check.uniform()).isFalse();
  }

  @Test
  void oneFlowAmongManyCalibrationFlowsIsNoDifference() {
    double[] distances = IntStream.range(0, 50_000).asDoubleStream().toArray();
    CalibrationCheck check = CalibrationCheck.of(Calibration.of(distances), new double[] {25_000});
    assertThat(check.uniformPValue()).isBetween(0.9, 1.0);
    double[] same = new double[50_000];
    check = CalibrationCheck.of(Calibration.of(same), new double[] {0, 0, 0});
    assertThat(check.uniformPValue()).isEqualTo(1);
  }

  /** A calibration of few flows is off by chance; that is no drift. */
  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44, 45})
  void fewCalibrationFlowsAreNoDrift(long seed) {
    Random random = new Random(seed);
    Calibration calibration = Calibration.of(squares(random, 200, 1));
    assertThat(CalibrationCheck.of(calibration, squares(random, 20_000, 1)).expiredAfter())
        .isEmpty();
  }

  @Test
  void alarmsAreCountedAboveTheThreshold() {
    Calibration calibration =
        Calibration.of(IntStream.rangeClosed(1, 1000).asDoubleStream().toArray());
    // k = 5 of 1000: the threshold is 996.
    CalibrationCheck check =
        CalibrationCheck.of(calibration, new double[] {996, 996.5, 3, 2000, 5, 8, 9, 1, 7, 4});
    CalibrationCheck.Level level = check.levels().get(0);
    assertThat(level.alarms()).isEqualTo(2);
    assertThat(level.interval()).isEqualTo(BinomialInterval.of(2, 10));
    assertThat(level.holds()).as("at least 2.5 % of flows are alarms").isFalse();
    assertThat(check.flows()).isEqualTo(10);
  }
}
