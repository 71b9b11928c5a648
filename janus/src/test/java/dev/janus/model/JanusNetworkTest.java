package dev.janus.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.autograd.Tape;
import dev.janus.autograd.Var;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JanusNetworkTest {
  private static final ModelConfig CONFIG = new ModelConfig(8, 16, 2, 2, AttentionMask.CAUSAL);
  private static final ModelConfig UNIFIED =
      new ModelConfig(
          8,
          16,
          2,
          2,
          AttentionMask.CAUSAL,
          ChannelKinds.BOTH,
          FlowToken.PRESENT,
          DiscreteSource.UNIFORM,
          Architecture.UNIFIED);

  private final Kernels kernels = KernelSelection.best();
  private final JanusNetwork network = new JanusNetwork(CONFIG);

  @Test
  void theDefaultNetworkHasTheParametersOfTheMethod() {
    assertThat(new JanusNetwork(ModelConfig.defaults()).layout().length()).isEqualTo(1_269_405);
  }

  @Test
  void initialWeightsAreAFunctionOfTheSeed() {
    assertThat(network.initialWeights(5)).containsExactly(network.initialWeights(5));
    assertThat(network.initialWeights(5)).isNotEqualTo(network.initialWeights(6));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noPacketsLossReadsALaterPacketOrTheFlowToken(long seed) {
    NormalizedFlows flows = RandomFlows.of(seed, 3, 8);
    float[] weights = RandomFlows.weights(seed, network);
    for (int f = 0; f < 3; f++) {
      int n = flows.packets().rows(f);
      for (int i = 0; i < n; i++) {
        Pass pass = new Pass(network, flows, weights, 0.3);
        int watched = flows.packets().start(f) + i;
        pass.lossOfPacket(watched);
        for (int j = i + 1; j < n; j++) {
          assertThat(pass.packetGradient(flows.packets().start(f) + j))
              .as("seed %d, packet %d reads packet %d", seed, i, j)
              .containsOnly(0f);
        }
        assertThat(pass.featureGradient(f)).containsOnly(0f);
      }
      Pass pass = new Pass(network, flows, weights, 0.3);
      pass.lossOfPacket(flows.packets().start(f) + n - 1);
      assertThat(pass.packetGradient(flows.packets().start(f))).doesNotContain(0f);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void packetsOfTheUnifiedArchitectureReadTheFlowTokenAndNoLaterPacket(long seed) {
    JanusNetwork unified = new JanusNetwork(UNIFIED);
    NormalizedFlows flows = RandomFlows.of(seed, 3, 8);
    float[] weights = RandomFlows.weights(seed, unified);
    for (int f = 0; f < 3; f++) {
      int n = flows.packets().rows(f);
      for (int i = 0; i < n; i++) {
        Pass pass = new Pass(unified, flows, weights, 0.3);
        pass.lossOfPacket(flows.packets().start(f) + i);
        assertThat(pass.featureGradient(f)).doesNotContain(0f);
        for (int j = i + 1; j < n; j++) {
          assertThat(pass.packetGradient(flows.packets().start(f) + j)).containsOnly(0f);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theWholeGradientAgreesWithCentralDifferences(long seed) {
    differences(network, seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void soDoesThatOfTheUnifiedArchitecture(long seed) {
    differences(new JanusNetwork(UNIFIED), seed);
  }

  private void differences(JanusNetwork network, long seed) {
    NormalizedFlows flows = RandomFlows.of(seed, 5, 8);
    float[] weights = RandomFlows.weights(seed, network);
    Pass pass = new Pass(network, flows, weights, 0.4);
    pass.wholeLoss();
    float[] gradients = pass.gradients;
    Random random = new Random(seed);
    float[] direction = new float[weights.length];
    double expected = 0;
    double scale = 0;
    for (int i = 0; i < direction.length; i++) {
      direction[i] = (float) random.nextGaussian();
      expected += (double) gradients[i] * direction[i];
      scale += (double) gradients[i] * gradients[i];
    }
    float h = 2e-3f;
    double up = new Pass(network, flows, moved(weights, direction, h), 0.4).wholeLoss();
    double down = new Pass(network, flows, moved(weights, direction, -h), 0.4).wholeLoss();
    assertThat((up - down) / (2 * h)).isCloseTo(expected, within(5e-3 * Math.sqrt(scale) + 2e-3));
  }

  private static float[] moved(float[] weights, float[] direction, float step) {
    float[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    return moved;
  }

  /** One recorded forward pass with inputs whose gradients can be read. */
  private final class Pass {
    private final float[] gradients;
    private final NormalizedFlows flows;
    private final Tape tape;
    private final Var packets;
    private final Var features;
    private final NetworkOutput output;
    private final boolean unified;

    Pass(JanusNetwork network, NormalizedFlows flows, float[] weights, double t) {
      this.flows = flows;
      this.unified = network.config().hasContinuousBits();
      gradients = new float[weights.length];
      WeightPanels panels = network.trainingPanels(kernels);
      try (ThreadTeam team = ThreadTeam.ofSize(1)) {
        panels.pack(weights, team);
      }
      Ragged tokens = new Ragged();
      for (int f = 0; f < flows.flows(); f++) {
        tokens.append(flows.packets().rows(f) + 1);
      }
      tape = new Tape(kernels, panels, 2 * network.trainingTapeFloats(kernels, tokens));
      tape.startTraining(weights, gradients);
      packets = tape.variable(flows.packets().totalRows(), 9);
      features = tape.variable(flows.flows(), 20);
      Var time = tape.constant(flows.flows(), CONFIG.dModel());
      float[] data = tape.data();
      for (int p = 0; p < packets.rows(); p++) {
        System.arraycopy(flows.continuous(), p * 3, data, packets.offset() + p * 9, 3);
        System.arraycopy(flows.bits(), p * 6, data, packets.offset() + p * 9 + 3, 6);
      }
      System.arraycopy(flows.features(), 0, data, features.offset(), features.length());
      for (int f = 0; f < flows.flows(); f++) {
        new TimeEmbedding(CONFIG.dModel()).write(t, data, time.offset() + f * CONFIG.dModel());
      }
      output = network.forward(tape, new NetworkInput(packets, features, time, tokens));
    }

    /** Differentiates the loss of one packet's velocity and logits. */
    void lossOfPacket(int packet) {
      float[] target = valuesOf(output.velocity());
      for (int c = 0; c < 3; c++) {
        target[packet * 3 + c] += 1 + c;
      }
      tape.squaredError(output.velocity(), target, 0, 1);
      float[] logits = valuesOf(output.logits());
      float[] logitTarget = logits.clone();
      for (int c = 0; c < 6; c++) {
        logitTarget[packet * 6 + c] -= 1 + c;
      }
      tape.squaredError(output.logits(), logitTarget, 0, 1);
      tape.backward();
    }

    double wholeLoss() {
      int m = packets.rows();
      double loss = 0;
      float[] velocityTarget = new float[m * 3];
      System.arraycopy(flows.continuous(), 0, velocityTarget, 0, m * 3);
      float[] flowTarget = new float[flows.flows() * 20];
      System.arraycopy(flows.features(), 0, flowTarget, 0, flowTarget.length);
      loss += tape.squaredError(output.velocity(), velocityTarget, 0, 1.0 / (3 * m)) / (3 * m);
      int k = flows.flows() * 20;
      loss += tape.squaredError(output.flowVelocity(), flowTarget, 0, 1.0 / k) / k;
      double weight = 1.0 / (6 * m);
      loss +=
          weight
              * (unified
                  ? tape.squaredError(output.logits(), flows.bits(), 0, weight)
                  : tape.bitCrossEntropy(output.logits(), flows.bits(), 0, weight));
      tape.backward();
      return loss;
    }

    private float[] valuesOf(Var var) {
      float[] values = new float[var.length()];
      System.arraycopy(tape.data(), var.offset(), values, 0, values.length);
      return values;
    }

    float[] packetGradient(int packet) {
      return gradientRow(packets, packet);
    }

    float[] featureGradient(int flow) {
      return gradientRow(features, flow);
    }

    private float[] gradientRow(Var var, int row) {
      float[] values = new float[var.columns()];
      System.arraycopy(
          tape.data(), var.gradientOffset() + row * values.length, values, 0, values.length);
      return values;
    }
  }
}
