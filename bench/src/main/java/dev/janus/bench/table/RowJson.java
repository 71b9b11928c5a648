package dev.janus.bench.table;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Rows as JSON objects: the keys of {@code bench.json}, and the lines groups hand over. */
public final class RowJson {
  /** Only in handed-over lines: {@code bench.json} gives the limit without saying of what. */
  private static final String SIDE = "side";

  private RowJson() {}

  /** Keys and values of a row in {@code bench.json}; a missing number is null. */
  static Map<String, Object> object(Row row) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", row.name());
    object.put("unit", row.unit());
    put(object, "ours", row.ours());
    put(object, "peer", row.peer());
    object.put("peer_name", row.peerName());
    put(object, "ratio", row.ratio());
    boolean hasBar = row.bar().side() != Bar.Side.NONE;
    put(object, "bar", hasBar ? OptionalDouble.of(row.bar().limit()) : OptionalDouble.empty());
    object.put("met", row.met().orElse(null));
    return object;
  }

  private static void put(Map<String, Object> object, String key, OptionalDouble value) {
    object.put(key, value.isPresent() ? (Double) value.getAsDouble() : null);
  }

  /** A row on one line, complete. */
  public static String line(Row row) {
    Map<String, Object> object = object(row);
    object.put(SIDE, row.bar().side().name());
    try {
      return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #line} wrote.
   *
   * @throws IOException when it is not such a line
   */
  public static Row parse(String line) throws IOException {
    Map<String, Object> object = JSON.std.mapFrom(line);
    Bar.Side side = Bar.Side.valueOf(text(object, SIDE));
    return new Row(
        text(object, "name"),
        text(object, "unit"),
        number(object, "ours"),
        number(object, "peer"),
        text(object, "peer_name"),
        number(object, "ratio"),
        side == Bar.Side.NONE ? Bar.NONE : new Bar(side, number(object, "bar").orElse(0)));
  }

  private static String text(Map<String, Object> object, String key) throws IOException {
    if (object.get(key) instanceof String text) {
      return text;
    }
    throw new IOException("a row without " + key);
  }

  private static OptionalDouble number(Map<String, Object> object, String key) {
    return object.get(key) instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }
}
