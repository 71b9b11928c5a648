package dev.janus.contract.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Builds classic pcap files byte by byte for tests. */
public final class PcapFile {
  public static final int MICROS = 0xa1b2c3d4;
  public static final int NANOS = 0xa1b23c4d;
  public static final int MODIFIED = 0xa1b2cd34;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteOrder order;
  private final int recordPadding;

  public PcapFile(int magic, ByteOrder order, int snapLength, int linkType) {
    this.order = order;
    this.recordPadding = magic == MODIFIED ? 8 : 0;
    out.writeBytes(
        buffer(24)
            .putInt(magic)
            .putShort((short) 2)
            .putShort((short) 4)
            .putLong(0)
            .putInt(snapLength)
            .putInt(linkType)
            .array());
  }

  /** An Ethernet capture in the usual form. */
  public static PcapFile usual() {
    return new PcapFile(MICROS, ByteOrder.LITTLE_ENDIAN, 65535, 1);
  }

  public PcapFile packet(long seconds, int fraction, byte[] frame) {
    return record(seconds, fraction, frame.length, frame);
  }

  /** A record whose stated captured length may be a lie. */
  public PcapFile record(long seconds, int fraction, int captured, byte[] frame) {
    out.writeBytes(
        buffer(16 + recordPadding)
            .putInt((int) seconds)
            .putInt(fraction)
            .putInt(captured)
            .putInt(frame.length)
            .array());
    out.writeBytes(frame);
    return this;
  }

  public int size() {
    return out.size();
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  private ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(order);
  }
}
