package dev.janus.cli.config;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.NearestWord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A YAML mapping whose keys are read one by one. After the last one {@link #finish} refuses every
 * key nobody asked for, so a misspelt key can never be ignored silently.
 */
final class YamlMap {
  private final String path;
  private final String source;
  private final MappingNode node;
  private final Map<String, YamlValue> values = new LinkedHashMap<>();
  private final Map<String, Node> keyNodes = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  /**
   * @param path dotted path of this mapping, empty at the top
   * @param source file name for errors of nodes that have no place of their own
   */
  YamlMap(String path, MappingNode node, String source) {
    this.path = path;
    this.source = source;
    this.node = node;
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new CliException(
            ExitCode.DATA, YamlFile.place(tuple.getKeyNode(), source) + ": a key must be a word");
      }
      String name = key.getValue();
      if (!seen.add(name)) {
        throw error(key, "key '" + dotted(name) + "' is given twice");
      }
      keyNodes.put(name, key);
      values.put(name, new YamlValue(dotted(name), tuple.getValueNode(), source));
    }
  }

  /** The value of a key, if it is there and not null. */
  Optional<YamlValue> find(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isNull());
  }

  /** The value of a key that must be there. */
  YamlValue require(String key) {
    return find(key).orElseThrow(() -> error(node, "key '" + dotted(key) + "' is missing"));
  }

  /** The mapping under a key; empty when the key is absent. */
  YamlMap map(String key) {
    return find(key)
        .map(YamlValue::map)
        .orElseGet(() ->
            new YamlMap(
                dotted(key),
                new MappingNode(node.getTag(), new ArrayList<>(), node.getFlowStyle()),
                source));
  }

  int integer(String key, int fallback, int min, int max) {
    return Math.toIntExact(integer(key, (long) fallback, min, max));
  }

  long integer(String key, long fallback, long min, long max) {
    return find(key).map(value -> value.integer(min, max)).orElse(fallback);
  }

  double number(String key, double fallback, double min, double max) {
    return find(key).map(value -> value.number(min, max)).orElse(fallback);
  }

  boolean flag(String key, boolean fallback) {
    return find(key).map(YamlValue::flag).orElse(fallback);
  }

  String text(String key, String fallback) {
    return find(key).map(YamlValue::text).orElse(fallback);
  }

  String choice(String key, String fallback, List<String> allowed) {
    return find(key).map(value -> value.choice(allowed)).orElse(fallback);
  }

  List<String> texts(String key, List<String> fallback) {
    return find(key).map(YamlValue::texts).orElse(fallback);
  }

  /** All keys with their texts, in file order, where any key is allowed. */
  Map<String, String> textsByKey() {
    asked.addAll(values.keySet());
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((key, value) -> texts.put(key, value.text()));
    return texts;
  }

  /** All keys with their values, in file order, where any key is allowed. */
  Map<String, YamlValue> values() {
    asked.addAll(values.keySet());
    return Collections.unmodifiableMap(values);
  }

  /** A list of texts, each parsed; empty when the key is left out. */
  <T> List<T> parsed(String key, Function<String, T> parse) {
    Optional<YamlValue> value = find(key);
    if (value.isEmpty()) {
      return List.of();
    }
    List<T> parsed = new ArrayList<>();
    for (String text : value.get().texts()) {
      try {
        parsed.add(parse.apply(text));
      } catch (IllegalArgumentException e) {
        throw value.get().error("'" + dotted(key) + "': " + e.getMessage());
      }
    }
    return parsed;
  }

  /** Refuses every key but these, before one that is missing is complained about. */
  void allowOnly(List<String> keys) {
    asked.addAll(keys);
    finish();
  }

  /** Refuses keys that were never asked for. */
  void finish() {
    for (Map.Entry<String, Node> key : keyNodes.entrySet()) {
      if (!asked.contains(key.getKey())) {
        throw error(
            key.getValue(),
            "unknown key '" + dotted(key.getKey()) + "'; " + NearestWord.hint(key.getKey(), asked));
      }
    }
  }

  /**
   * Runs a constructor whose checks say {@code key must be ...} or {@code path.key: ...} and gives
   * its complaint the place of that key.
   */
  <T> T checked(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      String named = message.split("[ :]", 2)[0];
      YamlValue value = values.get(named.substring(named.lastIndexOf('.') + 1));
      boolean whole = path.isEmpty() || named.contains(".");
      throw error(value == null ? node : value.node(), whole ? message : path + "." + message);
    }
  }

  private CliException error(Node at, String message) {
    String place = YamlFile.place(at, source);
    ExitCode code = place.startsWith(YamlFile.OVERRIDE) ? ExitCode.USAGE : ExitCode.DATA;
    return new CliException(code, place + ": " + message);
  }

  private String dotted(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
