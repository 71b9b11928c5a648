package dev.janus.bench.step;

import dev.janus.autograd.Tape;
import dev.janus.autograd.Var;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.Kernels;
import dev.janus.model.JanusNetwork;
import dev.janus.model.NetworkInput;
import dev.janus.model.NetworkOutput;

/** One thread's tape: runs the flows {@code from..to-1} of a batch. */
final class StepWorkspace {
  private final JanusNetwork network;
  private final Kernels kernels;
  private final Tape tape;
  private final Ragged tokens = new Ragged();

  StepWorkspace(JanusNetwork network, Kernels kernels, WeightPanels panels) {
    this.network = network;
    this.kernels = kernels;
    this.tape = new Tape(kernels, panels, 0);
  }

  /** Forward, losses and backward: adds to {@code gradients}. */
  void train(StepBatch batch, int from, int to, float[] weights, float[] gradients) {
    countTokens(batch, from, to);
    tape.ensureCapacity(network.trainingTapeFloats(kernels, tokens));
    tape.startTraining(weights, gradients);
    NetworkOutput output = network.forward(tape, input(batch, from, to));
    int firstPacket = batch.packets().start(from);
    double packetWeight = 1.0 / (JanusNetwork.CONTINUOUS * (double) batch.packets().totalRows());
    double flowWeight = 1.0 / (FlowFeature.COUNT * (double) batch.flows());
    double bitWeight = 1.0 / (JanusNetwork.BITS * (double) batch.packets().totalRows());
    tape.squaredError(
        output.velocity(), batch.velocity(), firstPacket * JanusNetwork.CONTINUOUS, packetWeight);
    tape.squaredError(
        output.flowVelocity(), batch.flowVelocity(), from * FlowFeature.COUNT, flowWeight);
    tape.bitCrossEntropy(output.logits(), batch.bits(), firstPacket * JanusNetwork.BITS, bitWeight);
    tape.backward();
  }

  /** Forward only: writes the outputs of these flows. */
  void infer(StepBatch batch, int from, int to, float[] weights, StepOutput output) {
    countTokens(batch, from, to);
    tape.ensureCapacity(network.inferenceTapeFloats(kernels, tokens));
    tape.startInference(weights);
    NetworkOutput result = network.forward(tape, input(batch, from, to));
    int firstPacket = batch.packets().start(from);
    copy(result.velocity(), output.velocity(), firstPacket * JanusNetwork.CONTINUOUS);
    copy(result.flowVelocity(), output.flowVelocity(), from * FlowFeature.COUNT);
    copy(result.logits(), output.logits(), firstPacket * JanusNetwork.BITS);
  }

  private void copy(Var value, float[] to, int offset) {
    System.arraycopy(tape.data(), value.offset(), to, offset, value.length());
  }

  private void countTokens(StepBatch batch, int from, int to) {
    tokens.clear();
    for (int f = from; f < to; f++) {
      tokens.append(batch.packets().rows(f) + 1);
    }
  }

  private NetworkInput input(StepBatch batch, int from, int to) {
    int firstPacket = batch.packets().start(from);
    int d = network.config().dModel();
    return new NetworkInput(
        constant(
            batch.inputs(),
            firstPacket,
            batch.packets().start(to) - firstPacket,
            JanusNetwork.PACKET_INPUTS),
        constant(batch.features(), from, to - from, FlowFeature.COUNT),
        constant(batch.times(), from, to - from, d),
        tokens);
  }

  private Var constant(float[] values, int firstRow, int rows, int columns) {
    Var constant = tape.constant(rows, columns);
    System.arraycopy(values, firstRow * columns, tape.data(), constant.offset(), constant.length());
    return constant;
  }
}
