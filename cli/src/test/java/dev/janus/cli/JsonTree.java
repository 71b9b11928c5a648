package dev.janus.cli;

import dev.janus.cli.terminal.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Parsed JSON that fails with the missing key instead of a null.
 *
 * @param value a map, list, text, number or boolean
 */
record JsonTree(Object value) {
  static JsonTree parse(String text) throws IOException {
    return new JsonTree(Json.parse(text));
  }

  JsonTree at(String key) {
    return new JsonTree(Objects.requireNonNull(((Map<?, ?>) value).get(key), key));
  }

  JsonTree at(int index) {
    return new JsonTree(((List<?>) value).get(index));
  }

  int size() {
    return ((List<?>) value).size();
  }

  double number() {
    return ((Number) value).doubleValue();
  }

  List<String> keys() {
    return ((Map<?, ?>) value).keySet().stream().map(Object::toString).toList();
  }
}
