package dev.janus.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

final class JsonTest {
  /** The order of {@code Map.of} changes from run to run, that of a hash map with its history. */
  @Test
  void aMapWithoutAnOrderIsSortedAndOneWithKeepsIt() {
    Map<String, Object> ordered = new LinkedHashMap<>();
    ordered.put("z", Map.of("packets", 1, "bytes", 2, "flows", 3, "opened", 4));
    ordered.put("a", new HashMap<>(Map.of("y", 1, "x", 2)));
    SequencedMap<String, Object> inner = new LinkedHashMap<>();
    inner.put("2", true);
    inner.put("1", false);
    ordered.put("m", Collections.unmodifiableSequencedMap(inner));
    assertThat(Json.line(ordered))
        .isEqualTo(
            "{\"z\":{\"bytes\":2,\"flows\":3,\"opened\":4,\"packets\":1},"
                + "\"a\":{\"x\":2,\"y\":1},\"m\":{\"2\":true,\"1\":false}}");
    assertThat(Json.line(Map.of("b", 1, "c", 2, "a", 3))).isEqualTo("{\"a\":3,\"b\":1,\"c\":2}");
  }

  @Test
  void numbersThatAreNotFiniteBecomeNull() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("a", Double.NaN);
    value.put("b", List.of(1.5, Double.POSITIVE_INFINITY, Float.NaN));
    value.put("c", Map.of("d", "Web Attack \u2013 \"x\"\n"));
    assertThat(Json.line(value))
        .isEqualTo(
            "{\"a\":null,\"b\":[1.5,null,null],\"c\":{\"d\":\"Web Attack \u2013 \\\"x\\\"\\n\"}}");
  }
}
