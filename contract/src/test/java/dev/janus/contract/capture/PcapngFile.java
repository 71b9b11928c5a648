package dev.janus.contract.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Builds pcapng files byte by byte for tests. */
public final class PcapngFile {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  /** Starts a section; later blocks have its byte order. */
  public PcapngFile section(ByteOrder sectionOrder) {
    order = sectionOrder;
    return block(
        0x0a0d0d0a,
        buffer(16).putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).putLong(-1).array());
  }

  public PcapngFile networkInterface(int linkType, int snapLength, byte[]... options) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        buffer(8).putShort((short) linkType).putShort((short) 0).putInt(snapLength).array());
    for (byte[] option : options) {
      body.writeBytes(option);
    }
    if (options.length > 0) {
      body.writeBytes(new byte[4]);
    }
    return block(1, body.toByteArray());
  }

  /** An option in the byte order of the current section. */
  public byte[] option(int code, byte[] value) {
    return buffer(4 + padded(value.length))
        .putShort((short) code)
        .putShort((short) value.length)
        .put(value)
        .array();
  }

  public byte[] resolution(int code) {
    return option(9, new byte[] {(byte) code});
  }

  public byte[] offset(long seconds) {
    return option(14, buffer(8).putLong(seconds).array());
  }

  public PcapngFile enhancedPacket(int networkInterface, long ticks, byte[] frame) {
    return enhancedPacket(networkInterface, ticks, frame.length, frame);
  }

  /** A packet whose stated captured length may be a lie. */
  public PcapngFile enhancedPacket(int networkInterface, long ticks, int captured, byte[] frame) {
    return block(
        6,
        buffer(20 + padded(frame.length))
            .putInt(networkInterface)
            .putInt((int) (ticks >>> 32))
            .putInt((int) ticks)
            .putInt(captured)
            .putInt(frame.length)
            .put(frame)
            .array());
  }

  public PcapngFile oldPacket(int networkInterface, long ticks, byte[] frame) {
    return block(
        2,
        buffer(20 + padded(frame.length))
            .putShort((short) networkInterface)
            .putShort((short) 0)
            .putInt((int) (ticks >>> 32))
            .putInt((int) ticks)
            .putInt(frame.length)
            .putInt(frame.length)
            .put(frame)
            .array());
  }

  public PcapngFile simplePacket(int original, byte[] frame) {
    return block(3, buffer(4 + padded(frame.length)).putInt(original).put(frame).array());
  }

  public PcapngFile block(int type, byte[] body) {
    int length = 12 + body.length;
    return block(type, length, body, length);
  }

  /** A block whose two lengths may be lies. */
  public PcapngFile block(int type, int length, byte[] body, int trailingLength) {
    out.writeBytes(buffer(8).putInt(type).putInt(length).array());
    out.writeBytes(body);
    out.writeBytes(buffer(4).putInt(trailingLength).array());
    return this;
  }

  public int size() {
    return out.size();
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  private ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(order);
  }
}
