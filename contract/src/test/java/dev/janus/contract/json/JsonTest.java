package dev.janus.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  /** The order of {@code Map.of} is another one in every run. */
  @Test
  void membersGivenWithoutAnOrderAreSorted() {
    Json number = Json.JsonNumber.of(1);
    Map<String, Json> unordered = Map.of("b", number, "c", number, "a", number, "d", number);
    Json.JsonObject sorted = new Json.JsonObject(unordered);
    assertThat(sorted.text()).isEqualTo("{\"a\":1,\"b\":1,\"c\":1,\"d\":1}");
    Map<String, Json> ordered = new LinkedHashMap<>();
    ordered.put("z", sorted);
    ordered.put("a", number);
    Json.JsonObject kept = new Json.JsonObject(ordered);
    assertThat(new Json.JsonObject(kept.members()).text())
        .isEqualTo("{\"z\":" + sorted.text() + ",\"a\":1}");
  }

  @Test
  void everyKindOfValueIsRead() {
    Json expected =
        new Json.JsonObject(
            new LinkedHashMap<>(
                Map.of(
                    "a",
                    new Json.JsonArray(
                        List.of(
                            new Json.JsonNumber("-1.5e+3"),
                            Json.JsonBoolean.TRUE,
                            Json.JsonBoolean.FALSE,
                            Json.JsonNull.NULL,
                            new Json.JsonString("\"\\/\b\f\n\r\t\u20ac\ud83d\ude00"),
                            new Json.JsonObject(Map.of()),
                            new Json.JsonArray(List.of()))))));
    String text =
        " { \"a\" : [ -1.5e+3 ,true,false,null,"
            + "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u20AC\\ud83d\\ude00\",{},[]]}\n";
    assertThat(Json.parse(text)).isEqualTo(expected);
    assertThat(Json.parse(expected.text())).isEqualTo(expected);
    assertThat(Json.parse(expected.indentedText())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "Infinity",
        "tru",
        "nul",
        "truefalse",
        "1 2",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\t\"",
        "{\"a\":1,\"a\":2}",
        "[1]]",
        "//",
        "\u00a01",
        "\"\\u\u0661\u0661\u0661\u0661\""
      })
  void textThatIsNotStrictJsonIsRefusedWithItsPlace(String text) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(JsonException.class)
        .hasMessageMatching("JSON, character \\d+: .+");
  }

  @Test
  void nestingIsBounded() {
    String deepest = "[".repeat(Json.MAX_DEPTH) + 1 + "]".repeat(Json.MAX_DEPTH);
    assertThat(Json.parse(deepest).text()).isEqualTo(deepest);
    assertThatThrownBy(() -> Json.parse("[" + deepest + "]"))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("more than 64 levels");
    assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("more than 64 levels");
  }

  @Test
  void errorsNameTheCharacter() {
    assertThatThrownBy(() -> Json.parse("{\"a\": 1, \"a\": 2}"))
        .hasMessage("JSON, character 9: duplicate key \"a\"");
    assertThatThrownBy(() -> Json.parse("[1, 2 3]")).hasMessage("JSON, character 6: ']' is needed");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsANumberIsWhatTheGrammarSays(long seed) {
    Pattern grammar = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    Random random = new Random(seed);
    int numbers = 0;
    for (int round = 0; round < 200_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        text.append("00127-+.eE\u0663".charAt(random.nextInt(11)));
      }
      boolean expected = grammar.matcher(text).matches();
      assertThat(JsonReader.isNumber(text.toString())).as(text.toString()).isEqualTo(expected);
      numbers += expected ? 1 : 0;
    }
    assertThat(numbers).isGreaterThan(5_000);
  }

  @ParameterizedTest
  @CsvSource({"9223372036854775807", "-9223372036854775808", "0", "-1"})
  void wholeNumbersAreExact(String text) {
    Json.JsonNumber number = (Json.JsonNumber) Json.parse(text);
    assertThat(number.longValue()).isEqualTo(Long.parseLong(text));
    assertThat(Json.JsonNumber.of(Long.parseLong(text))).isEqualTo(number);
  }

  @Test
  void numbersOutOfRangeAreErrors() {
    assertThatThrownBy(() -> new Json.JsonNumber("9223372036854775808").longValue())
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> new Json.JsonNumber("1.0").longValue())
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> new Json.JsonNumber("1e999").doubleValue())
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("out of range: 1e999");
    assertThatThrownBy(() -> Json.JsonNumber.of(Double.NaN)).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> new Json.JsonNumber("1_0")).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> Json.parse("1".repeat(401))).isInstanceOf(JsonException.class);
    assertThat(new Json.JsonNumber("0.10").decimalValue()).isEqualTo(new BigDecimal("0.10"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomValuesComeBackEqual(long seed) {
    Random random = new Random(seed);
    for (int k = 0; k < 200; k++) {
      Json value = randomValue(random, 0);
      assertThat(Json.parse(value.text())).isEqualTo(value);
      assertThat(Json.parse(value.indentedText())).isEqualTo(value);
    }
  }

  @Test
  void unpairedSurrogatesAreNotWritten() {
    assertThatThrownBy(() -> new Json.JsonString("a\ud800").text())
        .isInstanceOf(JsonException.class);
  }

  @Test
  void indentedTextHasALinePerMember() {
    assertThat(Json.parse("{\"a\":[1,2],\"b\":{}}").indentedText())
        .isEqualTo("{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
  }

  private static Json randomValue(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 5 : 7)) {
      case 0 -> Json.JsonNumber.of(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
      case 1 -> Json.JsonNumber.of(random.nextLong());
      case 2 -> new Json.JsonString(randomString(random));
      case 3 -> Json.JsonBoolean.of(random.nextBoolean());
      case 4 -> Json.JsonNull.NULL;
      case 5 -> {
        List<Json> items = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
          items.add(randomValue(random, depth + 1));
        }
        yield new Json.JsonArray(items);
      }
      default -> {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int n = random.nextInt(5); n > 0; n--) {
          members.put(randomString(random), randomValue(random, depth + 1));
        }
        yield new Json.JsonObject(members);
      }
    };
  }

  private static String randomString(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(8); n > 0; n--) {
      int codePoint = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(128);
      if (codePoint < 0xd800 || codePoint > 0xdfff) {
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString();
  }
}
