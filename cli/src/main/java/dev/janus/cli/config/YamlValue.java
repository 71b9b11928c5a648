package dev.janus.cli.config;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One YAML value with its place; every reading method names place, key and expectation. */
final class YamlValue {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  private final String path;
  private final Node node;
  private final String source;

  YamlValue(String path, Node node, String source) {
    this.path = path;
    this.node = node;
    this.source = source;
  }

  Node node() {
    return node;
  }

  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  /** Whether this is exactly that word. */
  boolean is(String word) {
    return node instanceof ScalarNode scalar && scalar.getValue().equals(word);
  }

  long integer(long min, long max) {
    String text = plain();
    if (!INTEGER.matcher(text).matches()) {
      throw wrong("a whole number");
    }
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong("a whole number of at most 64 bits");
    }
    if (value < min || value > max) {
      throw wrong(
          range(
              Long.toString(min),
              Long.toString(max),
              max == Long.MAX_VALUE || max == Integer.MAX_VALUE));
    }
    return value;
  }

  double number(double min, double max) {
    String text = plain();
    if (!NUMBER.matcher(text).matches()) {
      throw wrong("a number");
    }
    double value = Double.parseDouble(text);
    if (!(value >= min && value <= max)) {
      throw wrong(range(shortest(min), shortest(max), max == Double.MAX_VALUE));
    }
    return value;
  }

  boolean flag() {
    return switch (plain()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("true or false");
    };
  }

  /** A scalar as text; numbers are taken as written. */
  String text() {
    if (node instanceof ScalarNode scalar && !isNull()) {
      return scalar.getValue();
    }
    throw wrong("text");
  }

  String choice(List<String> allowed) {
    String text = text();
    if (!allowed.contains(text)) {
      throw wrong("one of " + String.join(", ", allowed));
    }
    return text;
  }

  /** A list of texts; a single text counts as a list of one. */
  List<String> texts() {
    if (node instanceof ScalarNode) {
      return List.of(text());
    }
    return items().stream().map(YamlValue::text).toList();
  }

  List<YamlValue> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong("a list");
    }
    List<YamlValue> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlValue(path + "[" + items.size() + "]", item, source));
    }
    return items;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  YamlMap map() {
    if (node instanceof MappingNode mapping) {
      return new YamlMap(path, mapping, source);
    }
    throw wrong("'key: value' lines");
  }

  /** An error at this value. */
  CliException error(String message) {
    String place = YamlFile.place(node, source);
    ExitCode code = place.startsWith(YamlFile.OVERRIDE) ? ExitCode.USAGE : ExitCode.DATA;
    return new CliException(code, place + ": " + message);
  }

  private String plain() {
    return node instanceof ScalarNode scalar && scalar.isPlain() ? scalar.getValue() : "";
  }

  private CliException wrong(String expected) {
    return error("'" + path + "' must be " + expected + ", not " + described());
  }

  private String described() {
    return switch (node) {
      case ScalarNode scalar -> "'" + scalar.getValue() + "'";
      case SequenceNode sequence -> "a list";
      default -> "a block of keys";
    };
  }

  private static String range(String min, String max, boolean open) {
    return open ? "at least " + min : "between " + min + " and " + max;
  }

  private static String shortest(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
