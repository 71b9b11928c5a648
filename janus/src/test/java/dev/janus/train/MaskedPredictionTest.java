package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.autograd.Tape;
import dev.janus.autograd.Var;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.kernel.ScalarKernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.engine.random.CounterRandom;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.ModelParts;
import dev.janus.model.NetworkInput;
import dev.janus.model.NetworkOutput;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.RandomFlows;
import dev.janus.model.TimeEmbedding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The second pass of the unified architecture. */
class MaskedPredictionTest {
  private static final ModelConfig MODEL = ModelParts.UNIFIED;
  private static final Kernels KERNELS = ScalarKernels.INSTANCE;
  private static final TrainingConfig PLAIN =
      new TrainingConfig(42, 6, 16, 1e-3, 5, 0.01, 1.0, 0.995, 0.1, 1.0, true, 0.05, 50, 1000);
  private static final TrainingConfig MASKED =
      PLAIN.withMaskedPrediction(new MaskedPrediction(0.3, 0.5));

  @TempDir private Path folder;

  private final JanusNetwork network = new JanusNetwork(MODEL);
  private final NormalizedFlows flows = RandomFlows.of(7, 60, ModelParts.MAX_PACKETS);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theWholeGradientAgreesWithCentralDifferences(long seed) {
    // Weighted so that the second pass is most of the loss.
    Losses losses = new Losses(seed, new MaskedPrediction(4, 0.5));
    float[] weights = RandomFlows.weights(seed, network);
    float[] gradients = new float[weights.length];
    losses.at(weights, gradients);
    Random random = new Random(seed);
    float[] direction = new float[weights.length];
    double expected = 0;
    double scale = 0;
    for (int i = 0; i < direction.length; i++) {
      direction[i] = (float) random.nextGaussian();
      expected += (double) gradients[i] * direction[i];
      scale += (double) gradients[i] * gradients[i];
    }
    float h = 1e-3f;
    double up = losses.at(moved(weights, direction, h), new float[weights.length]);
    double down = losses.at(moved(weights, direction, -h), new float[weights.length]);
    assertThat((up - down) / (2 * h)).isCloseTo(expected, within(5e-3 * Math.sqrt(scale) + 2e-3));
  }

  private static float[] moved(float[] weights, float[] direction, float step) {
    float[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    return moved;
  }

  /** Against a second pass put together by other means: one flow at a time, in inference. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theLossIsTheErrorAtPacketsThatTheNetworkCannotRead(long seed) {
    Losses losses = new Losses(seed, new MaskedPrediction(0.3, 0.5));
    float[] weights = RandomFlows.weights(seed, network);
    losses.at(weights, new float[weights.length]);
    double sum = 0;
    for (int j = 0; j < losses.batch.size(); j++) {
      sum += reference(losses, j, weights);
    }
    assertThat(losses.chunk.maskedSum()).isCloseTo(sum, within(1e-5 * sum));
  }

  private double reference(Losses losses, int j, float[] weights) {
    TrainingBatch batch = losses.batch;
    int n = batch.packets().rows(j);
    boolean[] hidden = new boolean[n];
    PacketMask.draw(batch.key(j, NoiseUse.MASKED_PACKETS), n, batch.maskedPackets(j), hidden, 0);
    Ragged tokens = new Ragged();
    tokens.append(n + 1);
    Tape tape = new Tape(KERNELS, losses.panels, network.inferenceTapeFloats(KERNELS, tokens));
    tape.startInference(weights);
    Var packets = tape.constant(n, 9);
    Var features = tape.constant(1, 20);
    Var time = tape.constant(1, MODEL.dModel());
    new TimeEmbedding(MODEL.dModel()).write(batch.time(j), tape.data(), time.offset());
    float[] noise = normals(batch.key(j, NoiseUse.PATH_FEATURES), 20);
    for (int k = 0; k < 20; k++) {
      float x0 = batch.sourceFeatures()[batch.sourceFeaturesAt(j) + k];
      float x1 = batch.features()[j * 20 + k];
      tape.data()[features.offset() + k] = on(batch.time(j), x0, x1, noise[k]);
    }
    float[] packetNoise = normals(batch.key(j, NoiseUse.PATH_PACKETS), 3 * n);
    float[] bitNoise = normals(batch.key(j, NoiseUse.PATH_BITS), 6 * n);
    float[] target = new float[9 * n];
    for (int k = 0; k < 9 * n; k++) {
      int p = k / 9;
      int c = k % 9;
      boolean bit = c >= 3;
      int at = bit ? 6 * p + c - 3 : 3 * p + c;
      float x0 =
          bit
              ? batch.sourceBits()[batch.sourceBitsAt(j) + at]
              : batch.sourcePackets()[batch.sourceAt(j) + at];
      int row = batch.packets().start(j);
      float x1 = bit ? batch.bits()[6 * row + at] : batch.continuous()[3 * row + at];
      float eps = bit ? bitNoise[at] : packetNoise[at];
      tape.data()[packets.offset() + k] = hidden[p] ? 0 : on(batch.time(j), x0, x1, eps);
      target[k] = x1 - x0;
    }
    NetworkOutput output = network.forward(tape, new NetworkInput(packets, features, time, tokens));
    double sum = 0;
    for (int k = 0; k < 9 * n; k++) {
      int p = k / 9;
      int c = k % 9;
      Var head = c < 3 ? output.velocity() : output.logits();
      int at = c < 3 ? 3 * p + c : 6 * p + c - 3;
      double error = (double) tape.data()[head.offset() + at] - target[k];
      sum += hidden[p] ? error * error : 0;
    }
    return sum;
  }

  private static float on(double t, float x0, float x1, float eps) {
    return (float) ((1 - t) * x0 + t * x1 + PLAIN.sigma() * eps);
  }

  private static float[] normals(long key, int count) {
    float[] normals = new float[count];
    CounterRandom.fillNormals(key, normals, 0, count);
    return normals;
  }

  @Test
  void theResultIsTheSameForAnyThreadsAndKernelsAndWhenResumed() {
    Kernels best = KernelSelection.best();
    float[] reference = train(MASKED, best, 1, new ArrayList<>());
    assertThat(train(MASKED, best, 2, new ArrayList<>())).containsExactly(reference);
    List<TrainingProgress> steps = new ArrayList<>();
    run(MASKED, best, 3, steps, () -> steps.size() == 2);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      float[] resumed =
          new Trainer(MODEL, MASKED, flows, KERNELS, team, file())
              .resume(steps::add, () -> false)
              .weights();
      assertThat(resumed).containsExactly(reference);
    }
  }

  @Test
  void withoutWeightNothingChangesWhateverTheRatio() {
    List<TrainingProgress> plain = new ArrayList<>();
    List<TrainingProgress> off = new ArrayList<>();
    Kernels best = KernelSelection.best();
    float[] reference = train(PLAIN, best, 2, plain);
    TrainingConfig zero = PLAIN.withMaskedPrediction(new MaskedPrediction(0, 0.9));
    assertThat(train(zero, best, 2, off)).containsExactly(reference);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(off.get(i).loss()).isEqualTo(plain.get(i).loss());
      assertThat(off.get(i).maskedLoss()).isNaN();
    }
    assertThat(train(MASKED, best, 2, new ArrayList<>())).isNotEqualTo(reference);
    TrainingConfig more = PLAIN.withMaskedPrediction(new MaskedPrediction(0.3, 0.9));
    assertThat(train(more, best, 2, new ArrayList<>()))
        .isNotEqualTo(train(MASKED, best, 2, new ArrayList<>()));
  }

  @Test
  void theLossIsReportedAndPartOfTheWhole() {
    List<TrainingProgress> steps = new ArrayList<>();
    train(MASKED, KernelSelection.best(), 2, steps);
    for (TrainingProgress step : steps) {
      assertThat(step.maskedLoss()).isPositive();
      assertThat(step.loss())
          .isCloseTo(step.packetLoss() + step.flowLoss() + 0.3 * step.maskedLoss(), within(1e-12));
    }
  }

  @Test
  void flowsOfOnePacketHaveNothingToMask() {
    List<TrainingProgress> steps = new ArrayList<>();
    NormalizedFlows single = RandomFlows.of(5, 40, 1);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      float[] plain =
          new Trainer(MODEL, PLAIN, single, KERNELS, team, file())
              .train(p -> {}, () -> false)
              .weights();
      assertThat(
              new Trainer(MODEL, MASKED, single, KERNELS, team, file())
                  .train(steps::add, () -> false)
                  .weights())
          .containsExactly(plain);
    }
    assertThat(steps).allSatisfy(step -> assertThat(step.maskedLoss()).isZero());
  }

  @ParameterizedTest
  @MethodSource("dev.janus.model.ModelParts#separate")
  void onlyTheUnifiedArchitectureHasIt(ModelConfig other) {
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      assertThatThrownBy(() -> new Trainer(other, MASKED, flows, KERNELS, team, file()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("mask_weight above 0 needs model.architecture: unified");
    }
  }

  private float[] train(
      TrainingConfig config, Kernels kernels, int threads, List<TrainingProgress> steps) {
    return run(config, kernels, threads, steps, () -> false).weights();
  }

  private TrainingOutcome run(
      TrainingConfig config,
      Kernels kernels,
      int threads,
      List<TrainingProgress> steps,
      BooleanSupplier stop) {
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      return new Trainer(MODEL, config, flows, kernels, team, file()).train(steps::add, stop);
    }
  }

  private Path file() {
    return folder.resolve("checkpoint");
  }

  /** All losses of one batch, as one chunk. */
  private final class Losses {
    private final TrainingConfig config;
    private final TrainingBatch batch;
    private final WeightPanels panels = network.trainingPanels(KERNELS);
    private final ChunkLosses chunk = new ChunkLosses();

    Losses(long seed, MaskedPrediction masked) {
      config =
          new TrainingConfig(seed, 1, 6, 1e-3, 5, 0.01, 1, 0.9, 0.1, 1, true, 0.05, 50, 100)
              .withMaskedPrediction(masked);
      NormalizedFlows few = RandomFlows.of(seed, 6, ModelParts.MAX_PACKETS);
      TrainingFlows data = new NormalizedTrainingFlows(few, ModelParts.MAX_PACKETS);
      batch = new TrainingBatch(MODEL, config, data, new BatchSampler(seed, 6, 6, data::expect));
      try (ThreadTeam team = ThreadTeam.ofSize(1)) {
        batch.prepare(0, team);
      }
    }

    /** The whole loss; adds its gradient. */
    double at(float[] weights, float[] gradients) {
      int packets = batch.packets().totalRows();
      int masked = batch.maskedPackets();
      assertThat(masked).isPositive();
      LossWeights lossWeights =
          LossWeights.of(MODEL, config, packets, batch.size(), batch.askedBits(), masked);
      try (ThreadTeam team = ThreadTeam.ofSize(1)) {
        panels.pack(weights, team);
      }
      chunk.start(1);
      new TrainingWorkspace(network, KERNELS, panels, config.sigma())
          .run(batch, 0, 0, batch.size(), lossWeights, weights, gradients, chunk);
      return chunk.packetSum() / (9.0 * packets)
          + chunk.flowSum() / (20.0 * batch.size())
          + config.maskedPrediction().weight() * chunk.maskedSum() / (9.0 * masked);
    }
  }
}
