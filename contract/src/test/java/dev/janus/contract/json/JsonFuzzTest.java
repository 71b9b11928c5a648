package dev.janus.contract.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the text: it is read and comes back equal, or a one-line JsonException says where it is
 * wrong. The build runs the stored corpus; to search for more, set the environment variable {@code
 * JAZZER_FUZZ=1} and the property {@code -Djazzer.hooks=true}.
 */
class JsonFuzzTest {
  private static final String SAMPLE =
      "{\"a\":[1,-2.5e-3,true,false,null],\"b\\u00e9\\n\":{\"c\":\"\\ud83d\\ude00\"},\"\":[]}";

  @FuzzTest(maxDuration = "5m")
  void anyTextIsReadOrRefused(byte[] bytes) {
    check(new String(bytes, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void damagedTextIsReadOrRefused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String alphabet = "{}[]\",:\\u0123456789eE+-.truefalsn \n\u0000\ud800\udc00";
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder(SAMPLE);
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(5)));
        }
      }
      check(text.toString());
    }
  }

  private static void check(String text) {
    try {
      Json value = Json.parse(text);
      assertThat(Json.parse(value.text())).isEqualTo(value);
      assertThat(Json.parse(value.indentedText())).isEqualTo(value);
    } catch (JsonException e) {
      assertThat(e.getMessage()).startsWith("JSON, character ").hasLineCount(1);
    }
  }
}
