package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardizationTest {
  /** The mean of three times 0.1 is not 0.1, so that the deviation is not 0 either. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, -0.1, 1e-9, 7e12})
  void aConstantColumnIsLeftAsItIs(double value) {
    double[] rows = new double[3];
    Arrays.fill(rows, value);
    Standardization fitted = Standardization.fit(rows, 3, 1);
    assertThat(fitted.deviation()).containsExactly(1);
    assertThat(fitted.of(value + 2, 0)).isCloseTo(2, within(1e-2));
  }

  @Test
  void aNarrowColumnIsNotConstant() {
    Standardization fitted = Standardization.fit(new double[] {1, 5, 1 + 2e-9, 9}, 2, 2);
    assertThat(fitted.deviation()[0]).isCloseTo(1e-9, within(1e-12));
    assertThat(fitted.deviation()[1]).isEqualTo(2);
  }
}
