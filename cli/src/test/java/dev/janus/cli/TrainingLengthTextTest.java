package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.train.TrainingConfig;
import dev.janus.train.TrainingLength;
import org.junit.jupiter.api.Test;

final class TrainingLengthTextTest {
  @Test
  void aTrainingOfTheUsualLengthTakesOneLine() {
    assertThat(TrainingLengthText.lines(length(4000, 5120)))
        .containsExactly("4,000 steps of 128 flows: 100 epochs of 5,120 flows");
    assertThat(TrainingLengthText.lines(length(12, 1007)))
        .containsExactly("12 steps of 128 flows: 1.5 epochs of 1,007 flows");
  }

  @Test
  void manyEpochsAreHintedAt() {
    assertThat(TrainingLengthText.lines(length(4000, 294)))
        .containsExactly(
            "4,000 steps of 128 flows: 2,000 epochs of 256 of 294 flows",
            "hint: the method's recipe is about 100 epochs but at least 1,500 steps:"
                + " training.steps=1500 here");
    assertThat(TrainingLengthText.lines(length(20_000, 5120)).getLast())
        .endsWith("training.steps=4000 here");
    assertThat(TrainingLengthText.lines(length(1500, 294)))
        .containsExactly("1,500 steps of 128 flows: 750 epochs of 256 of 294 flows");
  }

  private static TrainingLength length(int steps, int flows) {
    return TrainingLength.of(TrainingConfig.defaults(1, steps), flows);
  }
}
