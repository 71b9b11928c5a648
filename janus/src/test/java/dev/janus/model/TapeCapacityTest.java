package dev.janus.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.autograd.Tape;
import dev.janus.autograd.Var;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.kernel.ScalarKernels;
import dev.janus.engine.parallel.ThreadTeam;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The network's own estimate of its memory is enough for the smallest and the longest flows. */
class TapeCapacityTest {
  /** A network and the packets of each flow of a chunk. */
  record Case(ModelConfig config, int[] packets, Kernels kernels) {
    @Override
    public String toString() {
      return config + " on " + packets.length + " flows, " + kernels.name();
    }
  }

  static Stream<Case> cases() {
    int[] ones = new int[128];
    Arrays.fill(ones, 1);
    return Stream.of(ScalarKernels.INSTANCE, KernelSelection.best())
        .flatMap(kernels ->
            Stream.of(new int[] {8, 2}, new int[] {16, 4}, new int[] {128, 4})
                .flatMap(size ->
                    Stream.of(AttentionMask.values())
                        .flatMap(mask ->
                            Stream.of(ones, new int[] {64}, new int[] {64, 64, 2, 30})
                                .map(packets ->
                                    new Case(
                                        new ModelConfig(64, size[0], 2, size[1], mask),
                                        packets,
                                        kernels)))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aChunkFitsIntoExactlyTheEstimate(Case c) {
    JanusNetwork network = new JanusNetwork(c.config());
    Ragged tokens = new Ragged();
    for (int n : c.packets()) {
      tokens.append(n + 1);
    }
    WeightPanels panels = network.trainingPanels(c.kernels());
    float[] weights = RandomFlows.weights(3, network);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      panels.pack(weights, team);
    }
    Tape training = new Tape(c.kernels(), panels, network.trainingTapeFloats(c.kernels(), tokens));
    training.startTraining(weights, new float[weights.length]);
    NetworkOutput recorded = network.forward(training, input(training, c, tokens));
    training.squaredError(recorded.velocity(), new float[recorded.velocity().length()], 0, 1);
    training.squaredError(
        recorded.flowVelocity(), new float[recorded.flowVelocity().length()], 0, 1);
    training.squaredError(recorded.logits(), new float[recorded.logits().length()], 0, 1);
    training.backward();

    Tape inference =
        new Tape(c.kernels(), panels, network.inferenceTapeFloats(c.kernels(), tokens));
    inference.startInference(weights);
    NetworkOutput computed = network.forward(inference, input(inference, c, tokens));
    assertThat(values(inference, computed.logits()))
        .containsExactly(values(training, recorded.logits()));
  }

  private static float[] values(Tape tape, Var var) {
    return Arrays.copyOfRange(tape.data(), var.offset(), var.offset() + var.length());
  }

  private static NetworkInput input(Tape tape, Case c, Ragged tokens) {
    int flows = tokens.count();
    Var packets = tape.constant(tokens.totalRows() - flows, JanusNetwork.PACKET_INPUTS);
    Var features = tape.constant(flows, 20);
    Var time = tape.constant(flows, c.config().dModel());
    for (Var var : new Var[] {packets, features, time}) {
      for (int i = 0; i < var.length(); i++) {
        tape.data()[var.offset() + i] = (float) Math.sin(i);
      }
    }
    return new NetworkInput(packets, features, time, tokens);
  }
}
