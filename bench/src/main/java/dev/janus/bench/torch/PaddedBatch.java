package dev.janus.bench.torch;

import dev.janus.bench.step.StepBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.JanusNetwork;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Some flows of a batch in libtorch's form: padded inputs, packed targets.
 *
 * @param input what the network reads
 * @param velocity {@code [packets, 3]}
 * @param flowVelocity {@code [flows, 20]}
 * @param bits {@code [packets, 6]} of 0 and 1
 * @param packetShare share of the whole batch's packets that are here
 * @param flowShare share of its flows
 */
record PaddedBatch(
    PaddedInput input,
    Tensor velocity,
    Tensor flowVelocity,
    Tensor bits,
    double packetShare,
    double flowShare) {

  /** The whole batch, padded to {@code tokens} rows per flow. */
  static PaddedBatch of(StepBatch batch, int tokens) {
    return of(batch, IntStream.range(0, batch.flows()).toArray(), tokens);
  }

  /** The flows numbered {@code which}, padded to {@code tokens} rows per flow. */
  static PaddedBatch of(StepBatch batch, int[] which, int tokens) {
    PaddedRows rows = PaddedRows.of(batch.packets(), which, tokens);
    int d = batch.times().length / batch.flows();
    Tensor packets =
        torch
            .zeros((long) which.length * tokens, JanusNetwork.PACKET_INPUTS)
            .index_copy_(
                0,
                rows.packetRows(),
                packets(batch, batch.inputs(), which, JanusNetwork.PACKET_INPUTS))
            .view(which.length, tokens, JanusNetwork.PACKET_INPUTS);
    PaddedInput input =
        new PaddedInput(
            rows,
            packets,
            flows(batch.features(), which, FlowFeature.COUNT),
            flows(batch.times(), which, d));
    return new PaddedBatch(
        input,
        packets(batch, batch.velocity(), which, JanusNetwork.CONTINUOUS),
        flows(batch.flowVelocity(), which, FlowFeature.COUNT),
        packets(batch, zeroOne(batch.bits()), which, JanusNetwork.BITS),
        rows.packets() / (double) batch.packets().totalRows(),
        which.length / (double) batch.flows());
  }

  private static Tensor packets(StepBatch batch, float[] values, int[] which, int columns) {
    int rows = 0;
    for (int flow : which) {
      rows += batch.packets().rows(flow);
    }
    float[] picked = new float[rows * columns];
    int next = 0;
    for (int flow : which) {
      int length = batch.packets().rows(flow) * columns;
      System.arraycopy(values, batch.packets().start(flow) * columns, picked, next, length);
      next += length;
    }
    return TorchTensors.floats(picked, 0, rows, columns);
  }

  private static Tensor flows(float[] values, int[] which, int columns) {
    float[] picked = new float[which.length * columns];
    for (int f = 0; f < which.length; f++) {
      System.arraycopy(values, which[f] * columns, picked, f * columns, columns);
    }
    return TorchTensors.floats(picked, 0, which.length, columns);
  }

  private static float[] zeroOne(float[] bits) {
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = bits[i] > 0 ? 1 : 0;
    }
    return values;
  }
}
