package dev.janus.bench.torch;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.engine.Ragged;
import dev.janus.model.JanusNetwork;
import dev.janus.model.NormalizedFlows;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Some flows to score. Data is packed; {@link #input} spreads it over padded rows.
 *
 * @param which numbers of the flows
 * @param rows where they lie in the padded batch
 * @param continuous {@code [packets, 3]}
 * @param bits {@code [packets, 6]} of +-1
 * @param features {@code [flows, 20]}
 * @param owners {@code [packets]}: row of each packet's flow in this batch
 * @param places {@code [packets]}: each packet's place in its flow
 * @param lengths {@code [flows, 1]}: packets of each flow
 * @param packetElements {@code [flows, 1]}: continuous numbers of each flow's packets
 * @param padded {@code [flows * tokens, 9]}: rows that are no packets stay 0
 * @param sameType asks sums for the type of what is summed
 */
record ScoringBatch(
    int[] which,
    PaddedRows rows,
    Tensor continuous,
    Tensor bits,
    Tensor features,
    Tensor owners,
    Tensor places,
    Tensor lengths,
    Tensor packetElements,
    Tensor padded,
    ScalarTypeOptional sameType) {

  /** The flows numbered {@code which}, in one run of numbers, padded to {@code tokens} rows. */
  static ScoringBatch of(NormalizedFlows flows, int[] which, int tokens) {
    Ragged packets = flows.packets();
    PaddedRows rows = PaddedRows.of(packets, which, tokens);
    float[] continuous = new float[rows.packets() * JanusNetwork.CONTINUOUS];
    float[] bits = new float[rows.packets() * JanusNetwork.BITS];
    float[] features = new float[which.length * FlowFeature.COUNT];
    long[] owners = new long[rows.packets()];
    long[] places = new long[rows.packets()];
    float[] lengths = new float[which.length];
    float[] elements = new float[which.length];
    int next = 0;
    for (int f = 0; f < which.length; f++) {
      int n = packets.rows(which[f]);
      int from = packets.start(which[f]);
      copy(flows.continuous(), from, continuous, next, n, JanusNetwork.CONTINUOUS);
      copy(flows.bits(), from, bits, next, n, JanusNetwork.BITS);
      copy(flows.features(), which[f], features, f, 1, FlowFeature.COUNT);
      for (int p = 0; p < n; p++) {
        owners[next] = f;
        places[next++] = p;
      }
      lengths[f] = n;
      elements[f] = (float) n * JanusNetwork.CONTINUOUS;
    }
    return new ScoringBatch(
        which,
        rows,
        TorchTensors.floats(continuous, 0, rows.packets(), JanusNetwork.CONTINUOUS),
        TorchTensors.floats(bits, 0, rows.packets(), JanusNetwork.BITS),
        TorchTensors.floats(features, 0, which.length, FlowFeature.COUNT),
        TorchTensors.indices(owners),
        TorchTensors.indices(places),
        TorchTensors.floats(lengths, 0, which.length, 1),
        TorchTensors.floats(elements, 0, which.length, 1),
        torch.zeros((long) which.length * tokens, JanusNetwork.PACKET_INPUTS),
        new ScalarTypeOptional());
  }

  private static void copy(float[] from, int row, float[] to, int toRow, int rows, int columns) {
    System.arraycopy(from, row * columns, to, toRow * columns, rows * columns);
  }

  /** What the network reads in one pass. */
  PaddedInput input(Tensor packets, Tensor passBits, Tensor passFeatures, Tensor time) {
    padded.index_copy_(0, rows.packetRows(), torch.cat(new TensorVector(packets, passBits), 1));
    return new PaddedInput(
        rows,
        padded.view(rows.flows(), rows.tokens(), JanusNetwork.PACKET_INPUTS),
        passFeatures,
        time);
  }

  /** {@code [packets, k]} to {@code [flows, k]}. */
  Tensor sumOverPackets(Tensor values) {
    return torch.zeros(rows.flows(), values.size(1)).index_add_(0, owners, values);
  }
}
