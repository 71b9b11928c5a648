package dev.janus.model;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.engine.Ragged;
import java.util.Arrays;

/**
 * Flows as the network sees them, packed without padding: continuous channels {@code [packets, 3]},
 * bits of +-1 {@code [packets, 6]} and features {@code [flows, 20]} (method, section 4). Reusable:
 * {@link #fill} replaces the content and keeps the memory. Reading is thread-safe once filled.
 */
public final class NormalizedFlows {
  private final Ragged packets = new Ragged();
  private float[] continuous = new float[0];
  private float[] bits = new float[0];
  private float[] features = new float[0];

  /**
   * Replaces the content by {@code rows} of {@code flows}, in that order.
   *
   * @param maxPackets packets used per flow at most; later ones are left out
   */
  public void fill(FlowBatch flows, int[] rows, Normalization normalization, int maxPackets) {
    packets.clear();
    for (int row : rows) {
      packets.append(Math.min(flows.length(row), maxPackets));
    }
    reserve(rows.length, packets.totalRows());
    for (int f = 0; f < rows.length; f++) {
      normalization.apply(
          flows, rows[f], packets.rows(f), continuous, bits, packets.start(f), features, f);
    }
  }

  /** Replaces the content by all flows of a batch. */
  public void fill(FlowBatch flows, Normalization normalization, int maxPackets) {
    packets.clear();
    for (int f = 0; f < flows.flows(); f++) {
      packets.append(Math.min(flows.length(f), maxPackets));
    }
    reserve(flows.flows(), packets.totalRows());
    for (int f = 0; f < flows.flows(); f++) {
      normalization.apply(
          flows, f, packets.rows(f), continuous, bits, packets.start(f), features, f);
    }
  }

  /** Replaces the content by the flows of another with the first {@code count} numbers given. */
  public void fill(NormalizedFlows other, int[] picks, int count) {
    packets.clear();
    for (int f = 0; f < count; f++) {
      packets.append(other.packets.rows(picks[f]));
    }
    reserve(count, packets.totalRows());
    for (int f = 0; f < count; f++) {
      int n = packets.rows(f);
      copy(
          other.continuous,
          other.packets.start(picks[f]),
          continuous,
          packets.start(f),
          n,
          JanusNetwork.CONTINUOUS);
      copy(other.bits, other.packets.start(picks[f]), bits, packets.start(f), n, JanusNetwork.BITS);
      copy(other.features, picks[f], features, f, 1, FlowFeature.COUNT);
    }
  }

  private static void copy(float[] from, int row, float[] to, int toRow, int rows, int columns) {
    System.arraycopy(from, row * columns, to, toRow * columns, rows * columns);
  }

  /** Makes room for so many flows and packets, so that filling with no more allocates nothing. */
  public void reserve(int flows, int totalPackets) {
    continuous = atLeast(continuous, totalPackets * JanusNetwork.CONTINUOUS);
    bits = atLeast(bits, totalPackets * JanusNetwork.BITS);
    features = atLeast(features, flows * FlowFeature.COUNT);
  }

  /**
   * Replaces the content by flows that are normalised already; the arrays are copied.
   *
   * @param lengths packets of each flow
   * @param newContinuous {@code [packets, 3]}
   * @param newBits {@code [packets, 6]} of +-1
   * @param newFeatures {@code [flows, 20]}
   */
  public void fill(int[] lengths, float[] newContinuous, float[] newBits, float[] newFeatures) {
    packets.clear();
    for (int length : lengths) {
      if (length < 1) {
        throw new IllegalArgumentException("a flow has at least 1 packet, not " + length);
      }
      packets.append(length);
    }
    continuous = Arrays.copyOf(newContinuous, packets.totalRows() * JanusNetwork.CONTINUOUS);
    bits = Arrays.copyOf(newBits, packets.totalRows() * JanusNetwork.BITS);
    features = Arrays.copyOf(newFeatures, lengths.length * FlowFeature.COUNT);
  }

  /** A copy of the first {@code count} flows. */
  public NormalizedFlows copyOfFirst(int count) {
    int[] lengths = new int[count];
    for (int f = 0; f < count; f++) {
      lengths[f] = packets.rows(f);
    }
    NormalizedFlows copy = new NormalizedFlows();
    copy.fill(lengths, continuous, bits, features);
    return copy;
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length >= length
        ? array
        : Arrays.copyOf(array, Math.max(length, array.length * 2));
  }

  /** Number of flows. */
  public int flows() {
    return packets.count();
  }

  /** Packet rows of each flow. */
  public Ragged packets() {
    return packets;
  }

  /** {@code [packets, 3]}: size, IAT, window; may be longer than the filled part. */
  public float[] continuous() {
    return continuous;
  }

  /** {@code [packets, 6]}: direction, SYN, ACK, FIN, RST, PSH; may be longer. */
  public float[] bits() {
    return bits;
  }

  /** {@code [flows, 20]}; may be longer than the filled part. */
  public float[] features() {
    return features;
  }
}
