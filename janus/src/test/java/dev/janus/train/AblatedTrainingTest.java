package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.autograd.Parameter;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.kernel.ScalarKernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.ModelParts;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.RandomFlows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training with parts of the method switched off. */
class AblatedTrainingTest {
  private static final TrainingConfig CONFIG =
      new TrainingConfig(42, 6, 16, 1e-3, 5, 0.01, 1.0, 0.995, 0.1, 1.0, true, 0.05, 50, 1000);

  @TempDir private Path folder;

  private final NormalizedFlows flows = RandomFlows.of(7, 60, ModelParts.MAX_PACKETS);

  @ParameterizedTest
  @MethodSource("dev.janus.model.ModelParts#all")
  void aResumedRunWithOtherThreadsAndKernelsEndsWithTheSameBits(ModelConfig model) {
    Kernels best = KernelSelection.best();
    float[] reference = train(model, flows, best, 2, new ArrayList<>());
    List<TrainingProgress> steps = new ArrayList<>();
    run(model, flows, best, 1, steps, () -> steps.size() == 2);
    try (ThreadTeam team = ThreadTeam.ofSize(3)) {
      float[] resumed =
          new Trainer(model, CONFIG, flows, ScalarKernels.INSTANCE, team, file())
              .resume(steps::add, () -> false)
              .weights();
      assertThat(resumed).containsExactly(reference);
    }
    assertThat(steps).hasSize(CONFIG.steps());
  }

  @ParameterizedTest
  @MethodSource("dev.janus.model.ModelParts#all")
  void whatTakesNoPartIsNeverRead(ModelConfig model) {
    Kernels best = KernelSelection.best();
    NormalizedFlows other = ModelParts.withOtherAbsentParts(flows, model);
    assertThat(train(model, other, best, 2, new ArrayList<>()))
        .containsExactly(train(model, flows, best, 2, new ArrayList<>()));
  }

  /** Heads start at zero and nothing but a gradient moves them from there. */
  @ParameterizedTest
  @MethodSource("dev.janus.model.ModelParts#all")
  void onlyHeadsThatTakePartAreTrained(ModelConfig model) {
    float[] weights = train(model, flows, KernelSelection.best(), 2, new ArrayList<>());
    assertThat(moved(model, weights, "vout")).isEqualTo(model.hasContinuous());
    assertThat(moved(model, weights, "fout")).isEqualTo(model.hasFlowToken());
    assertThat(moved(model, weights, "dout"))
        .isEqualTo(model.hasBits() || model.hasContinuousBits());
  }

  private static boolean moved(ModelConfig model, float[] weights, String head) {
    Parameter parameter =
        new JanusNetwork(model)
            .layout().parameters().stream()
                .filter(p -> p.name().equals(head + ".weight"))
                .findFirst()
                .orElseThrow();
    return Arrays.stream(
            toDoubles(weights), parameter.offset(), parameter.offset() + parameter.length())
        .anyMatch(weight -> weight != 0);
  }

  private static double[] toDoubles(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  /**
   * An untrained network gives every bit a chance of one half, so the mean loss of the bits it is
   * asked for is ln 2 whichever they are, if they are counted right.
   */
  @ParameterizedTest
  @MethodSource("dev.janus.model.ModelParts#all")
  void lossesAreThoseOfThePartsThereAre(ModelConfig model) {
    List<TrainingProgress> steps = new ArrayList<>();
    train(model, flows, KernelSelection.best(), 2, steps);
    TrainingProgress first = steps.getFirst();
    double sum = 0;
    if (model.hasContinuous()) {
      assertThat(first.packetLoss()).isPositive();
      sum += first.packetLoss();
    } else {
      assertThat(first.packetLoss()).isNaN();
    }
    if (model.hasFlowToken()) {
      assertThat(first.flowLoss()).isPositive();
      sum += first.flowLoss();
    } else {
      assertThat(first.flowLoss()).isNaN();
    }
    if (model.hasBits()) {
      assertThat(first.discreteLoss()).isCloseTo(Math.log(2), within(1e-12));
      sum += first.discreteLoss();
    } else {
      assertThat(first.discreteLoss()).isNaN();
    }
    assertThat(first.loss()).isCloseTo(sum, within(1e-12));
    assertThat(steps.getLast().loss()).isFinite();
  }

  private float[] train(
      ModelConfig model,
      NormalizedFlows trained,
      Kernels kernels,
      int threads,
      List<TrainingProgress> steps) {
    return run(model, trained, kernels, threads, steps, () -> false).weights();
  }

  private TrainingOutcome run(
      ModelConfig model,
      NormalizedFlows trained,
      Kernels kernels,
      int threads,
      List<TrainingProgress> steps,
      BooleanSupplier stop) {
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      return new Trainer(model, CONFIG, trained, kernels, team, file()).train(steps::add, stop);
    }
  }

  private Path file() {
    return folder.resolve("checkpoint");
  }
}
