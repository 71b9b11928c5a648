package dev.janus.contract.label;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is added to the times of label rows to get capture times.
 *
 * @param micros microseconds, of either sign
 */
public record TimeOffset(long micros) {
  /** No shift. */
  public static final TimeOffset ZERO = new TimeOffset(0);

  private static final long MICROS_PER_SECOND = 1_000_000;

  private static final Pattern CLOCK =
      Pattern.compile("([+-]?)(\\d{1,4}):([0-5]\\d)(?::([0-5]\\d)(?:\\.(\\d{1,6}))?)?");
  private static final Pattern AMOUNT = Pattern.compile("([+-]?)(\\d{1,9})(us|ms|s|m|h)");

  /**
   * Reads {@code +03:00}, {@code -00:00:02.5}, or a number with unit: {@code 10800s}, {@code -3h},
   * {@code 250ms}.
   *
   * @throws IllegalArgumentException when the text is neither
   */
  public static TimeOffset parse(String text) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    Matcher clock = CLOCK.matcher(trimmed);
    if (clock.matches()) {
      long seconds =
          Long.parseLong(clock.group(2)) * 3_600
              + Long.parseLong(clock.group(3)) * 60
              + (clock.group(4) == null ? 0 : Long.parseLong(clock.group(4)));
      String fraction = clock.group(5) == null ? "" : clock.group(5);
      long micros = Long.parseLong((fraction + "000000").substring(0, 6));
      return signed(clock.group(1), seconds * MICROS_PER_SECOND + micros);
    }
    Matcher amount = AMOUNT.matcher(trimmed);
    if (amount.matches()) {
      return signed(amount.group(1), Long.parseLong(amount.group(2)) * unitMicros(amount.group(3)));
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is no time offset; write +03:00, -00:00:02.5, 10800s, -3h or 250ms");
  }

  private static TimeOffset signed(String sign, long micros) {
    return new TimeOffset(sign.equals("-") ? -micros : micros);
  }

  private static long unitMicros(String unit) {
    return switch (unit) {
      case "us" -> 1;
      case "ms" -> 1_000;
      case "s" -> MICROS_PER_SECOND;
      case "m" -> 60 * MICROS_PER_SECOND;
      default -> 3_600 * MICROS_PER_SECOND;
    };
  }

  /** {@code +HH:MM}, with seconds and their fraction where there are any; parsed back equal. */
  @Override
  public String toString() {
    long size = Math.abs(micros);
    long seconds = size / MICROS_PER_SECOND;
    StringBuilder text = new StringBuilder(micros < 0 ? "-" : "+");
    text.append(digits(2, seconds / 3_600)).append(':').append(digits(2, seconds / 60 % 60));
    if (size % (60 * MICROS_PER_SECOND) != 0) {
      text.append(':').append(digits(2, seconds % 60));
    }
    if (size % MICROS_PER_SECOND != 0) {
      text.append('.').append(digits(6, size % MICROS_PER_SECOND));
    }
    return text.toString();
  }

  private static String digits(int count, long value) {
    return String.format(Locale.ROOT, "%0" + count + "d", value);
  }
}
