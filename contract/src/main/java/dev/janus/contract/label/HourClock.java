package dev.janus.contract.label;

import java.time.LocalDateTime;

/** How the hours of a label file's time stamps are meant. */
public enum HourClock {
  /** As they stand. */
  H24("24h") {
    @Override
    LocalDateTime read(LocalDateTime written) {
      return written;
    }
  },
  /**
   * Twelve hours without AM or PM, as in the CIC files: captures run in working hours, so 1 to 7
   * are in the afternoon; 8 to 12 stay, and so does what only a 24-hour clock can show.
   */
  CIC12H("cic12h") {
    @Override
    LocalDateTime read(LocalDateTime written) {
      int hour = written.getHour();
      return hour >= 1 && hour <= 7 ? written.plusHours(12) : written;
    }
  };

  private final String key;

  HourClock(String key) {
    this.key = key;
  }

  /** Name in descriptions. */
  public String key() {
    return key;
  }

  abstract LocalDateTime read(LocalDateTime written);
}
