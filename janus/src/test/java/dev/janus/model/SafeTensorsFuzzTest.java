package dev.janus.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the bytes: a file or a header is understood completely or refused with a one-line
 * ModelException, and memory stays within the size of the input. The build runs the stored corpus;
 * to search for more, set the environment variable {@code JAZZER_FUZZ=1} and the property {@code
 * -Djazzer.hooks=true}.
 */
class SafeTensorsFuzzTest {
  private static final String SAMPLE =
      "{\"__metadata__\":{\"k\":\"v\"},\"b\":{\"dtype\":\"F64\",\"shape\":[2,1],"
          + "\"data_offsets\":[0,16]},\"a\":{\"dtype\":\"F32\",\"shape\":[4],"
          + "\"data_offsets\":[16,32]}}  ";

  @FuzzTest(maxDuration = "5m")
  void anyFileIsReadOrRefused(byte[] bytes) throws IOException {
    try {
      SafeTensors content =
          SafeTensorsReader.read(new ByteArrayInputStream(bytes), bytes.length, "fuzz");
      assertThat(content.metadata()).doesNotContainKey(SafeTensors.DIGEST_KEY);
    } catch (ModelException e) {
      assertThat(e.getMessage()).startsWith("fuzz: ").hasLineCount(1);
    }
  }

  @FuzzTest(maxDuration = "5m")
  void anyHeaderIsUnderstoodOrRefused(byte[] bytes) {
    check(bytes, 32);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void damagedHeadersAreUnderstoodOrRefused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] favourites = "{}[]\",:0129-.eFI \n".getBytes(StandardCharsets.US_ASCII);
    check(SAMPLE.getBytes(StandardCharsets.US_ASCII), 32);
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = SAMPLE.getBytes(StandardCharsets.US_ASCII);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        int at = random.nextInt(bytes.length);
        bytes[at] =
            random.nextBoolean()
                ? favourites[random.nextInt(favourites.length)]
                : (byte) random.nextInt(256);
      }
      check(bytes, 32);
    }
  }

  private static void check(byte[] header, long dataLength) {
    try {
      long next = 0;
      for (SafeTensorsHeader.Entry entry : SafeTensorsHeader.parse(header, dataLength).entries()) {
        assertThat(entry.begin()).isEqualTo(next);
        long count = 1;
        for (int size : entry.shape()) {
          count *= size;
        }
        assertThat(count).isEqualTo(entry.count());
        next = entry.end();
      }
      assertThat(next).isEqualTo(dataLength);
    } catch (ModelException e) {
      assertThat(e.getMessage()).isNotBlank().hasLineCount(1).hasSizeLessThan(200);
    }
  }
}
