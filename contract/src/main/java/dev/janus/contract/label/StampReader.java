package dev.janus.contract.label;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads time stamps of one way of writing them. Immutable. */
sealed interface StampReader {
  long MICROS_PER_SECOND = 1_000_000;
  int MICROS_PER_MINUTE = 60_000_000;

  /**
   * A stamp: all moments from {@code micros} (inclusive) to {@code micros + resolutionMicros}.
   *
   * @param micros epoch microseconds
   */
  record Stamp(long micros, int resolutionMicros) {}

  /** Empty when the text is not written that way. */
  Optional<Stamp> read(String text);

  /**
   * Readers for one format, one for each combination of its optional parts.
   *
   * @throws IllegalArgumentException when the format makes no sense
   */
  static List<StampReader> of(String format, HourClock clock, ZoneId zone) {
    return switch (format) {
      case "iso" -> List.of(new Iso(clock, zone));
      case "epoch_s" -> List.of(new Epoch(MICROS_PER_SECOND));
      case "epoch_ms" -> List.of(new Epoch(1_000));
      case "epoch_us" -> List.of(new Epoch(1));
      default -> {
        List<StampReader> readers = new ArrayList<>();
        for (String pattern : withoutOptions(format)) {
          readers.add(Pattern.of(pattern, clock, zone));
        }
        yield List.copyOf(readers);
      }
    };
  }

  /** Longest form first, so that no shorter one takes what a longer one explains better. */
  private static List<String> withoutOptions(String format) {
    int close = format.indexOf(']');
    if (close < 0) {
      return List.of(format);
    }
    int open = format.lastIndexOf('[', close);
    if (open < 0) {
      throw new IllegalArgumentException("time.formats: \"" + format + "\" has a ] without a [");
    }
    String before = format.substring(0, open);
    String behind = format.substring(close + 1);
    List<String> patterns =
        new ArrayList<>(withoutOptions(before + format.substring(open + 1, close) + behind));
    patterns.addAll(withoutOptions(before + behind));
    return patterns;
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
        (instant.getNano() + 500) / 1_000);
  }

  private static Instant instant(TemporalAccessor parsed, HourClock clock, ZoneId zone) {
    return parsed instanceof OffsetDateTime exact
        ? exact.toInstant()
        : clock.read((LocalDateTime) parsed).atZone(zone).toInstant();
  }

  /** ISO 8601, with or without offset and fraction; a blank may stand for the T. */
  record Iso(HourClock clock, ZoneId zone) implements StampReader {
    private static final DateTimeFormatter FORMATTER =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    @Override
    public Optional<Stamp> read(String text) {
      try {
        TemporalAccessor parsed =
            FORMATTER.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return Optional.of(new Stamp(micros(instant(parsed, clock, zone)), resolution(text)));
      } catch (DateTimeParseException | ArithmeticException e) {
        return Optional.empty();
      }
    }

    /** The seconds, which may be absent, follow three characters behind the first colon. */
    private static int resolution(String text) {
      if (text.indexOf('.') >= 0) {
        return 1;
      }
      int seconds = text.indexOf(':') + 3;
      boolean present = seconds < text.length() && text.charAt(seconds) == ':';
      return present ? (int) MICROS_PER_SECOND : MICROS_PER_MINUTE;
    }
  }

  /** A number that counts from the epoch. */
  record Epoch(long unitMicros) implements StampReader {
    @Override
    public Optional<Stamp> read(String text) {
      try {
        BigDecimal value = new BigDecimal(text);
        if (value.precision() - value.scale() > 18 || value.scale() > 30) {
          return Optional.empty();
        }
        BigDecimal micros =
            value.multiply(BigDecimal.valueOf(unitMicros)).setScale(0, RoundingMode.HALF_UP);
        int resolution = value.scale() > 0 ? 1 : (int) unitMicros;
        return Optional.of(new Stamp(micros.longValueExact(), resolution));
      } catch (NumberFormatException | ArithmeticException e) {
        return Optional.empty();
      }
    }
  }

  /** A pattern without optional parts. */
  record Pattern(DateTimeFormatter formatter, int resolutionMicros, HourClock clock, ZoneId zone)
      implements StampReader {
    static Pattern of(String pattern, HourClock clock, ZoneId zone) {
      String letters = pattern.replaceAll("'[^']*'", "");
      boolean halfDays = letters.matches(".*[hK].*");
      boolean marked = letters.indexOf('a') >= 0;
      if (halfDays && !marked && clock == HourClock.H24) {
        throw unusable(
            pattern, "has 12-hour hours (h) without AM/PM (a); write HH, or set clock: cic12h");
      }
      if (marked && clock == HourClock.CIC12H) {
        throw unusable(pattern, "has AM/PM (a), which clock: cic12h is without");
      }
      Pattern reader = new Pattern(formatter(pattern, clock), resolution(letters), clock, zone);
      OffsetDateTime sample = OffsetDateTime.of(2017, 7, 5, 14, 33, 56, 0, ZoneOffset.UTC);
      if (reader.read(written(pattern, reader.formatter, sample)).isEmpty()) {
        throw unusable(pattern, "does not tell date and time of day");
      }
      return reader;
    }

    private static String written(
        String pattern, DateTimeFormatter formatter, OffsetDateTime sample) {
      try {
        return formatter.format(sample);
      } catch (DateTimeException e) {
        throw unusable(pattern, "tells more than date, time of day and offset (name of a zone?)");
      }
    }

    private static DateTimeFormatter formatter(String pattern, HourClock clock) {
      // With cic12h the hours are read as written and put right afterwards.
      String read = clock == HourClock.CIC12H ? pattern.replace('h', 'H') : pattern;
      try {
        return new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(read)
            .parseDefaulting(ChronoField.ERA, 1)
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
      } catch (IllegalArgumentException | ClassCastException e) {
        // The JDK's builder fails with the latter when a padded number follows another number.
        throw unusable(pattern, "is no date pattern: " + e.getMessage());
      }
    }

    private static IllegalArgumentException unusable(String pattern, String reason) {
      return new IllegalArgumentException("time.formats: \"" + pattern + "\" " + reason);
    }

    private static int resolution(String letters) {
      if (letters.matches(".*[SnN].*")) {
        return 1;
      }
      return letters.indexOf('s') >= 0 ? (int) MICROS_PER_SECOND : MICROS_PER_MINUTE;
    }

    @Override
    public Optional<Stamp> read(String text) {
      try {
        TemporalAccessor parsed =
            formatter.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return Optional.of(new Stamp(micros(instant(parsed, clock, zone)), resolutionMicros));
      } catch (DateTimeParseException | ArithmeticException e) {
        return Optional.empty();
      }
    }
  }
}
