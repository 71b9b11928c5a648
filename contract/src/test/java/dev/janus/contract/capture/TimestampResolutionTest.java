package dev.janus.contract.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampResolutionTest {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal LATEST = new BigDecimal("253402300799999999");

  @ParameterizedTest
  @CsvSource({
    "6, 1700000000000001, 1700000000000001",
    "9, 1700000000000000499, 1700000000000000",
    "9, 1700000000000000500, 1700000000000001",
    "9, 1700000000000001500, 1700000000000002",
    "3, 1700000000123, 1700000000123000",
    "0, 1700000000, 1700000000000000",
    "12, 1700000000000000500, 1700000000000",
    "6, -505425287, -505425287",
    "9, -1500, 18446744073709550",
    "5, -15, -150",
  })
  void decimalResolutionsAreRoundedToTheNearestMicrosecond(int code, long ticks, long micros) {
    assertThat(TimestampResolution.of(code, 0).toMicros(ticks)).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({
    "0x80, 1700000000, 1700000000000000",
    "0xa0, 7301444403200000000, 1700000000000000",
    "0x94, 1048576, 1000000",
    "0x94, 1, 1",
    "0x95, 1, 0",
  })
  void binaryResolutionsAreRoundedToTheNearestMicrosecond(String code, long ticks, long micros) {
    assertThat(TimestampResolution.of(Integer.decode(code), 0).toMicros(ticks)).isEqualTo(micros);
  }

  @Test
  void theOffsetIsAddedInSeconds() {
    assertThat(TimestampResolution.of(6, 1_700_000_000).toMicros(5))
        .isEqualTo(1_700_000_000_000_005L);
    assertThat(TimestampResolution.of(6, -10).toMicros(5)).isEqualTo(-9_999_995);
  }

  @ParameterizedTest
  @CsvSource({"0, 1700000000000", "26, 5", "127, 5", "0xff, 5", "0xc0, 5", "0x80, 300000000000"})
  void whatLiesBehindTheYear9999OrIsTooFineIsUnusable(String code, long ticks) {
    assertThat(TimestampResolution.of(Integer.decode(code), 0).toMicros(ticks))
        .isEqualTo(TimestampResolution.UNUSABLE);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 253_402_300_800L, -62_135_596_801L})
  void anAbsurdOffsetIsUnusable(long offset) {
    assertThat(TimestampResolution.of(6, offset).toMicros(5))
        .isEqualTo(TimestampResolution.UNUSABLE);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void everyResolutionAgreesWithExactArithmetic(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      boolean binary = random.nextBoolean();
      int exponent = random.nextInt(binary ? 64 : 26);
      long ticks = random.nextLong() >>> random.nextInt(64);
      BigDecimal divisor =
          binary
              ? new BigDecimal(BigInteger.ONE.shiftLeft(exponent))
              : BigDecimal.TEN.pow(exponent);
      BigDecimal expected = micros(new BigInteger(Long.toUnsignedString(ticks)), divisor);
      if (expected.compareTo(LATEST) > 0 && ticks < 0) {
        expected = micros(BigInteger.valueOf(ticks), divisor);
      }
      boolean usable = expected.abs().compareTo(LATEST) <= 0;
      boolean afterYearOne = expected.compareTo(new BigDecimal("-62135596800000000")) >= 0;

      long micros = TimestampResolution.of(exponent | (binary ? 0x80 : 0), 0).toMicros(ticks);

      assertThat(micros)
          .as("exponent %d, binary %s, ticks %s", exponent, binary, Long.toUnsignedString(ticks))
          .isEqualTo(
              usable && afterYearOne ? expected.longValueExact() : TimestampResolution.UNUSABLE);
    }
  }

  private static BigDecimal micros(BigInteger ticks, BigDecimal divisor) {
    return new BigDecimal(ticks).multiply(MILLION).divide(divisor, 0, RoundingMode.HALF_UP);
  }
}
