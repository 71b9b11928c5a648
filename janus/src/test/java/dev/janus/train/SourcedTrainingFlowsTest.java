package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.packet.PacketSchema;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import dev.janus.model.NormalizedFlows;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcedTrainingFlowsTest {
  private static final ModelConfig MODEL = new ModelConfig(20, 32, 2, 2, AttentionMask.CAUSAL);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void readingBatchByBatchTrainsTheSameWeights(long seed) {
    FlowBatch raw = rawFlows(seed, 150);
    int[] rows = IntStream.range(0, 150).filter(i -> i % 3 != 1).toArray();
    Normalization normalization = Normalization.fit(raw, rows, MODEL.maxPackets());
    NormalizedFlows all = new NormalizedFlows();
    all.fill(raw, rows, normalization, MODEL.maxPackets());
    TrainingFlows sourced = new SourcedTrainingFlows(raw, rows, normalization, MODEL.maxPackets());
    float[] expected = train(new NormalizedTrainingFlows(all, MODEL.maxPackets()));
    assertThat(train(sourced)).containsExactly(expected);
  }

  private float[] train(TrainingFlows flows) {
    TrainingConfig config =
        new TrainingConfig(42, 6, 32, 1e-3, 5, 0.01, 1, 0.995, 0.1, 1, true, 0.05, 50, 1000);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      Path checkpoint = folder.resolve("checkpoint");
      return new Trainer(MODEL, config, flows, KernelSelection.best(), team, checkpoint)
          .train(progress -> {}, () -> false)
          .weights();
    }
  }

  private static FlowBatch rawFlows(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    FlowBatch flows = new FlowBatch();
    double[] features = new double[FlowFeature.COUNT];
    for (int f = 0; f < count; f++) {
      int n = 1 + random.nextInt(PacketSchema.MAX_PACKETS);
      float[] tokens = new float[n * PacketSchema.CHANNELS];
      for (int i = 0; i < tokens.length; i++) {
        int channel = i % PacketSchema.CHANNELS;
        tokens[i] = channel >= 2 && channel < 8 ? random.nextInt(2) : random.nextInt(65_536);
      }
      FlowFeatures.compute(tokens, 0, n, features, 0);
      flows.add(tokens, n, features);
    }
    return flows;
  }
}
