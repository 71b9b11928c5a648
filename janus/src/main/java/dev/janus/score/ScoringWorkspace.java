package dev.janus.score;

import dev.janus.autograd.LogisticLoss;
import dev.janus.autograd.Tape;
import dev.janus.autograd.Var;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.Kernels;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.ModelException;
import dev.janus.model.NetworkInput;
import dev.janus.model.NetworkOutput;
import dev.janus.model.NoisePath;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.TimeEmbedding;
import java.util.Arrays;

/**
 * One thread's tape and buffers for scoring chunks of flows. Every result of a flow is a function
 * of that flow alone, and what it says of packets 0..i is a function of those packets (method,
 * section 11).
 */
final class ScoringWorkspace {
  private static final int CONTINUOUS = JanusNetwork.CONTINUOUS;
  private static final int BITS = JanusNetwork.BITS;
  private static final int INPUTS = JanusNetwork.PACKET_INPUTS;
  private static final int FEATURES = FlowFeature.COUNT;

  private final JanusNetwork network;
  private final ModelConfig model;
  private final float[] weights;
  private final ScoringConfig config;
  private final ScoringNoise noise;
  private final NoisePath path;
  private final Kernels kernels;
  private final Tape tape;
  private final TimeEmbedding timeEmbedding;
  private final Ragged tokens = new Ragged();
  private final double[] room;
  private NormalizedFlows flows = new NormalizedFlows();
  private int from;
  private int flowCount;
  private int firstPacket;
  private int packetCount;
  private float[] packetLatents = new float[0];
  private float[] flowLatents = new float[0];
  private float[] packetStage = new float[0];
  private float[] flowStage = new float[0];

  /** Latents of bits that are taken as continuous. */
  private float[] bitLatents = new float[0];

  private float[] bitStage = new float[0];
  private double[] bitNll = new double[0];

  ScoringWorkspace(
      JanusNetwork network,
      float[] weights,
      ScoringConfig config,
      ScoringNoise noise,
      Kernels kernels,
      WeightPanels panels) {
    this.network = network;
    this.model = network.config();
    this.weights = weights;
    this.config = config;
    this.noise = noise;
    this.path = new NoisePath(config.sigma(), model.discreteSource());
    this.kernels = kernels;
    this.tape = new Tape(kernels, panels, 0);
    this.timeEmbedding = new TimeEmbedding(model.dModel());
    this.room = new double[model.dModel()];
  }

  /** Scores flows {@code first..last-1} into rows {@code first..last-1} of {@code [N, 10]}. */
  void run(NormalizedFlows all, int first, int last, double[] scores) {
    load(all, first, last);
    integrate();
    bitLosses();
    for (int f = 0; f < flowCount; f++) {
      write(f, scores, (first + f) * ScoreName.COUNT);
    }
  }

  /** Hands the states behind {@link HiddenState} of flows {@code first..last-1} to a reader. */
  void states(NormalizedFlows all, int first, int last, StateReader reader) {
    load(all, first, last);
    int state = statePass();
    int d = room.length;
    float[] data = tape.data();
    for (int f = 0; f < flowCount; f++) {
      int row = tokens.start(f) + model.flowTokenPlace().firstPacketRow();
      reader.read(first + f, data, state + row * d, tokens.rows(f) - 1, room);
    }
  }

  /**
   * What the results of a single flow are sums of: the very numbers that {@link #run} adds up.
   *
   * @throws ModelException when the model is of the unified architecture
   */
  FlowTerms terms(NormalizedFlows single) {
    FlowTerms.requireFrom(model);
    run(single, 0, 1, new double[ScoreName.COUNT]);
    int d = model.dModel();
    float[] packets = Arrays.copyOf(packetLatents, packetCount * CONTINUOUS);
    float[] features = Arrays.copyOf(flowLatents, FEATURES);
    double[] bits = Arrays.copyOf(bitNll, packetCount * BITS);
    for (int k = 0; k < bits.length; k++) {
      bits[k] /= asked(packetCount, k % BITS) / packetCount;
    }
    int state = statePass();
    float[] states = Arrays.copyOfRange(tape.data(), state, state + packetCount * d);
    float[] own = Arrays.copyOf(single.features(), FEATURES);
    return new FlowTerms(packetCount, packets, features, bits, own, states);
  }

  /** The pass behind {@link HiddenState}; gives the place of its states {@code [tokens, d]}. */
  private int statePass() {
    startFromData();
    return velocity(HiddenState.TIME, packetLatents, bitLatents, flowLatents).hidden().offset();
  }

  private void load(NormalizedFlows all, int first, int last) {
    flows = all;
    from = first;
    flowCount = last - first;
    firstPacket = all.packets().start(first);
    packetCount = all.packets().start(last) - firstPacket;
    tokens.clear();
    for (int f = first; f < last; f++) {
      tokens.append(all.packets().rows(f) + 1);
    }
    tape.ensureCapacity(network.inferenceTapeFloats(kernels, tokens));
    if (packetLatents.length < packetCount * CONTINUOUS) {
      packetLatents = new float[packetCount * CONTINUOUS];
      packetStage = new float[packetCount * CONTINUOUS];
      bitNll = new double[packetCount * BITS];
      if (model.hasContinuousBits()) {
        bitLatents = new float[packetCount * BITS];
        bitStage = new float[packetCount * BITS];
      }
    }
    if (flowLatents.length < flowCount * FEATURES) {
      flowLatents = new float[flowCount * FEATURES];
      flowStage = new float[flowCount * FEATURES];
    }
  }

  // ---- terminal latents (method, section 7.1) --------------------------------------------------

  private void integrate() {
    startFromData();
    if (!model.hasContinuous() && !model.hasFlowToken()) {
      return;
    }
    double h = 1.0 / config.odeSteps();
    for (int k = config.odeSteps(); k >= 1; k--) {
      double t = k * h;
      switch (config.solver()) {
        case EULER -> advance(velocity(t, packetLatents, bitLatents, flowLatents), h);
        case MIDPOINT -> midpoint(t, h);
        case HEUN -> heun(t, h);
      }
    }
  }

  private void startFromData() {
    int packetLength = packetCount * CONTINUOUS;
    int flowLength = flowCount * FEATURES;
    if (model.hasContinuous()) {
      System.arraycopy(
          flows.continuous(), firstPacket * CONTINUOUS, packetLatents, 0, packetLength);
    } else {
      Arrays.fill(packetLatents, 0, packetLength, 0f);
    }
    if (model.hasContinuousBits()) {
      System.arraycopy(flows.bits(), firstPacket * BITS, bitLatents, 0, packetCount * BITS);
    }
    if (model.hasFlowToken()) {
      System.arraycopy(flows.features(), from * FEATURES, flowLatents, 0, flowLength);
    } else {
      Arrays.fill(flowLatents, 0, flowLength, 0f);
    }
  }

  private void midpoint(double t, double h) {
    copyToStage();
    NetworkOutput start = velocity(t, packetLatents, bitLatents, flowLatents);
    move(start, h / 2, packetStage, bitStage, flowStage);
    advance(velocity(t - h / 2, packetStage, bitStage, flowStage), h);
  }

  private void heun(double t, double h) {
    copyToStage();
    NetworkOutput start = velocity(t, packetLatents, bitLatents, flowLatents);
    move(start, h, packetStage, bitStage, flowStage);
    advance(start, h / 2);
    advance(velocity(t - h, packetStage, bitStage, flowStage), h / 2);
  }

  private void copyToStage() {
    System.arraycopy(packetLatents, 0, packetStage, 0, packetCount * CONTINUOUS);
    System.arraycopy(flowLatents, 0, flowStage, 0, flowCount * FEATURES);
    if (model.hasContinuousBits()) {
      System.arraycopy(bitLatents, 0, bitStage, 0, packetCount * BITS);
    }
  }

  private void advance(NetworkOutput output, double h) {
    move(output, h, packetLatents, bitLatents, flowLatents);
  }

  /** {@code z <- z - h v}; what takes no part stays 0. */
  private void move(
      NetworkOutput output, double h, float[] packets, float[] bits, float[] features) {
    float factor = (float) -h;
    float[] data = tape.data();
    if (model.hasContinuous()) {
      kernels.scaleAdd(
          packetCount * CONTINUOUS, factor, data, output.velocity().offset(), packets, 0);
    }
    if (model.hasContinuousBits()) {
      kernels.scaleAdd(packetCount * BITS, factor, data, output.logits().offset(), bits, 0);
    }
    if (model.hasFlowToken()) {
      kernels.scaleAdd(
          flowCount * FEATURES, factor, data, output.flowVelocity().offset(), features, 0);
    }
  }

  /** One pass with the true bits, or with their latents where they are taken as continuous. */
  private NetworkOutput velocity(
      double t, float[] packets, float[] continuousBits, float[] features) {
    NetworkInput input = newInput(t);
    float[] data = tape.data();
    float[] bits = model.hasContinuousBits() ? continuousBits : flows.bits();
    int firstBits = model.hasContinuousBits() ? 0 : firstPacket * BITS;
    for (int p = 0; p < packetCount; p++) {
      int to = input.packets().offset() + p * INPUTS;
      System.arraycopy(packets, p * CONTINUOUS, data, to, CONTINUOUS);
      System.arraycopy(bits, firstBits + p * BITS, data, to + CONTINUOUS, BITS);
    }
    if (!model.hasBits() && !model.hasContinuousBits()) {
      NoisePath.blankBits(packetCount, data, input.packets().offset());
    }
    System.arraycopy(features, 0, data, input.features().offset(), flowCount * FEATURES);
    return network.forward(tape, input);
  }

  private NetworkInput newInput(double t) {
    tape.startInference(weights);
    Var packets = tape.constant(packetCount, INPUTS);
    Var features = tape.constant(flowCount, FEATURES);
    Var time = tape.constant(1, model.dModel());
    timeEmbedding.write(t, tape.data(), time.offset());
    return new NetworkInput(packets, features, time, tokens);
  }

  // ---- discrete scores (method, section 7.2) ---------------------------------------------------

  /** Sums each bit's negative log posterior over the times of the grid at which it is asked for. */
  private void bitLosses() {
    Arrays.fill(bitNll, 0, packetCount * BITS, 0);
    if (!model.hasBits()) {
      return;
    }
    for (int q = 0; q < ScoringNoise.GRID.size(); q++) {
      int logits = noisyPass(q).logits().offset();
      for (int f = 0; f < flowCount; f++) {
        addBitLosses(q, f, logits);
      }
    }
  }

  private void addBitLosses(int q, int f, int logits) {
    double t = ScoringNoise.GRID.get(q);
    float[] data = tape.data();
    float[] bits = flows.bits();
    int first = packetRow(f) * BITS;
    int count = (tokens.rows(f) - 1) * BITS;
    for (int k = 0; k < count; k++) {
      if (path.source().asks(noise.keep()[noise.bitsAt(q) + k], t)) {
        float bit = bits[firstPacket * BITS + first + k];
        bitNll[first + k] += LogisticLoss.of(bit, data[logits + first + k]);
      }
    }
  }

  /** How often bit {@code c} of a flow of {@code n} packets is asked for, at least once. */
  private double asked(int n, int c) {
    return switch (path.source()) {
      case UNIFORM -> ScoringNoise.GRID.size() * (double) n;
      case MASKED -> Math.max(1, noise.masked(n, c));
    };
  }

  private NetworkOutput noisyPass(int q) {
    double t = ScoringNoise.GRID.get(q);
    NetworkInput input = newInput(t);
    float[] data = tape.data();
    for (int f = 0; f < flowCount; f++) {
      int n = tokens.rows(f) - 1;
      int packet = flows.packets().start(from + f);
      int inputs = input.packets().offset() + (packet - firstPacket) * INPUTS;
      noisyPackets(q, n, packet, inputs);
      if (model.hasFlowToken()) {
        path.features(
            t,
            noise.sourceFeatures(),
            noise.featuresAt(q),
            flows.features(),
            (from + f) * FEATURES,
            noise.spreadFeatures(),
            noise.featuresAt(q),
            data,
            input.features().offset() + f * FEATURES);
      }
    }
    if (!model.hasFlowToken()) {
      int features = input.features().offset();
      Arrays.fill(data, features, features + flowCount * FEATURES, 0f);
    }
    return network.forward(tape, input);
  }

  /** Inputs of the {@code n} packets of a flow, whose first is number {@code packet} of all. */
  private void noisyPackets(int q, int n, int packet, int inputs) {
    double t = ScoringNoise.GRID.get(q);
    float[] data = tape.data();
    if (model.hasContinuous()) {
      path.packets(
          n,
          t,
          noise.sourcePackets(),
          noise.packetsAt(q),
          flows.continuous(),
          packet * CONTINUOUS,
          noise.spreadPackets(),
          noise.packetsAt(q),
          data,
          inputs);
    } else {
      NoisePath.blankPackets(n, data, inputs);
    }
    path.bits(
        n,
        t,
        flows.bits(),
        packet * BITS,
        noise.keep(),
        noise.bitsAt(q),
        noise.coin(),
        noise.bitsAt(q),
        data,
        inputs);
  }

  // ---- results ---------------------------------------------------------------------------------

  private void write(int f, double[] scores, int at) {
    int n = tokens.rows(f) - 1;
    double packetSquares = squares(packetLatents, packetRow(f) * CONTINUOUS, n * CONTINUOUS);
    double flowSquares = squares(flowLatents, f * FEATURES, FEATURES);
    if (model.hasContinuousBits()) {
      packetSquares += squares(bitLatents, packetRow(f) * BITS, n * BITS);
    }
    double packetElements = Math.max(1, model.velocityChannels()) * (double) n;
    scores[at + ScoreName.TERMINAL_NORM.ordinal()] =
        ScoreName.TERMINAL_NORM.isComputedBy(model)
            ? Math.sqrt((packetSquares + flowSquares) / (packetElements + FEATURES))
            : 0;
    scores[at + ScoreName.TERMINAL_FLOW.ordinal()] = Math.sqrt(flowSquares / FEATURES);
    scores[at + ScoreName.TERMINAL_PACKET.ordinal()] = Math.sqrt(packetSquares / packetElements);
    double total = 0;
    for (int c = 0; c < BITS; c++) {
      double sum = 0;
      for (int p = packetRow(f); p < packetRow(f) + n; p++) {
        sum += bitNll[p * BITS + c];
      }
      double mean = sum / asked(n, c);
      scores[at + ScoreName.DISC_NLL_CH2.ordinal() + c] = mean;
      total += mean;
    }
    scores[at + ScoreName.DISC_NLL_TOTAL.ordinal()] = total;
  }

  private static double squares(float[] values, int offset, int count) {
    double sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += (double) values[i] * values[i];
    }
    return sum;
  }

  /** Row of the first packet of flow {@code f} of this chunk in the chunk's arrays. */
  int packetRow(int f) {
    return tokens.start(f) - f;
  }

  /** Terminal packet latents of the last chunk, {@code [packets, 3]}. */
  float[] packetLatents() {
    return packetLatents;
  }

  /** Bit losses of the last chunk summed over the grid, {@code [packets, 6]}. */
  double[] bitNll() {
    return bitNll;
  }
}
