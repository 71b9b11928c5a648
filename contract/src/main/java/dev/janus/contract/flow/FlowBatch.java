package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketSchema;
import java.util.Arrays;

/**
 * Raw flows packed one behind the other without padding: tokens {@code [sum n, 9]} and features
 * {@code [flows, 20]}. Grows as flows are added and can be cleared and reused. Not thread-safe for
 * writing; reading from several threads is safe once filled.
 */
public final class FlowBatch {
  private float[] tokens = new float[1024 * PacketSchema.CHANNELS];
  private double[] features = new double[64 * FlowFeature.COUNT];
  private int[] offsets = new int[65];
  private int flows;

  /** Number of flows held. */
  public int flows() {
    return flows;
  }

  /** Number of packets held, over all flows. */
  public int packets() {
    return offsets[flows];
  }

  /** Row of the first packet of {@code flow}; {@code firstPacket(flows())} is {@link #packets}. */
  public int firstPacket(int flow) {
    return offsets[flow];
  }

  /** Number of stored packets of {@code flow}, 1..64. */
  public int length(int flow) {
    return offsets[flow + 1] - offsets[flow];
  }

  /** Backing array of the tokens, {@code [packets, 9]} row-major; longer than the filled part. */
  public float[] tokens() {
    return tokens;
  }

  /** Backing array of the features, {@code [flows, 20]} row-major; longer than the filled part. */
  public double[] features() {
    return features;
  }

  /**
   * Appends a flow.
   *
   * @param source raw tokens, {@code n} rows from row 0 on
   * @param n packets, 1..64
   * @param featureRow the 20 features
   */
  public void add(float[] source, int n, double[] featureRow) {
    if (n < 1 || n > PacketSchema.MAX_PACKETS) {
      throw new IllegalArgumentException("a flow has 1 to 64 stored packets, not " + n);
    }
    int row = offsets[flows];
    int needed = (row + n) * PacketSchema.CHANNELS;
    if (needed > tokens.length) {
      tokens = Arrays.copyOf(tokens, Math.max(needed, tokens.length * 2));
    }
    if ((flows + 1) * FlowFeature.COUNT > features.length) {
      features = Arrays.copyOf(features, features.length * 2);
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    System.arraycopy(source, 0, tokens, row * PacketSchema.CHANNELS, n * PacketSchema.CHANNELS);
    System.arraycopy(featureRow, 0, features, flows * FlowFeature.COUNT, FlowFeature.COUNT);
    offsets[++flows] = row + n;
  }

  /** Forgets all flows and keeps the memory. */
  public void clear() {
    flows = 0;
  }
}
