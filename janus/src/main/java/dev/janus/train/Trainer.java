package dev.janus.train;

import dev.janus.autograd.nn.WeightPanels;
import dev.janus.autograd.optim.AdamW;
import dev.janus.autograd.optim.GradientSlots;
import dev.janus.autograd.optim.LearningRate;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ChunkPlan;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BooleanSupplier;

/**
 * Trains the network on benign flows (method, section 6). The result is a function of the
 * configuration and the flows alone: the number of threads, the kernels and interruptions that are
 * resumed change no bit of it. Not thread-safe; one instance trains once.
 */
public final class Trainer {
  private final TrainingConfig config;
  private final TrainingLength length;
  private final JanusNetwork network;
  private final ThreadTeam team;
  private final Path checkpoint;
  private final String fingerprint;
  private final BatchSampler sampler;
  private final TrainingBatch batch;
  private final ChunkPlan plan = ChunkPlan.forTraining(GradientSlots.COUNT);
  private final ChunkLosses losses = new ChunkLosses();
  private final WeightPanels panels;
  private final GradientSlots slots;
  private final AdamW optimizer;
  private final LearningRate learningRate;
  private final ConcurrentLinkedDeque<TrainingWorkspace> workspaces = new ConcurrentLinkedDeque<>();
  private float[] weights;
  private float[] average;

  /** Steps done in the checkpoint of this run; 0 while there is none. */
  private int lastCheckpointStep;

  private boolean started;

  /**
   * Prepares a run on flows in memory.
   *
   * @param flows the normalised benign training flows; not changed while training
   * @param checkpoint as below
   * @throws TrainingException when there are fewer than two flows, or a flow has more packets than
   *     the model reads or a value that is not finite; names the row
   */
  public Trainer(
      ModelConfig model,
      TrainingConfig config,
      NormalizedFlows flows,
      Kernels kernels,
      ThreadTeam team,
      Path checkpoint) {
    this(
        model,
        config,
        new NormalizedTrainingFlows(flows, model.maxPackets()),
        kernels,
        team,
        checkpoint);
  }

  /**
   * Prepares a run.
   *
   * @param flows the benign training flows; not changed while training
   * @param checkpoint file that checkpoints are written to and {@link #resume} reads
   * @throws TrainingException when there are fewer than two flows
   * @throws IllegalArgumentException when the model cannot be trained so; see {@link
   *     TrainingConfig#requireFits}
   */
  public Trainer(
      ModelConfig model,
      TrainingConfig config,
      TrainingFlows flows,
      Kernels kernels,
      ThreadTeam team,
      Path checkpoint) {
    config.requireFits(model);
    if (flows.count() < 2) {
      throw new TrainingException("training needs at least 2 benign flows, found " + flows.count());
    }
    this.config = config;
    this.length = TrainingLength.of(config, flows.count());
    this.network = new JanusNetwork(model);
    this.team = team;
    this.checkpoint = checkpoint;
    this.fingerprint = Checkpoint.fingerprint(model, config, flows);
    this.sampler =
        new BatchSampler(config.seed(), flows.count(), config.batchSize(), flows::expect);
    this.batch = new TrainingBatch(model, config, flows, sampler);
    this.panels = network.trainingPanels(kernels);
    int parameters = network.layout().length();
    this.slots = new GradientSlots(kernels, parameters);
    this.optimizer = new AdamW(kernels, parameters, config.weightDecay(), config.clipNorm());
    this.learningRate =
        new LearningRate(config.learningRate(), config.warmupSteps(), config.steps());
    for (int i = 0; i < team.size(); i++) {
      workspaces.push(new TrainingWorkspace(network, kernels, panels, config.sigma()));
    }
    this.weights = network.initialWeights(config.seed());
    this.average = weights.clone();
  }

  /** How long the whole training is, whether or not it is resumed. */
  public TrainingLength length() {
    return length;
  }

  /**
   * Trains from the start, or from where {@link #restore} put it; an older checkpoint of the same
   * name is overwritten in time.
   */
  public TrainingOutcome train(TrainingListener listener, BooleanSupplier stop) {
    return run(listener, stop);
  }

  /**
   * Goes on from the checkpoint.
   *
   * @throws TrainingException as {@link #restore}
   */
  public TrainingOutcome resume(TrainingListener listener, BooleanSupplier stop) {
    restore();
    return run(listener, stop);
  }

  /**
   * Takes the checkpoint's state, so that {@link #train} goes on from there; changes no file.
   *
   * @throws TrainingException when there is none or it belongs to another configuration or other
   *     flows
   */
  public void restore() {
    if (!Files.exists(checkpoint)) {
      throw new TrainingException(
          checkpoint + ": no checkpoint to resume from; train without --resume first");
    }
    TrainingState state = Checkpoint.read(checkpoint, weights.length, fingerprint);
    weights = state.weights();
    average = state.average();
    System.arraycopy(state.firstMoment(), 0, optimizer.firstMoment(), 0, weights.length);
    System.arraycopy(state.secondMoment(), 0, optimizer.secondMoment(), 0, weights.length);
    lastCheckpointStep = state.step();
  }

  private TrainingOutcome run(TrainingListener listener, BooleanSupplier stop) {
    if (started) {
      throw new IllegalStateException("a trainer trains once");
    }
    started = true;
    Throughput throughput = new Throughput(config.steps());
    int epochSteps = sampler.stepsPerEpoch();
    for (int step = lastCheckpointStep; step < config.steps(); step++) {
      TrainingProgress progress = step(step, throughput);
      listener.onStep(progress);
      int done = step + 1;
      boolean stopped = stop.getAsBoolean() && done < config.steps();
      boolean due = done % config.checkpointSteps() == 0 || done % epochSteps == 0;
      if (stopped || due || done == config.steps()) {
        writeCheckpoint(done);
        listener.onCheckpoint(checkpoint, done);
      }
      if (stopped) {
        return outcome(done, throughput);
      }
    }
    return outcome(config.steps(), throughput);
  }

  private TrainingOutcome outcome(int done, Throughput throughput) {
    return new TrainingOutcome(
        average.clone(),
        done,
        done == config.steps(),
        throughput.flowsPerSecond(),
        throughput.tokensPerSecond());
  }

  private TrainingProgress step(int step, Throughput throughput) {
    batch.prepare(step, team);
    int packets = batch.packets().totalRows();
    int flows = batch.size();
    int asked = batch.askedBits();
    ModelConfig model = network.config();
    int masked = batch.maskedPackets();
    LossWeights lossWeights = LossWeights.of(model, config, packets, flows, asked, masked);
    float[] gradients = gradients(lossWeights);
    double packetLoss =
        losses.packetSum() / (Math.max(1, model.velocityChannels()) * (double) packets);
    double flowLoss = losses.flowSum() * lossWeights.flow();
    double discreteLoss = losses.discreteSum() / asked;
    double maskedLoss =
        losses.maskedSum() / Math.max(1.0, model.velocityChannels() * (double) masked);
    double loss = packetLoss + flowLoss + config.lambdaDisc() * discreteLoss;
    if (config.maskedPrediction().takesPart()) {
      loss += config.maskedPrediction().weight() * maskedLoss;
    }
    double norm = optimizer.norm(gradients, team);
    requireFinite(step, loss, norm);
    double rate = learningRate.at(step);
    double emaDecay = Math.min(config.emaDecay(), (1.0 + step) / (10.0 + step));
    optimizer.step(step, rate, norm, emaDecay, weights, gradients, average, team);
    throughput.add(flows, packets + flows);
    return new TrainingProgress(
        step + 1,
        config.steps(),
        (step + 1.0) / sampler.stepsPerEpoch(),
        loss,
        model.hasContinuous() ? packetLoss : Double.NaN,
        model.hasFlowToken() ? flowLoss : Double.NaN,
        model.hasBits() ? discreteLoss : Double.NaN,
        config.maskedPrediction().takesPart() ? maskedLoss : Double.NaN,
        norm,
        rate,
        throughput.flowsPerSecond(),
        throughput.tokensPerSecond(),
        throughput.secondsLeft(step + 1));
  }

  /** Gradients of the batch, summed over chunks in an order that no thread count changes. */
  private float[] gradients(LossWeights lossWeights) {
    panels.pack(weights, team);
    plan.plan(batch.packets());
    losses.start(plan.count());
    int used = Math.min(plan.count(), GradientSlots.COUNT);
    team.run(used, slot -> fillSlot(slot, lossWeights));
    return slots.sum(used, team);
  }

  private void fillSlot(int slot, LossWeights lossWeights) {
    TrainingWorkspace workspace = workspaces.pop();
    try {
      slots.clear(slot);
      for (int c = slot; c < plan.count(); c += GradientSlots.COUNT) {
        workspace.run(
            batch, c, plan.from(c), plan.to(c), lossWeights, weights, slots.slot(slot), losses);
      }
    } finally {
      workspaces.push(workspace);
    }
  }

  private void requireFinite(int step, double loss, double norm) {
    if (Double.isFinite(loss) && Double.isFinite(norm)) {
      return;
    }
    String last =
        lastCheckpointStep == 0
            ? "no checkpoint was written yet"
            : "the last good checkpoint, after step " + lastCheckpointStep + ", is " + checkpoint;
    throw new TrainingException(
        "step %d: loss %s, gradient norm %s; %s. Train again with a lower training.learning_rate"
            .formatted(step + 1, loss, norm, last));
  }

  private void writeCheckpoint(int done) {
    Checkpoint.write(
        checkpoint,
        new TrainingState(
            done, weights, average, optimizer.firstMoment(), optimizer.secondMoment()),
        fingerprint);
    lastCheckpointStep = done;
  }
}
