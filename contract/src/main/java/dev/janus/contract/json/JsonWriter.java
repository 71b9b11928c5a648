package dev.janus.contract.json;

import java.util.Iterator;
import java.util.Map;

/** Writes JSON values; everything beyond ASCII stays as it is. */
final class JsonWriter {
  /** Where line breaks go. */
  enum Layout {
    COMPACT,
    INDENTED
  }

  private final StringBuilder out = new StringBuilder();
  private final Layout layout;

  JsonWriter(Layout layout) {
    this.layout = layout;
  }

  String write(Json value) {
    append(value, 0);
    return out.toString();
  }

  private void append(Json value, int depth) {
    if (depth > Json.MAX_DEPTH) {
      throw new JsonException("JSON: more than " + Json.MAX_DEPTH + " levels");
    }
    switch (value) {
      case Json.JsonObject object -> appendObject(object, depth);
      case Json.JsonArray array -> appendArray(array, depth);
      case Json.JsonString string -> appendString(string.value());
      case Json.JsonNumber number -> out.append(number.text());
      case Json.JsonBoolean bool -> out.append(bool == Json.JsonBoolean.TRUE);
      case Json.JsonNull unused -> out.append("null");
    }
  }

  private void appendObject(Json.JsonObject object, int depth) {
    out.append('{');
    Iterator<Map.Entry<String, Json>> members = object.members().entrySet().iterator();
    while (members.hasNext()) {
      Map.Entry<String, Json> member = members.next();
      lineBreak(depth + 1);
      appendString(member.getKey());
      out.append(layout == Layout.COMPACT ? ":" : ": ");
      append(member.getValue(), depth + 1);
      if (members.hasNext()) {
        out.append(',');
      } else {
        lineBreak(depth);
      }
    }
    out.append('}');
  }

  private void appendArray(Json.JsonArray array, int depth) {
    out.append('[');
    Iterator<Json> items = array.items().iterator();
    while (items.hasNext()) {
      lineBreak(depth + 1);
      append(items.next(), depth + 1);
      if (items.hasNext()) {
        out.append(',');
      } else {
        lineBreak(depth);
      }
    }
    out.append(']');
  }

  private void lineBreak(int depth) {
    if (layout == Layout.INDENTED) {
      out.append('\n').repeat("  ", depth);
    }
  }

  private void appendString(String value) {
    if (hasUnpairedSurrogate(value)) {
      throw new JsonException("JSON: string with an unpaired surrogate");
    }
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16));
            out.append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** UTF-8 cannot hold half of a surrogate pair; such a string would not come back. */
  static boolean hasUnpairedSurrogate(CharSequence value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }
}
