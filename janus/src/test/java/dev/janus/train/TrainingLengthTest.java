package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelParts;
import dev.janus.model.RandomFlows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingLengthTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "1500, 294, 128, 2, 256, 1500, false",
    "1501, 294, 128, 2, 256, 1500, true",
    "1501, 322, 128, 3, 322, 1500, true",
    "4000, 5000, 128, 39, 4992, 3900, false",
    "800, 294, 128, 2, 256, 1500, false",
    "801, 294, 128, 2, 256, 1500, false",
    "7, 50, 50, 1, 50, 1500, false",
  })
  void epochsAndTheRecipe(
      int steps,
      int flows,
      int batchSize,
      int perEpoch,
      int flowsPerEpoch,
      long recipe,
      boolean many) {
    TrainingLength length = TrainingLength.of(config(steps, batchSize), flows);
    assertThat(length.stepsPerEpoch()).isEqualTo(perEpoch);
    assertThat(length.epochs()).isEqualTo((double) steps / perEpoch);
    assertThat(length.flowsPerEpoch()).isEqualTo(flowsPerEpoch);
    assertThat(length.recipeSteps()).isEqualTo(recipe);
    assertThat(length.hasManyEpochs()).isEqualTo(many);
  }

  /** Fewer flows than a batch, a last batch that trains, and one that is dropped. */
  @ParameterizedTest
  @CsvSource({"20", "50", "36"})
  void trainingCountsTheSameEpochs(int flows) {
    List<TrainingProgress> steps = new ArrayList<>();
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      Trainer trainer =
          new Trainer(
              ModelParts.UNIFIED,
              config(3, 32),
              RandomFlows.of(1, flows, ModelParts.MAX_PACKETS),
              KernelSelection.best(),
              team,
              folder.resolve("checkpoint"));
      trainer.train(steps::add, () -> false);
      assertThat(steps.getLast().epoch()).isEqualTo(trainer.length().epochs());
    }
  }

  private static TrainingConfig config(int steps, int batchSize) {
    return new TrainingConfig(
        1, steps, batchSize, 1e-3, 5, 0.01, 1, 0.995, 0.1, 1, false, 0.05, 50, 1000);
  }
}
