package dev.janus.train;

import dev.janus.autograd.Tape;
import dev.janus.autograd.Var;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.random.CounterRandom;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NetworkInput;
import dev.janus.model.NetworkOutput;
import dev.janus.model.NoisePath;
import dev.janus.model.TimeEmbedding;
import java.util.Arrays;

/**
 * One thread's tape and buffers: runs a chunk of a batch forward and backward to the end while its
 * activations are in cache (method, section 6, items 4 to 6), and where {@link MaskedPrediction}
 * takes part once more with packets masked.
 */
final class TrainingWorkspace {
  private static final int CONTINUOUS = JanusNetwork.CONTINUOUS;
  private static final int BITS = JanusNetwork.BITS;
  private static final int FEATURES = FlowFeature.COUNT;

  private final JanusNetwork network;
  private final ModelConfig model;
  private final Kernels kernels;
  private final Tape tape;
  private final NoisePath path;
  private final TimeEmbedding timeEmbedding;
  private final Ragged tokens = new Ragged();
  private final float[] spread;
  private final float[] keep;
  private final float[] coin;
  private float[] velocityTarget = new float[0];
  private float[] flowTarget = new float[0];

  /** True bits that the network is asked for, 0 for the others; or the velocity of bits. */
  private float[] bitTarget = new float[0];

  /** Packets of the chunk that the second pass masks. */
  private boolean[] masked = new boolean[0];

  TrainingWorkspace(JanusNetwork network, Kernels kernels, WeightPanels panels, double sigma) {
    this.network = network;
    this.model = network.config();
    this.kernels = kernels;
    this.tape = new Tape(kernels, panels, 0);
    this.path = new NoisePath(sigma, model.discreteSource());
    this.timeEmbedding = new TimeEmbedding(model.dModel());
    int packets = model.maxPackets();
    spread = new float[Math.max(packets * BITS, FEATURES)];
    keep = new float[packets * BITS];
    coin = new float[packets * BITS];
  }

  /** Runs flows {@code from..to-1}: adds to {@code gradients} and sets the losses of the chunk. */
  void run(
      TrainingBatch batch,
      int chunk,
      int from,
      int to,
      LossWeights weights,
      float[] parameters,
      float[] gradients,
      ChunkLosses losses) {
    tokens.clear();
    for (int j = from; j < to; j++) {
      tokens.append(batch.packets().rows(j) + 1);
    }
    tape.ensureCapacity(network.trainingTapeFloats(kernels, tokens));
    tape.startTraining(parameters, gradients);
    NetworkOutput output = network.forward(tape, input(batch, from, to));
    double packetSum =
        model.hasContinuous()
            ? tape.squaredError(output.velocity(), velocityTarget, 0, weights.packet())
            : 0;
    if (model.hasContinuousBits()) {
      packetSum += tape.squaredError(output.logits(), bitTarget, 0, weights.packet());
    }
    double flowSum =
        model.hasFlowToken()
            ? tape.squaredError(output.flowVelocity(), flowTarget, 0, weights.flow())
            : 0;
    double discreteSum =
        model.hasBits()
            ? tape.bitCrossEntropy(output.logits(), bitTarget, 0, weights.discrete())
            : 0;
    tape.backward();
    losses.set(chunk, packetSum, flowSum, discreteSum);
    if (weights.masked() > 0) {
      tape.startTraining(parameters, gradients);
      losses.setMasked(chunk, maskedSum(batch, from, to, weights.masked()));
    }
  }

  /** The second pass, forward and backward: squared errors at the masked packets. */
  private double maskedSum(TrainingBatch batch, int from, int to, double weight) {
    NetworkInput input = input(batch, from, to);
    int rows = input.packets().rows();
    if (!mask(batch, from, to, input.packets())) {
      return 0;
    }
    NetworkOutput output = network.forward(tape, input);
    leaveOutVisible(output.velocity(), velocityTarget, rows);
    leaveOutVisible(output.logits(), bitTarget, rows);
    double sum =
        tape.squaredError(output.velocity(), velocityTarget, 0, weight)
            + tape.squaredError(output.logits(), bitTarget, 0, weight);
    tape.backward();
    return sum;
  }

  /** Puts 0 in place of all that masked packets hold; tells whether there are any. */
  private boolean mask(TrainingBatch batch, int from, int to, Var packets) {
    int firstPacket = batch.packets().start(from);
    boolean any = false;
    for (int j = from; j < to; j++) {
      int row = batch.packets().start(j) - firstPacket;
      int n = batch.packets().rows(j);
      int count = batch.maskedPackets(j);
      PacketMask.draw(batch.key(j, NoiseUse.MASKED_PACKETS), n, count, masked, row);
      any |= count > 0;
    }
    int width = JanusNetwork.PACKET_INPUTS;
    for (int row = 0; row < packets.rows(); row++) {
      if (masked[row]) {
        int start = packets.offset() + row * width;
        Arrays.fill(tape.data(), start, start + width, 0f);
      }
    }
    return any;
  }

  /** A target that equals the prediction adds 0 to the sum of errors and to every gradient. */
  private void leaveOutVisible(Var prediction, float[] target, int rows) {
    int width = prediction.columns();
    for (int row = 0; row < rows; row++) {
      if (!masked[row]) {
        int start = prediction.offset() + row * width;
        System.arraycopy(tape.data(), start, target, row * width, width);
      }
    }
  }

  private NetworkInput input(TrainingBatch batch, int from, int to) {
    int flows = to - from;
    int firstPacket = batch.packets().start(from);
    int packetRows = batch.packets().start(to) - firstPacket;
    ensureTargets(packetRows, flows);
    int d = model.dModel();
    Var packets = tape.constant(packetRows, JanusNetwork.PACKET_INPUTS);
    Var features = tape.constant(flows, FEATURES);
    Var time = tape.constant(flows, d);
    for (int j = from; j < to; j++) {
      int row = batch.packets().start(j) - firstPacket;
      packetInputs(batch, j, row, packets.offset() + row * JanusNetwork.PACKET_INPUTS);
      featureInputs(batch, j, j - from, features.offset() + (j - from) * FEATURES);
      timeEmbedding.write(batch.time(j), tape.data(), time.offset() + (j - from) * d);
    }
    return new NetworkInput(packets, features, time, tokens);
  }

  private void packetInputs(TrainingBatch batch, int j, int row, int inputs) {
    int n = batch.packets().rows(j);
    if (model.hasContinuous()) {
      continuousInputs(batch, j, n, row, inputs);
    } else {
      NoisePath.blankPackets(n, tape.data(), inputs);
    }
    if (model.hasBits()) {
      bitInputs(batch, j, n, row, inputs);
    } else if (model.hasContinuousBits()) {
      continuousBitInputs(batch, j, n, row, inputs);
    } else {
      NoisePath.blankBits(n, tape.data(), inputs);
    }
  }

  private void continuousInputs(TrainingBatch batch, int j, int n, int row, int inputs) {
    int data = batch.packets().start(j) * CONTINUOUS;
    int source = batch.sourceAt(j);
    CounterRandom.fillNormals(batch.key(j, NoiseUse.PATH_PACKETS), spread, 0, n * CONTINUOUS);
    path.packets(
        n,
        batch.time(j),
        batch.sourcePackets(),
        source,
        batch.continuous(),
        data,
        spread,
        0,
        tape.data(),
        inputs);
    for (int k = 0; k < n * CONTINUOUS; k++) {
      velocityTarget[row * CONTINUOUS + k] =
          batch.continuous()[data + k] - batch.sourcePackets()[source + k];
    }
  }

  private void bitInputs(TrainingBatch batch, int j, int n, int row, int inputs) {
    double t = batch.time(j);
    int bits = batch.packets().start(j) * BITS;
    CounterRandom.fillUniforms(batch.key(j, NoiseUse.BIT_KEPT), keep, 0, n * BITS);
    CounterRandom.fillUniforms(batch.key(j, NoiseUse.BIT_COIN), coin, 0, n * BITS);
    path.bits(n, t, batch.bits(), bits, keep, 0, coin, 0, tape.data(), inputs);
    for (int k = 0; k < n * BITS; k++) {
      bitTarget[row * BITS + k] = path.source().asks(keep[k], t) ? batch.bits()[bits + k] : 0;
    }
  }

  private void continuousBitInputs(TrainingBatch batch, int j, int n, int row, int inputs) {
    int bits = batch.packets().start(j) * BITS;
    int source = batch.sourceBitsAt(j);
    CounterRandom.fillNormals(batch.key(j, NoiseUse.PATH_BITS), spread, 0, n * BITS);
    path.continuousBits(
        n,
        batch.time(j),
        batch.sourceBits(),
        source,
        batch.bits(),
        bits,
        spread,
        0,
        tape.data(),
        inputs);
    for (int k = 0; k < n * BITS; k++) {
      bitTarget[row * BITS + k] = batch.bits()[bits + k] - batch.sourceBits()[source + k];
    }
  }

  private void featureInputs(TrainingBatch batch, int j, int row, int inputs) {
    if (!model.hasFlowToken()) {
      Arrays.fill(tape.data(), inputs, inputs + FEATURES, 0f);
      return;
    }
    int source = batch.sourceFeaturesAt(j);
    CounterRandom.fillNormals(batch.key(j, NoiseUse.PATH_FEATURES), spread, 0, FEATURES);
    path.features(
        batch.time(j),
        batch.sourceFeatures(),
        source,
        batch.features(),
        j * FEATURES,
        spread,
        0,
        tape.data(),
        inputs);
    for (int k = 0; k < FEATURES; k++) {
      flowTarget[row * FEATURES + k] =
          batch.features()[j * FEATURES + k] - batch.sourceFeatures()[source + k];
    }
  }

  private void ensureTargets(int packetRows, int flows) {
    if (velocityTarget.length < packetRows * CONTINUOUS) {
      velocityTarget = new float[packetRows * CONTINUOUS];
      bitTarget = new float[packetRows * BITS];
      masked = new boolean[packetRows];
    }
    if (flowTarget.length < flows * FEATURES) {
      flowTarget = new float[flows * FEATURES];
    }
  }
}
