package dev.janus.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BarChartTest {
  private static CountHistogram histogram(long... numbers) {
    CountHistogram histogram = CountHistogram.ofLengths();
    LongStream.of(numbers).forEach(histogram::add);
    return histogram;
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 133, 200})
  void theLongestBarFillsTheWidth(int columns) {
    assertThat(BarChart.lines(histogram(1, 1, 1, 2, 9), columns))
        .allMatch(line -> line.length() <= columns)
        .first()
        .matches(line -> line.length() >= columns - 8);
  }

  @Test
  void aNarrowTerminalStillGetsBars() {
    assertThat(BarChart.lines(histogram(1, 1, 3), 5))
        .first()
        .isEqualTo("    1 " + "\u2588".repeat(10) + " 2  66.7 %");
  }

  @Test
  void barsAreDrawnInEighthsAndWhatIsThereIsSeen() {
    long[] numbers = new long[1001];
    Arrays.fill(numbers, 1);
    numbers[1000] = 2;
    assertThat(BarChart.lines(histogram(numbers), 60).get(1)).contains("\u258f");
    assertThat(BarChart.lines(histogram(1, 1, 2), 30).get(1)).contains("\u2588 ");
  }

  @Test
  void nothingCountedIsNothingDrawn() {
    assertThat(BarChart.lines(histogram(), 80)).isEmpty();
  }
}
