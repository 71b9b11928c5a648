package dev.janus.contract.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampReaderTest {
  private static final ZoneId HALIFAX = ZoneId.of("-03:00");

  @ParameterizedTest
  @CsvSource({
    "17/11/2026 12:54:04, 2026-11-17T15:54:04Z",
    "17/11/2026 01:10:00, 2026-11-17T16:10:00Z",
    "17/11/2026 07:59:59, 2026-11-17T22:59:59Z",
    "17/11/2026 08:00:00, 2026-11-17T11:00:00Z",
    "17/11/2026 11:59:59, 2026-11-17T14:59:59Z",
    "17/11/2026 15:00:00, 2026-11-17T18:00:00Z",
  })
  void hoursOfTheCicClockAreThoseOfAWorkingDay(String text, Instant expected) {
    assertThat(read("dd/MM/yyyy hh:mm:ss", HourClock.CIC12H, HALIFAX, text))
        .contains(new StampReader.Stamp(micros(expected), 1_000_000));
  }

  @ParameterizedTest
  @CsvSource({
    "d/M/yyyy H:mm[:ss],      5/7/2017 8:42,           2017-07-05T08:42:00Z,        60000000",
    "d/M/yyyy H:mm[:ss],      5/7/2017 8:42:07,        2017-07-05T08:42:07Z,        1000000",
    "yyyy-MM-dd HH:mm:ss.SSSSSS, 2018-12-01 10:51:39.813448, 2018-12-01T10:51:39.813448Z, 1",
    "MM/dd/yyyy hh:mm:ss a,   07/05/2017 02:30:00 PM,  2017-07-05T14:30:00Z,        1000000",
    "MM/dd/yyyy hh:mm:ss a,   07/05/2017 12:30:00 am,  2017-07-05T00:30:00Z,        1000000",
    "iso,                     2026-11-22T17:12:33.123456Z, 2026-11-22T17:12:33.123456Z, 1",
    "iso,                     2026-11-22T17:12:33.1+02:00, 2026-11-22T15:12:33.100Z, 1",
    "iso,                     2026-11-22 17:12:33,     2026-11-22T17:12:33Z,        1000000",
    "iso,                     2026-11-22T17:12:33-03:00, 2026-11-22T20:12:33Z,      1000000",
    "iso,                     2026-11-22T17:12,        2026-11-22T17:12:00Z,        60000000",
    "iso,                     2026-11-22 17:12+02:00,  2026-11-22T15:12:00Z,        60000000",
    "iso,                     2026-11-22T17:12Z,       2026-11-22T17:12:00Z,        60000000",
    "epoch_s,                 1511370000,              2017-11-22T17:00:00Z,        1000000",
    "epoch_s,                 1511370000.25,           2017-11-22T17:00:00.250Z,    1",
    "epoch_s,                 1.51137E9,               2017-11-22T17:00:00Z,        1000000",
    "epoch_ms,                1511370000123,           2017-11-22T17:00:00.123Z,    1000",
    "epoch_us,                1511370000123456,        2017-11-22T17:00:00.123456Z, 1",
  })
  void stampsKnowTheirMomentAndHowFineItIs(
      String format, String text, Instant expected, int resolution) {
    assertThat(read(format, HourClock.H24, ZoneId.of("UTC"), text))
        .contains(new StampReader.Stamp(micros(expected), resolution));
  }

  @ParameterizedTest
  @CsvSource({
    "d/M/yyyy H:mm, 31/2/2017 8:42",
    "d/M/yyyy H:mm, 5/13/2017 8:42",
    "d/M/yyyy H:mm, 5/7/2017 24:42",
    "d/M/yyyy H:mm, 5/7/2017 8:42 and more",
    "iso, 2026-11-22",
    "iso, 2026-11-22T17:12:33Zulu",
    "epoch_s, NaN",
    "epoch_s, 1e400000000",
    "epoch_us, 99999999999999999999",
    "epoch_s, ''",
  })
  void whatIsWrittenAnotherWayIsRefused(String format, String text) {
    assertThat(read(format, HourClock.H24, ZoneId.of("UTC"), text)).isEmpty();
  }

  @Test
  void zonesWithSummerTimeAreFollowed() {
    ZoneId zone = ZoneId.of("America/Halifax");
    assertThat(read("d/M/yyyy H:mm:ss", HourClock.H24, zone, "5/7/2017 9:00:00"))
        .contains(new StampReader.Stamp(micros(Instant.parse("2017-07-05T12:00:00Z")), 1_000_000));
    assertThat(read("d/M/yyyy H:mm:ss", HourClock.H24, zone, "5/1/2017 9:00:00"))
        .contains(new StampReader.Stamp(micros(Instant.parse("2017-01-05T13:00:00Z")), 1_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dd/MM/yyyy hh:mm",
        "dd/MM/yyyy",
        "HH:mm",
        "qq{",
        "dd/MM/yyyy HH:mm]",
        "not one",
        "dd/MM/yyyy HH:mm v",
        "dd/MM/yyyy HH:mm VV"
      })
  void formatsThatCannotWorkAreNamed(String format) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimestampFormat(List.of(format), HourClock.H24, HALIFAX))
        .withMessageContainingAll("time.formats", format.replace("]", ""));
  }

  @Test
  void halfDayMarksDoNotGoWithTheCicClock() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TimestampFormat(List.of("dd/MM/yyyy hh:mm a"), HourClock.CIC12H, HALIFAX))
        .withMessageContaining("AM/PM");
  }

  private static Optional<StampReader.Stamp> read(
      String format, HourClock clock, ZoneId zone, String text) {
    return StampReader.of(format, clock, zone).stream()
        .flatMap(reader -> reader.read(text).stream())
        .findFirst();
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
