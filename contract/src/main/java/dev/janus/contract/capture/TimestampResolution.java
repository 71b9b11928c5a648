package dev.janus.contract.capture;

/**
 * Turns time stamps of a pcapng interface into integer microseconds, rounded to the nearest, half a
 * microsecond away from zero. Exact for every resolution down to 10^-25 or 2^-63 seconds.
 */
final class TimestampResolution {
  /** Stands for a time stamp that cannot be used. */
  static final long UNUSABLE = Long.MIN_VALUE;

  /** 0001-01-01 and the end of 9999: outside, no calendar shows them and differences may wrap. */
  private static final long EARLIEST_MICROS = -62_135_596_800_000_000L;

  private static final long LATEST_MICROS = 253_402_300_799_999_999L;

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int FINEST_DECIMAL = 25;
  private static final int FINEST_BINARY = 63;

  private final boolean binary;
  private final int exponent;
  private final long factor;
  private final long offsetMicros;

  private TimestampResolution(boolean binary, int exponent, long offsetMicros) {
    this.binary = binary;
    this.exponent = exponent;
    this.offsetMicros = offsetMicros;
    this.factor = binary ? 1 : powerOfTen(Math.abs(exponent - 6));
  }

  /**
   * @param code {@code if_tsresol}: the top bit chooses powers of two instead of ten, the rest is
   *     the negative exponent
   * @param offsetSeconds {@code if_tsoffset}
   */
  static TimestampResolution of(int code, long offsetSeconds) {
    long limit = LATEST_MICROS / MICROS_PER_SECOND;
    long offset =
        offsetSeconds < -limit || offsetSeconds > limit
            ? UNUSABLE
            : offsetSeconds * MICROS_PER_SECOND;
    return new TimestampResolution((code & 0x80) != 0, code & 0x7f, offset);
  }

  static TimestampResolution micros() {
    return of(6, 0);
  }

  /**
   * Epoch microseconds of a 64-bit time stamp, or {@link #UNUSABLE}. Time stamps are unsigned, but
   * some writers store times before 1970, or relative to a trigger, as negative numbers: what would
   * lie behind the year 9999 is read that way.
   */
  long toMicros(long ticks) {
    long micros = unsignedMicros(ticks);
    if (micros == UNUSABLE && ticks < 0) {
      long before = unsignedMicros(-ticks);
      micros = before == UNUSABLE ? UNUSABLE : -before;
    }
    return micros == UNUSABLE || offsetMicros == UNUSABLE
        ? UNUSABLE
        : checked(micros + offsetMicros);
  }

  private long unsignedMicros(long ticks) {
    long micros = binary ? binaryMicros(ticks) : decimalMicros(ticks);
    return micros < 0 || micros > LATEST_MICROS ? UNUSABLE : micros;
  }

  /** {@code micros} if it lies in the years 1 to 9999, else {@link #UNUSABLE}. */
  private static long checked(long micros) {
    return micros < EARLIEST_MICROS || micros > LATEST_MICROS ? UNUSABLE : micros;
  }

  private long decimalMicros(long ticks) {
    if (exponent == 6) {
      return ticks;
    }
    if (exponent < 6) {
      return Math.unsignedMultiplyHigh(ticks, factor) == 0 ? ticks * factor : UNUSABLE;
    }
    if (exponent > FINEST_DECIMAL) {
      return UNUSABLE;
    }
    long quotient = Long.divideUnsigned(ticks, factor);
    long remainder = ticks - quotient * factor;
    boolean up = Long.compareUnsigned(remainder, factor - remainder) >= 0;
    return up ? quotient + 1 : quotient;
  }

  private long binaryMicros(long ticks) {
    if (exponent > FINEST_BINARY) {
      return UNUSABLE;
    }
    long high = Math.unsignedMultiplyHigh(ticks, MICROS_PER_SECOND);
    long low = ticks * MICROS_PER_SECOND;
    if (exponent == 0) {
      return high == 0 ? low : UNUSABLE;
    }
    long half = 1L << (exponent - 1);
    low += half;
    if (Long.compareUnsigned(low, half) < 0) {
      high++;
    }
    return high >>> exponent == 0 ? high << (64 - exponent) | low >>> exponent : UNUSABLE;
  }

  /** 10^0 to 10^19 as unsigned numbers. */
  private static long powerOfTen(int power) {
    long value = 1;
    for (int i = 0; i < Math.min(power, 19); i++) {
      value *= 10;
    }
    return value;
  }
}
