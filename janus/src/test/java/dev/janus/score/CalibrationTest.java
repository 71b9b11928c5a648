package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.model.ModelException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
  @Test
  void pValuesCountTiesAndBothOnes() {
    Calibration calibration = Calibration.of(new double[] {3, 1, 2, 2});
    assertThat(calibration.pValue(0)).isEqualTo(1);
    assertThat(calibration.pValue(2)).isEqualTo(4.0 / 5);
    assertThat(calibration.pValue(2.5)).isEqualTo(2.0 / 5);
    assertThat(calibration.pValue(3)).isEqualTo(2.0 / 5);
    assertThat(calibration.pValue(3.1)).isEqualTo(1.0 / 5);
    assertThat(calibration.pValue(Double.POSITIVE_INFINITY)).isEqualTo(1.0 / 5);
    assertThat(calibration.pValue(Double.NaN)).isNaN();
  }

  @Test
  void quantilesInterpolateLikeNumPy() {
    Calibration calibration = Calibration.of(new double[] {40, 10, 20, 30});
    assertThat(calibration.quantile(0)).isEqualTo(10);
    assertThat(calibration.quantile(0.5)).isEqualTo(25);
    assertThat(calibration.quantile(0.95)).isCloseTo(38.5, within(1e-12));
    assertThat(calibration.quantile(1)).isEqualTo(40);
    assertThat(Calibration.of(new double[] {7}).quantile(0.95)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void pValuesFollowTheDefinitionForAnySizeAndTies(long seed) {
    Random random = new Random(seed);
    double[] distances =
        random.doubles(1 + random.nextInt(500)).map(d -> Math.rint(d * 50)).toArray();
    Calibration calibration = Calibration.of(distances);
    for (double d2 = -0.5; d2 < 52; d2 += 0.25) {
      double at = d2;
      long atLeast = Arrays.stream(distances).filter(d -> d >= at).count();
      assertThat(calibration.pValue(d2)).isEqualTo((1.0 + atLeast) / (distances.length + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void thinningKeepsTheTailExactAndNeverMakesAPValueTooSmall(long seed) {
    Random random = new Random(seed);
    int n = 2 * Calibration.CAPACITY + 12_345 + random.nextInt(100_000);
    double[] sorted = random.doubles(n).map(d -> -Math.log(d)).sorted().toArray();
    Calibration calibration = Calibration.of(sorted);
    assertThat(calibration.count()).isEqualTo(n);
    assertThat(calibration.points()).hasSize(Calibration.CAPACITY);
    double step = (double) n / (Calibration.CAPACITY / 2);
    for (int draw = 0; draw < 20_000; draw++) {
      int k = random.nextInt(n);
      double exact = (1.0 + (n - k)) / (n + 1.0);
      double p = calibration.pValue(sorted[k]);
      if (k >= n - Calibration.CAPACITY / 2) {
        assertThat(p).isEqualTo(exact);
      } else {
        assertThat(p).isBetween(exact, exact + step / n);
      }
    }
    for (double q : new double[] {0.95, 0.99, 0.999, 1}) {
      double position = q * (n - 1);
      int k = (int) position;
      double next = k + 1 < n ? sorted[k + 1] : sorted[k];
      assertThat(calibration.quantile(q))
          .isCloseTo(sorted[k] + (position - k) * (next - sorted[k]), within(1e-12));
    }
    assertThat(calibration.quantile(0.5)).isBetween(sorted[n / 2 - 20], sorted[n / 2 + 20]);
  }

  @Test
  void distancesThatCannotCalibrateAreErrorsThatSayWhy() {
    assertThatThrownBy(() -> Calibration.of(new double[0]))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("there is no benign validation flow");
    assertThatThrownBy(() -> Calibration.of(new double[] {1, Double.NaN}))
        .isInstanceOf(ModelException.class)
        .hasMessage("calibration: benign validation flow 1 has distance NaN");
    assertThatThrownBy(() -> new Calibration(new double[] {2, 1}, 2))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not in order");
    assertThatThrownBy(() -> Calibration.of(new double[] {1}).quantile(95))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
