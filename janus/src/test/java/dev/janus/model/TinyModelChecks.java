package dev.janus.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.autograd.Parameter;
import dev.janus.autograd.Tape;
import dev.janus.autograd.Var;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Path, network, losses and every gradient of a tiny model against the reference. */
abstract class TinyModelChecks {
  private static final double SIGMA = 0.1;

  final TinyModel golden;
  final Kernels kernels = KernelSelection.best();
  final ThreadTeam team = ThreadTeam.ofSize(1);
  final JanusNetwork network = new JanusNetwork(TinyModel.CONFIG);
  final float[] weights;
  final float[] gradients;
  private final DiscreteSource source;
  private final WeightPanels panels = network.trainingPanels(kernels);
  private final int[] lengths;
  private final Ragged tokens = new Ragged();
  private final Ragged packets = new Ragged();
  private final Tape tape;

  TinyModelChecks(DiscreteSource source) {
    this.source = source;
    golden = new TinyModel(source);
    weights = golden.weights("w0", network);
    gradients = new float[weights.length];
    lengths = golden.lengths();
    for (int n : lengths) {
      tokens.append(n + 1);
      packets.append(n);
    }
    tape = new Tape(kernels, panels, network.trainingTapeFloats(kernels, tokens));
  }

  @AfterEach
  void closeTeam() {
    team.close();
  }

  @Test
  void pathFromInjectedNoiseAgrees() {
    NetworkInput input = start();
    float[] inputs = new float[packets.totalRows() * 9];
    System.arraycopy(tape.data(), input.packets().offset(), inputs, 0, inputs.length);
    float[] continuous = new float[packets.totalRows() * 3];
    float[] bits = new float[packets.totalRows() * 6];
    for (int p = 0; p < packets.totalRows(); p++) {
      System.arraycopy(inputs, p * 9, continuous, p * 3, 3);
      System.arraycopy(inputs, p * 9 + 3, bits, p * 6, 6);
    }
    assertThat(TinyModel.error(continuous, 0, golden.packed(golden.computed("xtc"), 3)))
        .isLessThan(1e-6);
    assertThat(bits).containsExactly(golden.packed(golden.computed("xtb"), 6));
    assertThat(
            TinyModel.error(
                tape.data(), input.features().offset(), golden.floats(golden.computed("xtf"))))
        .isLessThan(1e-6);
  }

  @Test
  void velocitiesAndLogitsAgree() {
    NetworkOutput output = network.forward(tape, start());
    assertAgrees(output.velocity(), golden.packed(golden.computed("v"), 3));
    assertAgrees(output.flowVelocity(), golden.floats(golden.computed("vf")));
    assertAgrees(output.logits(), golden.packed(golden.computed("logits"), 6));
  }

  private void assertAgrees(Var actual, float[] expected) {
    assertThat(actual.length()).isEqualTo(expected.length);
    assertThat(TinyModel.error(tape.data(), actual.offset(), expected)).isLessThan(1e-5);
  }

  @Test
  void lossesAndEveryGradientAgree() {
    double[] losses = step();
    double[] expected = golden.doubles(golden.computed("loss_step0"));
    for (int i = 0; i < 4; i++) {
      assertThat(losses[i]).isCloseTo(expected[i], within(1e-5 * Math.abs(expected[i])));
    }
    for (Parameter p : network.layout().parameters()) {
      float[] g = golden.floats(golden.computed("g." + p.name()));
      assertThat(TinyModel.error(gradients, p.offset(), g)).as(p.name()).isLessThan(1e-4);
    }
  }

  /** Runs a step on the injected noise: loss, L_pkt, L_flow, L_disc. */
  double[] step() {
    java.util.Arrays.fill(gradients, 0);
    NetworkOutput output = network.forward(tape, start());
    int flows = lengths.length;
    int m = packets.totalRows();
    float[] velocityTarget = difference(golden.packed("C", 3), golden.packed("x0c", 3));
    float[] flowTarget = difference(golden.floats("f"), golden.floats("x0f"));
    double packet =
        tape.squaredError(output.velocity(), velocityTarget, 0, 1.0 / (3 * m)) / (3 * m);
    double flow =
        tape.squaredError(output.flowVelocity(), flowTarget, 0, 1.0 / (20 * flows)) / (20 * flows);
    float[] bits = askedBits();
    int asked = 0;
    for (float bit : bits) {
      asked += bit == 0 ? 0 : 1;
    }
    double discrete = tape.bitCrossEntropy(output.logits(), bits, 0, 1.0 / asked) / asked;
    tape.backward();
    return new double[] {packet + flow + discrete, packet, flow, discrete};
  }

  /** True bits; 0 for those that the source does not ask for. */
  private float[] askedBits() {
    float[] bits = golden.packed("B", 6);
    float[] keep = golden.packed("uk", 6);
    double[] t = golden.doubles("t");
    for (int f = 0; f < lengths.length; f++) {
      for (int k = packets.start(f) * 6; k < packets.start(f + 1) * 6; k++) {
        bits[k] = source.asks(keep[k], t[f]) ? bits[k] : 0;
      }
    }
    return bits;
  }

  private static float[] difference(float[] a, float[] b) {
    float[] out = a.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] -= b[i];
    }
    return out;
  }

  private NetworkInput start() {
    panels.pack(weights, team);
    tape.startTraining(weights, gradients);
    int flows = lengths.length;
    int d = TinyModel.CONFIG.dModel();
    Var packetInputs = tape.constant(packets.totalRows(), JanusNetwork.PACKET_INPUTS);
    Var features = tape.constant(flows, 20);
    Var time = tape.constant(flows, d);
    NoisePath path = new NoisePath(SIGMA, source);
    TimeEmbedding embedding = new TimeEmbedding(d);
    float[] data = tape.data();
    double[] t = golden.doubles("t");
    for (int f = 0; f < flows; f++) {
      int n = lengths[f];
      int padded = f * TinyModel.PADDED;
      int to = packetInputs.offset() + packets.start(f) * JanusNetwork.PACKET_INPUTS;
      path.packets(
          n,
          t[f],
          golden.floats("x0c"),
          padded * 3,
          golden.floats("C"),
          padded * 3,
          golden.floats("ec"),
          padded * 3,
          data,
          to);
      path.bits(
          n,
          t[f],
          golden.floats("B"),
          padded * 6,
          golden.floats("uk"),
          padded * 6,
          golden.floats("ub"),
          padded * 6,
          data,
          to);
      path.features(
          t[f],
          golden.floats("x0f"),
          f * 20,
          golden.floats("f"),
          f * 20,
          golden.floats("ef"),
          f * 20,
          data,
          features.offset() + f * 20);
      embedding.write(t[f], data, time.offset() + f * d);
    }
    return new NetworkInput(packetInputs, features, time, tokens);
  }
}
