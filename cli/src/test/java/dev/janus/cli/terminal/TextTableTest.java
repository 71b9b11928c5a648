package dev.janus.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TextTableTest {
  @Test
  void numbersStandAtTheRightAndTextAtTheLeft() {
    TextTable table = new TextTable("name", "flows", "rate");
    table.row("a", "1,234", "0.5%");
    table.row("longer", "7", "-");
    assertThat(table.lines())
        .containsExactly(
            "name    flows  rate", //
            "------  -----  ----",
            "a       1,234  0.5%",
            "longer      7     -");
  }

  @Test
  void rowsOfAnotherLengthAreRefused() {
    assertThatThrownBy(() -> new TextTable("a", "b").row("1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersThatAreNotFiniteAreADash() {
    assertThat(TextTable.number(Double.NaN, 2)).isEqualTo("-");
    assertThat(TextTable.number(0.125, 2)).isEqualTo("0.13");
  }
}
