package dev.janus.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuantityTest {
  @Test
  void oneThingIsSingular() {
    assertThat(Quantity.of(0, "flow")).isEqualTo("0 flows");
    assertThat(Quantity.of(1, "flow")).isEqualTo("1 flow");
    assertThat(Quantity.of(1234567, "flow")).isEqualTo("1,234,567 flows");
    assertThat(Quantity.word(1, "was", "were")).isEqualTo("was");
    assertThat(Quantity.word(2, "was", "were")).isEqualTo("were");
  }
}
