package dev.janus.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CountHistogramTest {
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void everyNumberFallsIntoTheBinThatHoldsIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (CountHistogram histogram :
        new CountHistogram[] {CountHistogram.ofLengths(), CountHistogram.ofSizes()}) {
      long[] numbers = random.longs(2_000, 1, 1L << random.nextInt(2, 40)).toArray();
      for (long number : numbers) {
        histogram.add(number);
      }
      long sum = 0;
      for (CountHistogram.Bin bin : histogram.bins()) {
        long expected = 0;
        for (long number : numbers) {
          expected += bin.from() <= number && number <= bin.to() ? 1 : 0;
        }
        assertThat(bin.count()).as(bin.label()).isEqualTo(expected);
        sum += bin.count();
      }
      assertThat(sum).isEqualTo(numbers.length);
    }
  }

  @Test
  void emptyBinsAtTheEndsAreLeftOut() {
    CountHistogram histogram = CountHistogram.ofLengths();
    assertThat(histogram.bins()).isEmpty();
    histogram.add(2);
    histogram.add(20);
    assertThat(histogram.bins())
        .extracting(CountHistogram.Bin::label)
        .containsExactly("2", "3-4", "5-8", "9-16", "17-32");
    histogram.add(Long.MAX_VALUE);
    assertThat(histogram.bins().getLast().label()).isEqualTo("1048577+");
  }
}
