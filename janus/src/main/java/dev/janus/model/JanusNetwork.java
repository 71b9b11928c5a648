package dev.janus.model;

import dev.janus.autograd.FlowTokenPlace;
import dev.janus.autograd.Parameter;
import dev.janus.autograd.ParameterLayout;
import dev.janus.autograd.Tape;
import dev.janus.autograd.Var;
import dev.janus.autograd.nn.Linear;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.contract.packet.PacketSchema;
import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.random.CounterRandom;
import java.util.List;

/**
 * The packet-causal Transformer with AdaLN blocks and three heads (method, section 5). Holds no
 * weights: they are a flat array with this network's {@link #layout}. Immutable and thread-safe.
 */
public final class JanusNetwork {
  /** Continuous channels of a packet: size, IAT, window. */
  public static final int CONTINUOUS = 3;

  /** Bit channels of a packet: direction, SYN, ACK, FIN, RST, PSH. */
  public static final int BITS = 6;

  /** Inputs per packet, continuous first. */
  public static final int PACKET_INPUTS = CONTINUOUS + BITS;

  private static final float EMBEDDING_DEVIATION = 0.02f;

  /** Takes the place of the step in the random key: training steps count from 0. */
  private static final long INITIAL_WEIGHTS = -1;

  static {
    if (PACKET_INPUTS != PacketSchema.CHANNELS) {
      throw new AssertionError("the network's inputs and the packet schema disagree");
    }
  }

  private final ModelConfig config;
  private final NetworkLayout parts;

  public JanusNetwork(ModelConfig config) {
    this.config = config;
    this.parts = NetworkLayout.of(config);
  }

  public ModelConfig config() {
    return config;
  }

  /** Names, shapes and places of the parameters. */
  public ParameterLayout layout() {
    return parts.layout();
  }

  /** Panels for {@link Tape}s that only compute values. */
  public WeightPanels inferencePanels(Kernels kernels) {
    return WeightPanels.forInference(kernels, parts.linears());
  }

  /** Panels for {@link Tape}s that train. */
  public WeightPanels trainingPanels(Kernels kernels) {
    return WeightPanels.forTraining(kernels, parts.linears());
  }

  /** Initial weights (method, section 5, "Initial values"), a function of the seed alone. */
  public float[] initialWeights(long seed) {
    float[] weights = new float[layout().length()];
    CounterRandom random = new CounterRandom(seed);
    normal(random, parts.position(), weights);
    normal(random, parts.flowToken(), weights);
    List<Linear> zero = parts.zeroAtStart();
    for (Linear layer : parts.linears()) {
      if (!zero.contains(layer)) {
        double bound = 1 / Math.sqrt(layer.in());
        uniform(random, layer.weight(), bound, weights);
        uniform(random, layer.bias(), bound, weights);
      }
    }
    return weights;
  }

  private static void normal(CounterRandom random, Parameter parameter, float[] weights) {
    int from = parameter.offset();
    CounterRandom.fillNormals(
        random.key(INITIAL_WEIGHTS, from, 0), weights, from, parameter.length());
    for (int i = from; i < from + parameter.length(); i++) {
      weights[i] *= EMBEDDING_DEVIATION;
    }
  }

  private static void uniform(
      CounterRandom random, Parameter parameter, double bound, float[] weights) {
    int from = parameter.offset();
    CounterRandom.fillUniforms(
        random.key(INITIAL_WEIGHTS, from, 0), weights, from, parameter.length());
    for (int i = from; i < from + parameter.length(); i++) {
      weights[i] = (float) (bound * (2.0 * weights[i] - 1));
    }
  }

  /** Computes velocities and logits of a chunk; records on a tape that is training. */
  public NetworkOutput forward(Tape tape, NetworkInput input) {
    Ragged tokens = input.tokens();
    Var condition = tape.linearSilu(tape.linearSilu(input.time(), parts.time1()), parts.time2());
    Var packets = tape.linear(input.packets(), parts.packetIn());
    Var flows = tape.linear(input.features(), parts.flowIn());
    FlowTokenPlace place = config.flowTokenPlace();
    Var x = tape.assembleTokens(packets, flows, parts.position(), parts.flowToken(), tokens, place);
    for (NetworkLayout.Block block : parts.blocks()) {
      addBlock(tape, block, x, condition, tokens);
    }
    Var h = tape.adaNorm(x, tape.linear(condition, parts.modulationOut()), 0, tokens);
    Var packetHidden = tape.packetRows(h, tokens, place);
    return new NetworkOutput(
        tape.linear(packetHidden, parts.velocity()),
        tape.linear(tape.flowRows(h, tokens, place), parts.flowVelocity()),
        tape.linear(packetHidden, parts.logits()),
        h);
  }

  /** Adds attention and MLP of a block to the residual stream x. */
  private void addBlock(Tape tape, NetworkLayout.Block block, Var x, Var condition, Ragged tokens) {
    tape.openScope();
    // Parts of the modulation, d columns each: shift, scale, gate of attention, then of the MLP.
    Var modulation = tape.linear(condition, block.modulation());
    Var qkv = tape.linear(tape.adaNorm(x, modulation, 0, tokens), block.qkv());
    Var attended = tape.attention(qkv, config.heads(), config.mask(), tokens);
    tape.addGated(x, tape.linear(attended, block.projection()), modulation, 2, tokens);
    Var mlp = tape.mlp(tape.adaNorm(x, modulation, 3, tokens), block.mlpIn(), block.mlpOut());
    tape.addGated(x, mlp, modulation, 5, tokens);
    tape.closeScope();
  }

  /**
   * Floats a training tape needs at most for a chunk, its inputs, gradients and scratch included.
   */
  public int trainingTapeFloats(Kernels kernels, Ragged tokens) {
    long d = config.dModel();
    long rows = tokens.totalRows();
    long flows = tokens.count();
    // Values of every block, and gradients of the one being replayed.
    long perRow = config.layers() * (18 * d + 32) + 32 * d + 128;
    long perFlow = config.layers() * (6 * d + 16) + 40 * d + 256;
    long floats =
        rows * perRow
            + flows * perFlow
            + config.layers() * attentionSaved(kernels, tokens)
            + scratch(kernels, tokens)
            + config.layers() * 1024L
            + 4096;
    return Math.toIntExact(floats);
  }

  /** Floats an inference tape needs at most for a chunk, its inputs and scratch included. */
  public int inferenceTapeFloats(Kernels kernels, Ragged tokens) {
    long d = config.dModel();
    long floats =
        tokens.totalRows() * (16 * d + 128)
            + tokens.count() * (16 * d + 256)
            + attentionSaved(kernels, tokens)
            + scratch(kernels, tokens)
            + 4096;
    return Math.toIntExact(floats);
  }

  private long attentionSaved(Kernels kernels, Ragged tokens) {
    long floats = 0;
    for (int f = 0; f < tokens.count(); f++) {
      floats += kernels.attentionSavedLength(tokens.rows(f), config.heads());
    }
    return floats;
  }

  private long scratch(Kernels kernels, Ragged tokens) {
    int d = config.dModel();
    long floats = kernels.outerScratchLength(tokens.totalRows(), 6 * d, d);
    floats = Math.max(floats, kernels.outerScratchLength(tokens.totalRows(), d, 4 * d));
    for (int f = 0; f < tokens.count(); f++) {
      int rows = tokens.rows(f);
      floats =
          Math.max(
              floats, kernels.attentionScratchLength(rows, config.heads(), config.headWidth()));
    }
    return floats;
  }
}
