package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeldOutDistancesTest {
  private static final int COLUMNS = 10;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void calibratingOnThemKeepsThePromisedRateOfFalseAlarms(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double heldOut = 0;
    double inSample = 0;
    int rounds = 40;
    for (int round = 0; round < rounds; round++) {
      double[] validation = normals(random, 60);
      double[] fresh = normals(random, 400);
      MahalanobisOas fit = MahalanobisOas.fit(validation, 60, COLUMNS);
      double[] own = new double[60];
      for (int f = 0; f < 60; f++) {
        own[f] = fit.distance(validation, f * COLUMNS);
      }
      double[] unseen = HeldOutDistances.of(validation, 60, COLUMNS);
      heldOut += alarmRate(Calibration.of(unseen), fit, fresh) / rounds;
      inSample += alarmRate(Calibration.of(own), fit, fresh) / rounds;
    }
    assertThat(heldOut).as("alarms at p <= 0.05, seed %d", seed).isLessThanOrEqualTo(0.055);
    assertThat(inSample).as("the flaw this mends, seed %d", seed).isGreaterThan(0.06);
  }

  @Test
  void eachHalfIsMeasuredWithTheFitOfTheOther() {
    double[] scores = normals(new SplittableRandom(5), 7);
    double[] odd = new double[3 * COLUMNS];
    for (int k = 0; k < 3; k++) {
      System.arraycopy(scores, (2 * k + 1) * COLUMNS, odd, k * COLUMNS, COLUMNS);
    }
    double[] distances = HeldOutDistances.of(scores, 7, COLUMNS);
    MahalanobisOas fitOfOdd = MahalanobisOas.fit(odd, 3, COLUMNS);
    for (int f = 0; f < 7; f += 2) {
      assertThat(distances[f]).isCloseTo(fitOfOdd.distance(scores, f * COLUMNS), within(0.0));
    }
  }

  @Test
  void twoFlowsStillGiveDistances() {
    assertThat(HeldOutDistances.of(normals(new SplittableRandom(6), 2), 2, COLUMNS)).hasSize(2);
  }

  private static double alarmRate(Calibration calibration, MahalanobisOas fit, double[] flows) {
    int alarms = 0;
    int count = flows.length / COLUMNS;
    for (int f = 0; f < count; f++) {
      alarms += calibration.pValue(fit.distance(flows, f * COLUMNS)) <= 0.05 ? 1 : 0;
    }
    return (double) alarms / count;
  }

  private static double[] normals(SplittableRandom random, int flows) {
    double[] values = new double[flows * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }
}
