package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.kernel.ScalarKernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.RandomFlows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private static final ModelConfig MODEL = new ModelConfig(12, 32, 2, 2, AttentionMask.CAUSAL);

  @TempDir private Path folder;

  private final NormalizedFlows flows = RandomFlows.of(7, 100, 12);

  private static TrainingConfig config(int steps, boolean useOt) {
    return new TrainingConfig(
        42, steps, 32, 1e-3, 5, 0.01, 1.0, 0.995, 0.1, 1.0, useOt, 0.05, 50, 1000);
  }

  private Trainer trainer(TrainingConfig config, Kernels kernels, ThreadTeam team) {
    return new Trainer(MODEL, config, flows, kernels, team, folder.resolve("checkpoint"));
  }

  private float[] train(TrainingConfig config, Kernels kernels, int threads) {
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      return trainer(config, kernels, team).train(progress -> {}, () -> false).weights();
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsForAnyNumberOfThreadsAndAnyKernels() {
    Kernels best = KernelSelection.best();
    float[] reference = train(config(12, true), best, 1);
    assertThat(train(config(12, true), best, 2)).containsExactly(reference);
    assertThat(train(config(12, true), best, 3)).containsExactly(reference);
    assertThat(train(config(12, true), ScalarKernels.INSTANCE, 2)).containsExactly(reference);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9})
  void aResumedRunEndsWithTheBitsOfAnUninterruptedOne(int stopAfter) {
    TrainingConfig config = config(10, true);
    float[] reference = train(config, KernelSelection.best(), 2);
    List<Integer> steps = new ArrayList<>();
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      TrainingOutcome first =
          trainer(config, KernelSelection.best(), team)
              .train(p -> steps.add(p.step()), () -> steps.size() == stopAfter);
      assertThat(first.finished()).isFalse();
      assertThat(first.step()).isEqualTo(stopAfter);
      TrainingOutcome second =
          trainer(config, KernelSelection.best(), team)
              .resume(p -> steps.add(p.step()), () -> false);
      assertThat(second.finished()).isTrue();
      assertThat(second.weights()).containsExactly(reference);
    }
    assertThat(steps).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void theLossFallsOnDataThatCanBeLearned() {
    Arrays.fill(flows.continuous(), 0.7f);
    Arrays.fill(flows.bits(), 1f);
    Arrays.fill(flows.features(), -0.4f);
    List<Double> losses = new ArrayList<>();
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      trainer(config(150, true), KernelSelection.best(), team)
          .train(p -> losses.add(p.loss()), () -> false);
    }
    double early = mean(losses.subList(0, 10));
    double late = mean(losses.subList(140, 150));
    assertThat(late).isLessThan(0.5 * early);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Test
  void withoutCouplingTheWeightsDiffer() {
    assertThat(train(config(3, false), KernelSelection.best(), 1))
        .isNotEqualTo(train(config(3, true), KernelSelection.best(), 1));
  }

  @Test
  void aLossThatIsNotFiniteStopsAndNamesStepAndCheckpoint() {
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      Trainer trainer = trainer(config(9, false), KernelSelection.best(), team);
      assertThatThrownBy(() -> trainer.train(p -> flows.continuous()[5] = Float.NaN, () -> false))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("step ")
          .hasMessageContaining("loss NaN")
          .hasMessageContaining("checkpoint");
    }
  }

  @Test
  void flowsThatCannotTrainAreRefusedAtTheStart() {
    flows.features()[45] = Float.POSITIVE_INFINITY;
    assertThatThrownBy(() -> train(config(3, true), KernelSelection.best(), 1))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("training flow 2 ");
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      ModelConfig shorter = new ModelConfig(11, 32, 2, 2, AttentionMask.CAUSAL);
      assertThatThrownBy(() ->
              new Trainer(
                  shorter,
                  config(3, true),
                  RandomFlows.of(8, 100, 12),
                  KernelSelection.best(),
                  team,
                  folder.resolve("checkpoint")))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("the model reads 11 at most");
    }
  }

  @Test
  void aRunResumedWithOtherThreadsAndKernelsAcrossAShortBatchEndsWithTheSameBits() {
    NormalizedFlows few = RandomFlows.of(9, 51, 12);
    TrainingConfig config = config(7, true);
    List<float[]> weights = new ArrayList<>();
    try (ThreadTeam one = ThreadTeam.ofSize(1);
        ThreadTeam three = ThreadTeam.ofSize(3)) {
      Path file = folder.resolve("short");
      Kernels best = KernelSelection.best();
      weights.add(
          new Trainer(MODEL, config, few, best, three, file).train(p -> {}, () -> false).weights());
      int[] steps = {0};
      new Trainer(MODEL, config, few, best, one, file).train(p -> steps[0]++, () -> steps[0] == 3);
      weights.add(
          new Trainer(MODEL, config, few, ScalarKernels.INSTANCE, three, file)
              .resume(p -> {}, () -> false)
              .weights());
    }
    assertThat(weights.get(1)).containsExactly(weights.get(0));
  }

  @Test
  void aBatchOfTwoFlowsTrains() {
    TrainingConfig two =
        new TrainingConfig(1, 4, 2, 1e-3, 5, 0.01, 1.0, 0.995, 0.1, 1.0, true, 0.05, 50, 1000);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      TrainingOutcome outcome =
          new Trainer(
                  MODEL,
                  two,
                  RandomFlows.of(10, 3, 12),
                  KernelSelection.best(),
                  team,
                  folder.resolve("two"))
              .train(p -> assertThat(p.loss()).isFinite(), () -> false);
      assertThat(outcome.finished()).isTrue();
    }
  }

  @Test
  void aCheckpointOfOtherFlowsOrAnotherConfigurationIsRefused() {
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      trainer(config(3, true), KernelSelection.best(), team).train(p -> {}, () -> false);
      Trainer other = trainer(config(4, true), KernelSelection.best(), team);
      assertThatThrownBy(() -> other.resume(p -> {}, () -> false))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("another configuration");
    }
  }

  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      trainer(config(3, true), KernelSelection.best(), team).train(p -> {}, () -> false);
      Path file = folder.resolve("checkpoint");
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      Trainer again = trainer(config(3, true), KernelSelection.best(), team);
      assertThatThrownBy(() -> again.resume(p -> {}, () -> false))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void resumingWithoutACheckpointSaysSo() {
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      Trainer trainer = trainer(config(3, true), KernelSelection.best(), team);
      assertThatThrownBy(() -> trainer.resume(p -> {}, () -> false))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("no checkpoint");
    }
  }

  @Test
  void anEpochUsesEveryFlowOnceUnlessTheLastBatchIsSmall() {
    BatchSampler sampler = new BatchSampler(3, 100, 32, (from, to) -> {});
    assertThat(sampler.stepsPerEpoch()).isEqualTo(3);
    int[] seen = new int[100];
    int[] rows = new int[32];
    for (int step = 3; step < 6; step++) {
      int size = sampler.fill(step, rows);
      for (int j = 0; j < size; j++) {
        seen[rows[j]]++;
      }
    }
    assertThat(Arrays.stream(seen).max().orElseThrow()).isEqualTo(1);
    assertThat(Arrays.stream(seen).sum()).isEqualTo(96);
    assertThat(new BatchSampler(3, 115, 32, (from, to) -> {}).stepsPerEpoch()).isEqualTo(4);
  }
}
