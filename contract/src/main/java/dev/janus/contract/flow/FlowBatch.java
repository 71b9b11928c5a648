package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketSchema;
import java.util.Arrays;

/**
 * Raw flows packed one behind the other without padding: tokens {@code [sum n, 9]} and features
 * {@code [flows, 20]}. Grows as flows are added and can be cleared and reused. Not thread-safe for
 * writing; reading from several threads is safe once filled.
 */
public final class FlowBatch implements FlowSource {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private float[] tokens;
  private double[] features;
  private int[] offsets;
  private int flows;

  /** An empty batch that grows from a small start. */
  public FlowBatch() {
    this(64, 1024);
  }

  private FlowBatch(int flows, int packets) {
    tokens = new float[Math.multiplyExact(packets, PacketSchema.CHANNELS)];
    features = new double[Math.multiplyExact(flows, FlowFeature.COUNT)];
    offsets = new int[Math.addExact(flows, 1)];
  }

  /**
   * An empty batch with room for exactly this much, so that filling it never copies.
   *
   * @throws ArithmeticException when an array of that size cannot exist
   */
  public static FlowBatch withCapacity(int flows, int packets) {
    return new FlowBatch(flows, packets);
  }

  @Override
  public int size() {
    return flows;
  }

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

  @Override
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
   * @throws ArithmeticException when the tokens no longer fit one array (about 238 million packets)
   */
  public void add(float[] source, int n, double[] featureRow) {
    add(source, 0, n, featureRow, 0);
  }

  private void add(float[] source, int from, int n, double[] featureRows, int featuresFrom) {
    if (n < 1 || n > PacketSchema.MAX_PACKETS) {
      throw new IllegalArgumentException("a flow has 1 to 64 stored packets, not " + n);
    }
    int row = offsets[flows];
    int needed = Math.multiplyExact(row + n, PacketSchema.CHANNELS);
    if (needed > tokens.length) {
      tokens = Arrays.copyOf(tokens, grown(tokens.length, needed));
    }
    if (flows + 1 == offsets.length) {
      int room = grown(flows, flows + 1);
      features = Arrays.copyOf(features, Math.multiplyExact(room, FlowFeature.COUNT));
      offsets = Arrays.copyOf(offsets, room + 1);
    }
    System.arraycopy(source, from, tokens, row * PacketSchema.CHANNELS, n * PacketSchema.CHANNELS);
    System.arraycopy(
        featureRows, featuresFrom, features, flows * FlowFeature.COUNT, FlowFeature.COUNT);
    offsets[++flows] = row + n;
  }

  @Override
  public void copy(int[] rows, int from, int to, FlowBatch target) {
    for (int i = from; i < to; i++) {
      int row = rows[i];
      target.add(
          tokens,
          offsets[row] * PacketSchema.CHANNELS,
          length(row),
          features,
          row * FlowFeature.COUNT);
    }
  }

  private static int grown(int size, int needed) {
    return (int) Math.max(needed, Math.min(size * 2L, MAX_ARRAY));
  }

  /** Forgets all flows and keeps the memory. */
  public void clear() {
    flows = 0;
  }
}
