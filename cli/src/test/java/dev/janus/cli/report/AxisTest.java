package dev.janus.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AxisTest {
  @Test
  void decadesAreMarkedInWordsThatFit() {
    assertThat(words(Axis.logarithmic(1e-4, 1), 5))
        .containsExactly("1e-4", "0.001", "0.01", "0.1", "1");
    assertThat(words(Axis.logarithmic(0.3, 5e6), 3).size()).isBetween(2, 4);
    assertThat(Axis.logarithmic(1e-4, 1).place(0.01)).isCloseTo(0.5, within(1e-12));
    assertThat(Axis.logarithmic(1e-4, 1).place(0)).isZero();
  }

  @Test
  void roundValuesAreMarkedOnALinearAxis() {
    assertThat(words(Axis.linear(0, 1), 5)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
    assertThat(words(Axis.linear(0, 600), 5)).containsExactly("0", "200", "400", "600");
    assertThat(words(Axis.linear(-1, 1), 3)).containsExactly("-1", "0", "1");
  }

  @Test
  void marksAreFewInOrderAndOnTheAxis() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 2000; i++) {
      double low = Math.pow(10, random.nextDouble(-6, 6));
      double high = low * Math.pow(10, random.nextDouble(0.01, 9));
      int most = random.nextInt(3, 8);
      for (Axis axis : List.of(Axis.linear(low, high), Axis.logarithmic(low, high))) {
        List<Axis.Mark> marks = axis.marks(most);
        assertThat(marks).as("%s", axis).hasSizeBetween(1, most + 2);
        for (Axis.Mark mark : marks) {
          assertThat(mark.value()).isBetween(low * (1 - 1e-6), high * (1 + 1e-6));
          assertThat(Double.parseDouble(mark.words()))
              .isCloseTo(mark.value(), within(mark.value() * 1e-9));
        }
        assertThat(marks).isSortedAccordingTo((a, b) -> Double.compare(a.value(), b.value()));
      }
    }
  }

  @Test
  void anAxisHoldsWhateverTheValuesAre() {
    assertThat(Axis.holding(new double[] {0, 5, 1e6}).scale()).isEqualTo(Axis.Scale.LOGARITHMIC);
    assertThat(Axis.holding(new double[] {-5, 1e6}).scale()).isEqualTo(Axis.Scale.LINEAR);
    assertThat(Axis.holding(new double[] {7, 7}, new double[0]).place(7)).isEqualTo(0.5);
    for (double alone : new double[] {1e16, -1e20, 1e300, Double.MAX_VALUE}) {
      Axis axis = Axis.holding(new double[] {alone, alone});
      assertThat(axis.place(alone)).isBetween(0.0, 1.0);
      assertThat(axis.marks(5)).isNotEmpty();
    }
    assertThat(Axis.holding(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE}).marks(5))
        .isNotEmpty();
    assertThat(Axis.holding(new double[0]).place(Double.NaN)).isZero();
    assertThat(
            Axis.holding(new double[] {Double.POSITIVE_INFINITY, 1, 2})
                .place(Double.POSITIVE_INFINITY))
        .isEqualTo(1);
    assertThatThrownBy(() -> Axis.logarithmic(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sharesOfAHistogramAddUpToOne() {
    double[] values = {0, 1, 10, 100, Double.POSITIVE_INFINITY};
    double[] shares = RunFigures.shares(Axis.holding(values), values, 20);
    assertThat(java.util.Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
    assertThat(shares[0]).isCloseTo(0.4, within(1e-12));
    assertThat(shares[19]).isCloseTo(0.4, within(1e-12));
  }

  private static List<String> words(Axis axis, int most) {
    return axis.marks(most).stream().map(Axis.Mark::words).toList();
  }
}
