package dev.janus.contract.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Strict recursive-descent reader of one JSON value; depth is bounded, memory by the text. */
final class JsonReader {
  private static final int LONGEST_NUMBER = 400;
  private static final int SHOWN = 40;

  private final String text;
  private int at;

  JsonReader(String text) {
    if (text.length() > Json.MAX_LENGTH) {
      throw new JsonException("JSON: more than " + Json.MAX_LENGTH + " characters");
    }
    this.text = text;
  }

  /**
   * Whether the whole text is {@code -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?}. By hand: a
   * model's header holds hundreds of numbers, and a regular expression is slow in a cold JVM.
   */
  static boolean isNumber(String text) {
    int length = text.length();
    if (length > LONGEST_NUMBER) {
      return false;
    }
    int whole = text.startsWith("-") ? 1 : 0;
    int end = afterDigits(text, whole);
    if (end == whole || (text.charAt(whole) == '0' && end > whole + 1)) {
      return false;
    }
    if (end < length && text.charAt(end) == '.') {
      int fraction = end + 1;
      end = afterDigits(text, fraction);
      if (end == fraction) {
        return false;
      }
    }
    if (end < length && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int exponent = end + 1;
      if (exponent < length && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
        exponent++;
      }
      end = afterDigits(text, exponent);
      if (end == exponent) {
        return false;
      }
    }
    return end == length;
  }

  private static int afterDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  Json read() {
    Json value = value(0);
    skipSpace();
    if (at < text.length()) {
      throw error("text after the end of the value");
    }
    return value;
  }

  private Json value(int depth) {
    if (depth > Json.MAX_DEPTH) {
      throw error("more than " + Json.MAX_DEPTH + " levels");
    }
    skipSpace();
    if (at == text.length()) {
      throw error("the text ends where a value is needed");
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new Json.JsonString(string());
      case 't' -> word("true", Json.JsonBoolean.TRUE);
      case 'f' -> word("false", Json.JsonBoolean.FALSE);
      case 'n' -> word("null", Json.JsonNull.NULL);
      default -> number();
    };
  }

  private Json object(int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    skipSpace();
    if (skipped('}')) {
      return new Json.JsonObject(members);
    }
    do {
      skipSpace();
      if (at == text.length() || text.charAt(at) != '"') {
        throw error("a key in double quotes is needed");
      }
      int keyAt = at;
      String key = string();
      skipSpace();
      need(':');
      Json value = value(depth + 1);
      if (members.putIfAbsent(key, value) != null) {
        at = keyAt;
        throw error("duplicate key \"" + shortened(key) + "\"");
      }
      skipSpace();
    } while (skipped(','));
    need('}');
    return new Json.JsonObject(members);
  }

  private Json array(int depth) {
    List<Json> items = new ArrayList<>();
    at++;
    skipSpace();
    if (skipped(']')) {
      return new Json.JsonArray(items);
    }
    do {
      items.add(value(depth + 1));
      skipSpace();
    } while (skipped(','));
    need(']');
    return new Json.JsonArray(items);
  }

  private String string() {
    StringBuilder value = new StringBuilder();
    int start = at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        checkSurrogates(value, start);
        return value.toString();
      } else if (c == '\\') {
        value.append(escaped());
      } else if (c < ' ') {
        at--;
        throw error("control character in a string");
      } else {
        value.append(c);
      }
    }
    at = start;
    throw error("string without an end");
  }

  private char escaped() {
    if (at == text.length()) {
      throw error("string without an end");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> {
        at--;
        throw error("unknown escape");
      }
    };
  }

  private char hexadecimal() {
    int value = 0;
    for (int k = 0; k < 4; k++) {
      char c = at < text.length() ? text.charAt(at) : ' ';
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw error("four hexadecimal digits are needed");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private void checkSurrogates(CharSequence value, int start) {
    if (JsonWriter.hasUnpairedSurrogate(value)) {
      at = start;
      throw error("string with an unpaired surrogate");
    }
  }

  private Json number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(start, at);
    if (!isNumber(number)) {
      at = start;
      throw error(number.isEmpty() ? "a value is needed" : "not a number");
    }
    return new Json.JsonNumber(number);
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw error("a value is needed");
    }
    at += word.length();
    return value;
  }

  private void need(char c) {
    if (!skipped(c)) {
      throw error("'" + c + "' is needed");
    }
  }

  private boolean skipped(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private JsonException error(String what) {
    return new JsonException("JSON, character " + at + ": " + what);
  }
}
