package dev.janus.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {
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
