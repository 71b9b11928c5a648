package dev.janus.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BinomialIntervalTest {
  /** At its ends the interval leaves just 2.5 % to counts as far out as the one seen. */
  @ParameterizedTest
  @CsvSource({"1, 10", "5, 10", "9, 10", "1, 1000", "37, 1000", "5, 5000", "999, 1000"})
  void theBoundsLeaveTheirShareOutside(int successes, int trials) {
    BinomialInterval interval = BinomialInterval.of(successes, trials);
    double above =
        1
            - new BinomialDistribution(null, trials, interval.lower())
                .cumulativeProbability(successes - 1);
    double below =
        new BinomialDistribution(null, trials, interval.upper()).cumulativeProbability(successes);
    assertThat(above).isCloseTo(0.025, within(1e-6));
    assertThat(below).isCloseTo(0.025, within(1e-6));
    assertThat(interval.lower()).isLessThan(successes / (double) trials);
    assertThat(interval.upper()).isGreaterThan(successes / (double) trials);
  }

  /** From the evaluation rules: a rate of 1e-3 measured on 5,000 and on 100,000 flows. */
  @Test
  void knownIntervalsAreMet() {
    assertThat(BinomialInterval.of(5, 5_000).lower()).isCloseTo(3.2e-4, within(5e-6));
    assertThat(BinomialInterval.of(5, 5_000).upper()).isCloseTo(2.3e-3, within(5e-5));
    assertThat(BinomialInterval.of(100, 100_000).lower()).isCloseTo(8.1e-4, within(5e-6));
    assertThat(BinomialInterval.of(100, 100_000).upper()).isCloseTo(1.2e-3, within(2e-5));
  }

  @Test
  void noneAndAllHaveOneOpenEnd() {
    assertThat(BinomialInterval.of(0, 10).lower()).isZero();
    assertThat(BinomialInterval.of(0, 10).upper())
        .isCloseTo(1 - Math.pow(0.025, 0.1), within(1e-9));
    assertThat(BinomialInterval.of(10, 10).upper()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> BinomialInterval.of(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> BinomialInterval.of(3, 2));
  }
}
