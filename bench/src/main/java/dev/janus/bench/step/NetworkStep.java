package dev.janus.bench.step;

import dev.janus.autograd.nn.WeightPanels;
import dev.janus.autograd.optim.AdamW;
import dev.janus.autograd.optim.GradientSlots;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.engine.random.CounterRandom;
import dev.janus.model.ChunkPlan;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Our side of the step comparisons: a training step or a forward pass of the network on one batch,
 * in chunks of whole flows on a thread team, as the trainer and the scorer do it. Sampling, noise
 * and the Sinkhorn pairing are left out, since the peers do not have them. Not thread-safe.
 */
public final class NetworkStep implements AutoCloseable {
  private static final double LEARNING_RATE = 1e-3;
  private static final double WEIGHT_DECAY = 0.01;
  private static final double EMA_DECAY = 0.995;

  /** Clipping is computed, as in training, and never bites: the peers' optimisers do not clip. */
  private static final double CLIP_NORM = 1e9;

  private final StepBatch batch;
  private final ThreadTeam team;
  private final WeightPanels trainingPanels;
  private final WeightPanels inferencePanels;
  private final GradientSlots slots;
  private final ChunkPlan trainingPlan = ChunkPlan.forTraining(GradientSlots.COUNT);
  private final ChunkPlan inferencePlan;
  private final AdamW optimizer;
  private final float[] weights;
  private final float[] average;
  private final float[] inferenceWeights;
  private final StepOutput output;
  private final ConcurrentLinkedDeque<StepWorkspace> trainingSpaces = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<StepWorkspace> inferenceSpaces =
      new ConcurrentLinkedDeque<>();
  private int steps;

  /** A step of the default network (d 128, 4 layers, 4 heads, causal) on {@code batch}. */
  public NetworkStep(StepBatch batch, Kernels kernels, int threads) {
    this(new JanusNetwork(ModelConfig.defaults()), batch, kernels, threads);
  }

  private NetworkStep(JanusNetwork network, StepBatch batch, Kernels kernels, int threads) {
    this.batch = batch;
    this.team = ThreadTeam.ofSize(threads);
    this.trainingPanels = network.trainingPanels(kernels);
    this.inferencePanels = network.inferencePanels(kernels);
    this.inferencePlan = ChunkPlan.forScoring(threads);
    int length = network.layout().length();
    this.slots = new GradientSlots(kernels, length);
    this.optimizer = new AdamW(kernels, length, WEIGHT_DECAY, CLIP_NORM);
    this.weights = randomWeights();
    this.average = weights.clone();
    this.inferenceWeights = weights.clone();
    this.output = StepOutput.of(batch);
    for (int i = 0; i < threads; i++) {
      trainingSpaces.push(new StepWorkspace(network, kernels, trainingPanels));
      inferenceSpaces.push(new StepWorkspace(network, kernels, inferencePanels));
    }
    inferencePanels.pack(inferenceWeights, team);
  }

  /**
   * Weights of the default network to compare results with: normals times 0.05 everywhere; the
   * network's own initial weights hold zeros, and a comparison of results needs every path to
   * count.
   */
  public static float[] randomWeights() {
    int length = new JanusNetwork(ModelConfig.defaults()).layout().length();
    float[] weights = new float[length];
    CounterRandom.fillNormals(FlowLengths.SEED, weights, 0, length);
    for (int i = 0; i < length; i++) {
      weights[i] *= 0.05f;
    }
    return weights;
  }

  /** Parameters in the order of {@code JanusNetwork.layout()}; {@link #train} changes them. */
  public float[] weights() {
    return weights;
  }

  /**
   * Forward, losses and backward without the optimiser: packs the weights, as each training step
   * has to.
   *
   * @return gradients in the order of the weights; valid until the next call
   */
  public float[] gradients() {
    trainingPanels.pack(weights, team);
    trainingPlan.plan(batch.packets());
    int used = Math.min(trainingPlan.count(), GradientSlots.COUNT);
    team.run(used, this::fillSlot);
    return slots.sum(used, team);
  }

  private void fillSlot(int slot) {
    StepWorkspace workspace = trainingSpaces.pop();
    try {
      slots.clear(slot);
      for (int c = slot; c < trainingPlan.count(); c += GradientSlots.COUNT) {
        workspace.train(batch, trainingPlan.from(c), trainingPlan.to(c), weights, slots.slot(slot));
      }
    } finally {
      trainingSpaces.push(workspace);
    }
  }

  /** A whole training step: {@link #gradients}, then AdamW with its gradient norm and average. */
  public void train() {
    float[] gradients = gradients();
    double norm = optimizer.norm(gradients, team);
    optimizer.step(steps++, LEARNING_RATE, norm, EMA_DECAY, weights, gradients, average, team);
  }

  /**
   * A forward pass with the weights packed once, as scoring does it: with those this object was
   * made with, whatever {@link #train} did since.
   *
   * @return the outputs; overwritten by the next call
   */
  public StepOutput forward() {
    inferencePlan.plan(batch.packets());
    team.run(inferencePlan.count(), this::inferChunk);
    return output;
  }

  private void inferChunk(int chunk) {
    StepWorkspace workspace = inferenceSpaces.pop();
    try {
      workspace.infer(
          batch, inferencePlan.from(chunk), inferencePlan.to(chunk), inferenceWeights, output);
    } finally {
      inferenceSpaces.push(workspace);
    }
  }

  @Override
  public void close() {
    team.close();
  }
}
