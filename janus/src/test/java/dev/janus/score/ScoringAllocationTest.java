package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.kernel.ScalarKernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.AllocatedBytes;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.RandomFlows;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A warm scored batch allocates next to nothing, on all threads together. */
class ScoringAllocationTest {
  private static final int MOST_BATCHES = 2000;

  static Stream<Kernels> kernels() {
    return Stream.of(ScalarKernels.INSTANCE, KernelSelection.best());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void warmBatchesAllocateLittle(Kernels kernels) {
    ModelConfig model = new ModelConfig(24, 32, 2, 2, AttentionMask.CAUSAL);
    JanusNetwork network = new JanusNetwork(model);
    NormalizedFlows flows = RandomFlows.of(3, 128, 24);
    double[] scores = new double[flows.flows() * ScoreName.COUNT];
    AllocatedBytes bytes = new AllocatedBytes();
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      Scorer scorer =
          new Scorer(
              model, RandomFlows.weights(1, network), ScoringConfig.defaults(0.1), kernels, team);
      for (int i = 0; i < MOST_BATCHES && !bytes.isSteady(); i++) {
        scorer.score(flows, scores);
        bytes.endOfStep();
      }
    }
    assertThat(bytes.least()).as(kernels.name()).isLessThanOrEqualTo(AllocatedBytes.LIMIT);
    assertThat(bytes.isSteady()).as(kernels.name()).isTrue();
  }
}
