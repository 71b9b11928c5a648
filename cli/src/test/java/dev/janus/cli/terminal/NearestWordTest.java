package dev.janus.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestWordTest {
  @Test
  void swappedLettersCountAsOneEdit() {
    assertThat(NearestWord.distance("steps", "setps")).isEqualTo(1);
    assertThat(NearestWord.distance("", "abc")).isEqualTo(3);
    assertThat(NearestWord.distance("sigma", "sigma")).isZero();
  }

  @Test
  void wordsTooFarAwayAreNotSuggested() {
    assertThat(NearestWord.nearest("temperature", List.of("steps", "sigma"))).isEmpty();
    assertThat(NearestWord.nearest("batchsize", List.of("steps", "batch_size")))
        .contains("batch_size");
  }
}
