package dev.janus.contract.label;

import java.time.ZoneId;
import java.util.List;

/**
 * How the time stamps of a label file are written.
 *
 * @param formats tried in turn: patterns of {@link java.time.format.DateTimeFormatter}, with
 *     optional parts in brackets; or {@code iso} for ISO 8601; or {@code epoch_s}, {@code
 *     epoch_ms}, {@code epoch_us} for numbers. A stamp stands for the whole minute, second or
 *     microsecond that its format can tell.
 * @param clock how hours are meant
 * @param zone offset or zone of stamps that state none
 */
public record TimestampFormat(List<String> formats, HourClock clock, ZoneId zone) {
  /**
   * @throws IllegalArgumentException naming the key when a format cannot be used
   */
  public TimestampFormat {
    formats = List.copyOf(formats);
    if (formats.isEmpty()) {
      throw new IllegalArgumentException("time.formats: at least one format is needed");
    }
    for (String format : formats) {
      StampReader.of(format, clock, zone);
    }
  }
}
