package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.autograd.Parameter;
import dev.janus.autograd.Tape;
import dev.janus.autograd.Var;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.kernel.ScalarKernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NetworkInput;
import dev.janus.model.NetworkOutput;
import dev.janus.model.NormalizedFlows;
import dev.janus.model.RandomFlows;
import dev.janus.model.TimeEmbedding;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenStateTest {
  private static final ModelConfig CONFIG = new ModelConfig(12, 32, 2, 2, AttentionMask.CAUSAL);
  private static final int D = CONFIG.dModel();
  private static final int FLOWS = 150;

  private final JanusNetwork network = new JanusNetwork(CONFIG);

  private double[] hidden(NormalizedFlows flows, float[] weights, Kernels kernels, int threads) {
    double[] hidden = new double[flows.flows() * D];
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      new Scorer(CONFIG, weights, ScoringConfig.defaults(0.1), kernels, team).hidden(flows, hidden);
    }
    return hidden;
  }

  /**
   * The logits are affine in the hidden state, so the mean of a flow's logits is what the head
   * makes of the mean state. The logits come from a pass that this test puts together itself.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theHeadMakesTheMeanLogitsOfIt(long seed) {
    float[] weights = RandomFlows.weights(seed, network);
    NormalizedFlows flows = RandomFlows.of(seed, 20, 12);
    double[] hidden = hidden(flows, weights, KernelSelection.best(), 1);
    Parameter head = parameter("dout.weight");
    Parameter bias = parameter("dout.bias");
    for (int f = 0; f < flows.flows(); f++) {
      double[] expected = meanLogits(RandomFlows.select(flows, 12, f), weights);
      for (int bit = 0; bit < JanusNetwork.BITS; bit++) {
        double logit = weights[bias.offset() + bit];
        for (int c = 0; c < D; c++) {
          logit += weights[head.offset() + bit * D + c] * hidden[f * D + c];
        }
        assertThat(logit).as("flow %d, bit %d", f, bit).isCloseTo(expected[bit], within(2e-5));
      }
    }
  }

  private Parameter parameter(String name) {
    return network.layout().parameters().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** One pass of a single flow at t = 0.8 with its own values, in scalar kernels. */
  private double[] meanLogits(NormalizedFlows flow, float[] weights) {
    Kernels kernels = ScalarKernels.INSTANCE;
    WeightPanels panels = network.inferencePanels(kernels);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      panels.pack(weights, team);
    }
    int n = flow.packets().rows(0);
    Ragged tokens = new Ragged();
    tokens.append(n + 1);
    Tape tape = new Tape(kernels, panels, network.inferenceTapeFloats(kernels, tokens));
    tape.startInference(weights);
    Var packets = tape.constant(n, JanusNetwork.PACKET_INPUTS);
    Var features = tape.constant(1, 20);
    Var time = tape.constant(1, D);
    float[] data = tape.data();
    for (int p = 0; p < n; p++) {
      int to = packets.offset() + p * JanusNetwork.PACKET_INPUTS;
      System.arraycopy(flow.continuous(), p * 3, data, to, 3);
      System.arraycopy(flow.bits(), p * 6, data, to + 3, 6);
    }
    System.arraycopy(flow.features(), 0, data, features.offset(), 20);
    new TimeEmbedding(D).write(0.8, data, time.offset());
    NetworkOutput output = network.forward(tape, new NetworkInput(packets, features, time, tokens));
    double[] mean = new double[JanusNetwork.BITS];
    for (int k = 0; k < n * mean.length; k++) {
      mean[k % mean.length] += tape.data()[output.logits().offset() + k] / (double) n;
    }
    return mean;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void aFlowAloneHasTheSameBitsAsInABatchInAnyOrder(long seed) {
    float[] weights = RandomFlows.weights(seed, network);
    NormalizedFlows flows = RandomFlows.of(seed, FLOWS, 12);
    Kernels kernels = KernelSelection.best();
    double[] together = hidden(flows, weights, kernels, 2);
    int[] reversed = IntStream.range(0, FLOWS).map(i -> FLOWS - 1 - i).toArray();
    double[] backwards = hidden(RandomFlows.select(flows, 12, reversed), weights, kernels, 3);
    for (int f = 0; f < FLOWS; f++) {
      double[] here = Arrays.copyOfRange(together, f * D, (f + 1) * D);
      int there = (FLOWS - 1 - f) * D;
      assertThat(Arrays.copyOfRange(backwards, there, there + D)).containsExactly(here);
    }
    assertThat(hidden(RandomFlows.select(flows, 12, 7), weights, kernels, 1))
        .containsExactly(Arrays.copyOfRange(together, 7 * D, 8 * D));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void scalarAndChosenKernelsGiveTheSameBits(long seed) {
    float[] weights = RandomFlows.weights(seed, network);
    NormalizedFlows flows = RandomFlows.of(seed, 40, 12);
    assertThat(hidden(flows, weights, KernelSelection.best(), 1))
        .containsExactly(hidden(flows, weights, ScalarKernels.INSTANCE, 1));
  }

  /** Packets see neither later packets nor the flow's features. */
  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void itKnowsNothingOfTheFeatures(long seed) {
    float[] weights = RandomFlows.weights(seed, network);
    NormalizedFlows flows = RandomFlows.of(seed, 30, 12);
    double[] before = hidden(flows, weights, KernelSelection.best(), 1);
    Arrays.fill(flows.features(), 0, 30 * 20, 3);
    assertThat(hidden(flows, weights, KernelSelection.best(), 1)).containsExactly(before);
  }
}
