package dev.janus.cli.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.score.Calibration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalibrationCurveTest {
  /** With a = b = 1 every number from 0 to m is equally likely. */
  @Test
  void theFlatDistributionHasTheQuantilesOfItsShares() {
    assertThat(CalibrationCurve.quantile(99, 1, 1, 0.025)).isEqualTo(2);
    assertThat(CalibrationCurve.quantile(99, 1, 1, 0.5)).isEqualTo(49);
    assertThat(CalibrationCurve.quantile(99, 1, 1, 0.975)).isEqualTo(97);
  }

  @ParameterizedTest
  @CsvSource({"1, 1000, 5000", "11, 1000, 5000", "500, 600, 300", "3, 40, 100000"})
  void theQuantilesAreThoseOfSimulatedDraws(long k, int calibrating, int later) {
    SplittableRandom random = new SplittableRandom(7);
    int draws = 4000;
    int[] counts = new int[draws];
    for (int i = 0; i < draws; i++) {
      double[] benign = random.doubles(calibrating).toArray();
      Arrays.sort(benign);
      double rate = benign[(int) k - 1];
      double deviation = Math.sqrt(later * rate * (1 - rate));
      counts[i] =
          later > 1000 && later * rate > 200
              ? (int) Math.round(later * rate + deviation * random.nextGaussian())
              : (int) random.doubles(later).filter(value -> value < rate).count();
    }
    Arrays.sort(counts);
    for (double q : new double[] {0.025, 0.5, 0.975}) {
      int exact = CalibrationCurve.quantile(later, k, calibrating + 1.0 - k, q);
      double below = Arrays.stream(counts).filter(count -> count <= exact).count();
      double less = Arrays.stream(counts).filter(count -> count < exact).count();
      assertThat(below / draws).as("at most, q %s", q).isGreaterThan(q - 0.025);
      assertThat(less / draws).as("less, q %s", q).isLessThan(q + 0.025);
    }
  }

  @Test
  void flowsLikeTheCalibrationFlowsStayInTheBandAndOthersLeaveIt() {
    SplittableRandom random = new SplittableRandom(11);
    Calibration calibration = Calibration.of(random.doubles(1000).toArray());
    CalibrationCurve alike = curve(calibration, random.doubles(5000).toArray());
    long inside =
        alike.points().stream()
            .filter(p -> p.lower() <= p.measured() && p.measured() <= p.upper())
            .count();
    assertThat(inside / (double) alike.points().size()).isGreaterThan(0.8);
    CalibrationCurve worse =
        curve(calibration, random.doubles(5000).map(value -> Math.sqrt(value)).toArray());
    assertThat(worse.points().stream().filter(p -> p.measured() > p.upper()).count())
        .isGreaterThan(alike.points().size() / 2);
  }

  private static CalibrationCurve curve(Calibration calibration, double[] distances) {
    double[] pValues = Arrays.stream(distances).map(calibration::pValue).toArray();
    CalibrationCurve curve = CalibrationCurve.of(pValues, calibration.count());
    CalibrationCurve.Point first = curve.points().getFirst();
    CalibrationCurve.Point last = curve.points().getLast();
    assertThat(first.promised()).isCloseTo(1.0 / (calibration.count() + 1), within(1e-12));
    assertThat(last.promised()).isLessThan(1);
    for (int i = 1; i < curve.points().size(); i++) {
      CalibrationCurve.Point before = curve.points().get(i - 1);
      CalibrationCurve.Point point = curve.points().get(i);
      assertThat(point.promised()).isGreaterThan(before.promised());
      assertThat(point.measured()).isGreaterThanOrEqualTo(before.measured());
      assertThat(point.lower()).isBetween(before.lower(), point.upper());
      double direct =
          Arrays.stream(pValues).filter(p -> p <= point.promised() * (1 + 1e-12)).count()
              / (double) pValues.length;
      assertThat(point.measured()).isEqualTo(direct);
    }
    return curve;
  }
}
