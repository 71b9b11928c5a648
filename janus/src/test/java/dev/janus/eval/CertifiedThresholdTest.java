package dev.janus.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.score.Calibration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertifiedThresholdTest {
  /** The table of the evaluation specification, section 7.3; 0 stands for none. */
  @ParameterizedTest
  @CsvSource({
    "1000, 0.01, 5", "1000, 0.001, 0", "1000, 0.0001, 0",
    "3000, 0.01, 21", "3000, 0.001, 1", "3000, 0.0001, 0",
    "10000, 0.01, 84", "10000, 0.001, 5", "10000, 0.0001, 0",
    "30000, 0.01, 272", "30000, 0.001, 21", "30000, 0.0001, 1",
    "100000, 0.01, 949", "100000, 0.001, 84", "100000, 0.0001, 5",
    "1000000, 0.001, 948", "1000000, 0.0001, 84",
  })
  void ranksAreThoseOfTheTable(int n, double alpha, int rank) {
    Calibration calibration = Calibration.of(IntStream.range(0, n).asDoubleStream().toArray());
    var threshold = CertifiedThreshold.of(calibration, alpha);
    assertThat(threshold.map(CertifiedThreshold::rank).orElse(0)).isEqualTo(rank);
    threshold.ifPresent(t -> assertThat(t.value()).isEqualTo(n - rank));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.001, 0.0001})
  void oneFlowLessThanNeededCertifiesNothing(double alpha) {
    int needed = CertifiedThreshold.flowsNeeded(alpha);
    assertThat(CertifiedThreshold.of(Calibration.of(new double[needed]), alpha)).isPresent();
    assertThat(CertifiedThreshold.of(Calibration.of(new double[needed - 1]), alpha)).isEmpty();
  }

  /** Of uniform distances the share above a threshold is known, so the promise can be counted. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theCertificateHoldsInNineteenOfTwentyCalibrations(long seed) {
    Random random = new Random(seed);
    int draws = 2000;
    int broken = 0;
    for (int i = 0; i < draws; i++) {
      Calibration calibration = Calibration.of(random.doubles(500).toArray());
      if (1 - CertifiedThreshold.of(calibration, 0.01).orElseThrow().value() > 0.01) {
        broken++;
      }
    }
    // P(rate above the second largest of 500 exceeds 1 %) = 0.0398: 80 +- 9 of 2000 expected.
    assertThat(broken).as("seed %d", seed).isBetween(45, 115);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, Double.NaN})
  void whatIsNoRateIsRefused(double alpha) {
    Calibration calibration = Calibration.of(new double[5]);
    assertThatThrownBy(() -> CertifiedThreshold.of(calibration, alpha))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void inAThinnedCalibrationTheThresholdIsNeverTooLow() {
    int n = 3 * Calibration.CAPACITY;
    Calibration thinned = Calibration.of(IntStream.range(0, n).asDoubleStream().toArray());
    for (int k = 1; k <= n; k += 997) {
      assertThat(thinned.largest(k)).isGreaterThanOrEqualTo(n - k);
      if (k <= Calibration.CAPACITY / 2) {
        assertThat(thinned.largest(k)).isEqualTo(n - k);
      }
    }
    assertThatThrownBy(() -> thinned.largest(n + 1)).hasMessageContaining("no 300001-th largest");
  }
}
