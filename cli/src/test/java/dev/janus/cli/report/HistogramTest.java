package dev.janus.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class HistogramTest {
  @Test
  void sharesOfEachKindAddUpToOne() {
    Histogram histogram =
        Histogram.of(
            new double[] {0, 1, 10, 100}, new double[] {5, Double.POSITIVE_INFINITY, 1e9}, 20);
    assertThat(Arrays.stream(histogram.benign()).sum()).isCloseTo(1, within(1e-12));
    assertThat(Arrays.stream(histogram.attack()).sum()).isCloseTo(1, within(1e-12));
    assertThat(histogram.high()).isCloseTo(9, within(1e-12));
    assertThat(histogram.attack()[19]).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void equalOrNoValuesStillMakeAPicture() {
    assertThat(HistogramSvg.draw(Histogram.of(new double[] {7, 7}, new double[0], 10)))
        .startsWith("<svg")
        .contains("class=\"benign\"")
        .doesNotContain("NaN");
    assertThat(Histogram.of(new double[0], new double[0], 10).peak()).isEqualTo(1);
  }
}
