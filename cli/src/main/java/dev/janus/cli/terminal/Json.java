package dev.janus.cli.terminal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON from maps, lists, strings, numbers and booleans. Numbers that are not finite become null:
 * JSON has no NaN. Members stand in the order of a {@link SequencedMap}; those of another map are
 * sorted, because the order of {@link Map#of} is another one in every run.
 */
public final class Json {
  private static final JSON COMPACT = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);
  private static final JSON PRETTY = COMPACT.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

  private Json() {}

  /** One line. */
  public static String line(Map<String, ?> value) {
    return write(COMPACT, value);
  }

  /** Indented, with a line end. */
  public static String pretty(Map<String, ?> value) {
    return write(PRETTY, value) + "\n";
  }

  /**
   * Parses an object or an array.
   *
   * @throws IOException when the text is not JSON; the message says where
   */
  public static Object parse(String text) throws IOException {
    return JSON.std.anyFrom(text);
  }

  /** Why a text is not JSON, in one line: the parser's own words go on about where they stand. */
  public static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  private static String write(JSON json, Object value) {
    try {
      return json.asString(finite(value));
    } catch (IOException e) {
      throw new IllegalArgumentException("not writable as JSON: " + value, e);
    }
  }

  private static @Nullable Object finite(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy =
            map instanceof SequencedMap<?, ?> ? new LinkedHashMap<>() : new TreeMap<>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), finite(item)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(finite(item)));
        yield copy;
      }
      case Double number when !Double.isFinite(number) -> null;
      case Float number when !Float.isFinite(number) -> null;
      case null -> null;
      default -> value;
    };
  }
}
