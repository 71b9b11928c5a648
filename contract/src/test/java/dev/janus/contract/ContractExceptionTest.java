package dev.janus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContractExceptionTest {
  @Test
  void messagesAreOneLineWhateverTheFileHolds() {
    assertThat(new ContractException("a.csv:2: \"x\ny\t\u0000\u2028\" – ü"))
        .hasMessage("a.csv:2: \"x\\u000ay\\u0009\\u0000\\u2028\" – ü");
    assertThat(new ContractException("plain", new RuntimeException())).hasMessage("plain");
  }
}
