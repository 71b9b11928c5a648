package dev.janus.bench.step;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.engine.Ragged;
import dev.janus.engine.random.CounterRandom;
import dev.janus.model.JanusNetwork;
import dev.janus.model.TimeEmbedding;

/**
 * A batch as the network and its losses see it, the same in every run: inputs, times, targets.
 * Packed, without padding: the packets of flow {@code f} are rows {@code packets.start(f)} to
 * {@code packets.start(f + 1) - 1}.
 *
 * @param packets packet rows of each flow
 * @param inputs {@code [packets, 9]}: normals, then bits of +-1
 * @param features {@code [flows, 20]}
 * @param times {@code [flows, d]}: embedding of each flow's time
 * @param velocity {@code [packets, 3]}: target of the packet velocities
 * @param flowVelocity {@code [flows, 20]}: target of the flow velocities
 * @param bits {@code [packets, 6]} of +-1: target of the logits
 */
public record StepBatch(
    Ragged packets,
    float[] inputs,
    float[] features,
    float[] times,
    float[] velocity,
    float[] flowVelocity,
    float[] bits) {

  /**
   * A batch of flows with the given numbers of packets, see {@link FlowLengths}.
   *
   * @param d width of the time embedding
   */
  public static StepBatch of(int[] lengths, int d) {
    Ragged packets = new Ragged();
    for (int length : lengths) {
      packets.append(length);
    }
    int rows = packets.totalRows();
    int flows = lengths.length;
    float[] bits = signs(1, rows * JanusNetwork.BITS);
    float[] inputs = normals(2, rows * JanusNetwork.PACKET_INPUTS);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(
          bits,
          r * JanusNetwork.BITS,
          inputs,
          r * JanusNetwork.PACKET_INPUTS + JanusNetwork.CONTINUOUS,
          JanusNetwork.BITS);
    }
    float[] times = new float[flows * d];
    TimeEmbedding embedding = new TimeEmbedding(d);
    for (int f = 0; f < flows; f++) {
      embedding.write((f + 0.5) / flows, times, f * d);
    }
    return new StepBatch(
        packets,
        inputs,
        normals(3, flows * FlowFeature.COUNT),
        times,
        normals(4, rows * JanusNetwork.CONTINUOUS),
        normals(5, flows * FlowFeature.COUNT),
        bits);
  }

  /** Number of flows. */
  public int flows() {
    return packets.count();
  }

  /** Packets and flow tokens together. */
  public int tokens() {
    return packets.totalRows() + packets.count();
  }

  private static float[] normals(int use, int n) {
    float[] values = new float[n];
    CounterRandom.fillNormals(new CounterRandom(FlowLengths.SEED).key(0, 0, use), values, 0, n);
    return values;
  }

  private static float[] signs(int use, int n) {
    float[] values = normals(use, n);
    for (int i = 0; i < n; i++) {
      values[i] = values[i] < 0 ? -1 : 1;
    }
    return values;
  }
}
