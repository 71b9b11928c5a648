package dev.janus.bench.torch;

import dev.janus.engine.Ragged;
import org.bytedeco.pytorch.Tensor;

/**
 * Where the packets and flow tokens of some flows lie in a padded batch.
 *
 * @param flows number of flows
 * @param tokens rows per flow, padding included
 * @param packets number of packets of all flows together
 * @param packetRows {@code [packets]}: row of each packet among {@code flows * tokens}
 * @param flowRows {@code [flows]}: row of each flow token
 */
record PaddedRows(int flows, int tokens, int packets, Tensor packetRows, Tensor flowRows) {

  /** Rows of the flows numbered {@code which} of {@code lengths}, padded to {@code tokens}. */
  static PaddedRows of(Ragged lengths, int[] which, int tokens) {
    int packets = 0;
    for (int flow : which) {
      packets += lengths.rows(flow);
    }
    long[] packetRows = new long[packets];
    long[] flowRows = new long[which.length];
    int next = 0;
    for (int f = 0; f < which.length; f++) {
      int n = lengths.rows(which[f]);
      if (n + 1 > tokens) {
        throw new IllegalArgumentException(
            "a flow of " + n + " packets does not fit into " + tokens + " tokens");
      }
      for (int p = 0; p < n; p++) {
        packetRows[next++] = (long) f * tokens + p;
      }
      flowRows[f] = (long) f * tokens + n;
    }
    return new PaddedRows(
        which.length,
        tokens,
        packets,
        TorchTensors.indices(packetRows),
        TorchTensors.indices(flowRows));
  }
}
