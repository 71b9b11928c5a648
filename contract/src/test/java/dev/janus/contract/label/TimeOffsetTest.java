package dev.janus.contract.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOffsetTest {
  @ParameterizedTest
  @CsvSource({
    "+03:00,10800000000",
    "-03:00,-10800000000",
    "3:00,10800000000",
    "-00:00:02.5,-2500000",
    "00:00:00.000001,1",
    "-10800s,-10800000000",
    "3h,10800000000",
    "15m,900000000",
    "-250ms,-250000",
    "7US,7",
    "' +26:00 ',93600000000",
  })
  void readsClockTimesAndAmounts(String text, long micros) {
    assertThat(TimeOffset.parse(text).micros()).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "03:60", "3:0", "h", "+-3h", "1.5h", "00:00:00.0000001", "3 h"})
  void refusesAnythingElseWithExamples(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeOffset.parse(text))
        .withMessageContainingAll("\"" + text + "\"", "+03:00");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theTextFormIsReadBackEqual(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      long unit = new long[] {1, 1_000_000, 60_000_000, 900_000_000}[random.nextInt(4)];
      TimeOffset offset = new TimeOffset(random.nextLong(-100, 100) * unit);
      assertThat(TimeOffset.parse(offset.toString())).isEqualTo(offset);
    }
  }
}
