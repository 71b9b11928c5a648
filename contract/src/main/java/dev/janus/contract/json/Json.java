package dev.janus.contract.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A JSON value (RFC 8259), immutable. Small on purpose: model files have a JSON header and
 * embedders must not need a library to read it; stores have a JSON index. Reading is strict: one
 * value and nothing after it, no duplicate keys, no unpaired surrogates, at most {@value
 * #MAX_DEPTH} levels and {@value #MAX_LENGTH} characters.
 */
public sealed interface Json {
  /** Deepest nesting that is read or written. */
  int MAX_DEPTH = 64;

  /** Longest text that is read. */
  int MAX_LENGTH = 1 << 26;

  /**
   * Members in the order in which they were read or given, or sorted where the map given has no
   * order: that of {@link Map#of} is another one in every run, and the same content must be the
   * same bytes.
   */
  record JsonObject(Map<String, Json> members) implements Json {
    public JsonObject {
      Map<String, Json> ordered =
          members instanceof SequencedMap<String, Json> ? members : new TreeMap<>(members);
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ordered));
    }
  }

  /** Items in order. */
  record JsonArray(List<Json> items) implements Json {
    public JsonArray {
      items = List.copyOf(items);
    }
  }

  /** A string without unpaired surrogates. */
  record JsonString(String value) implements Json {}

  /**
   * A number as it is written, so that no digit is lost.
   *
   * @param text valid JSON
   */
  record JsonNumber(String text) implements Json {
    public JsonNumber {
      if (!JsonReader.isNumber(text)) {
        throw new JsonException("JSON: not a number: " + JsonReader.shortened(text));
      }
    }

    /** A finite number; the shortest text that reads back as the same double. */
    public static JsonNumber of(double value) {
      if (!Double.isFinite(value)) {
        throw new JsonException("JSON: cannot hold " + value);
      }
      return new JsonNumber(Double.toString(value));
    }

    /** A whole number. */
    public static JsonNumber of(long value) {
      return new JsonNumber(Long.toString(value));
    }

    /**
     * The nearest double.
     *
     * @throws JsonException when the number is beyond the range of a double
     */
    public double doubleValue() {
      double value = Double.parseDouble(text);
      if (!Double.isFinite(value)) {
        throw new JsonException("JSON: number out of range: " + JsonReader.shortened(text));
      }
      return value;
    }

    /**
     * The exact value of a number written without fraction and exponent.
     *
     * @throws JsonException when it is written otherwise or beyond 64 bits
     */
    public long longValue() {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new JsonException(
            "JSON: not a whole number of 64 bits: " + JsonReader.shortened(text), e);
      }
    }

    /** The exact value. */
    public BigDecimal decimalValue() {
      return new BigDecimal(text);
    }
  }

  /** {@code true} or {@code false}. */
  enum JsonBoolean implements Json {
    TRUE,
    FALSE;

    public static JsonBoolean of(boolean value) {
      return value ? TRUE : FALSE;
    }
  }

  /** {@code null}. */
  enum JsonNull implements Json {
    NULL
  }

  /**
   * Reads one value.
   *
   * @throws JsonException when the text is not strict JSON; names the character offset
   */
  static Json parse(String text) {
    return new JsonReader(text).read();
  }

  /** Compact text. */
  default String text() {
    return new JsonWriter(JsonWriter.Layout.COMPACT).write(this);
  }

  /** Text with a line per member or item, indented by two spaces. */
  default String indentedText() {
    return new JsonWriter(JsonWriter.Layout.INDENTED).write(this);
  }
}
