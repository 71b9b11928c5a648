package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.kernel.ScalarKernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.AllocatedBytes;
import dev.janus.model.ModelConfig;
import dev.janus.model.RandomFlows;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A warm training step allocates next to nothing, on all threads together. Vectors are boxed until
 * they are compiled, so this also tells when a vector helper stops being inlined.
 */
class TrainingAllocationTest {
  private static final int MOST_STEPS = 3000;

  @TempDir private Path folder;

  static Stream<Kernels> kernels() {
    return Stream.of(ScalarKernels.INSTANCE, KernelSelection.best());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void warmStepsAllocateLittle(Kernels kernels) {
    ModelConfig model = new ModelConfig(24, 16, 1, 2, AttentionMask.CAUSAL);
    TrainingConfig config =
        new TrainingConfig(
            1, MOST_STEPS, 128, 1e-3, 5, 0.01, 1, 0.995, 0.1, 1, true, 0.05, 20, MOST_STEPS);
    AllocatedBytes bytes = new AllocatedBytes();
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      Trainer trainer =
          new Trainer(
              model,
              config,
              RandomFlows.of(3, 128 * 64, 12),
              kernels,
              team,
              folder.resolve("checkpoint"));
      trainer.train(progress -> bytes.endOfStep(), bytes::isSteady);
    }
    assertThat(bytes.least()).as(kernels.name()).isLessThanOrEqualTo(AllocatedBytes.LIMIT);
    assertThat(bytes.isSteady()).as(kernels.name()).isTrue();
  }
}
