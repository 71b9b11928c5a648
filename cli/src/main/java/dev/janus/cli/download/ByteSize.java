package dev.janus.cli.download;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write and read them. */
public final class ByteSize {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,18})\\s*(?:([kmgt])(?:i?b)?|b)?", Pattern.CASE_INSENSITIVE);
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private ByteSize() {}

  /** Bytes of {@code 500}, {@code 64K}, {@code 20 MiB}, {@code 1G}, {@code 2T}, if it is one. */
  public static OptionalLong parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    String unit = matcher.group(2);
    int power = unit == null ? 0 : "kmgt".indexOf(unit.toLowerCase(Locale.ROOT)) + 1;
    long value = Long.parseLong(matcher.group(1));
    long factor = 1L << 10 * power;
    return value > Long.MAX_VALUE / factor ? OptionalLong.empty() : OptionalLong.of(value * factor);
  }

  /** Three digits and a unit. */
  public static String shown(long bytes) {
    if (bytes < 1 << 10) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1023.5) {
      value /= 1 << 10;
      unit++;
    }
    int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f %s", value, UNITS[unit]);
  }

  /** As {@link #shown(long)}, or "unknown". */
  public static String shown(OptionalLong bytes) {
    return bytes.isPresent() ? shown(bytes.getAsLong()) : "unknown";
  }
}
