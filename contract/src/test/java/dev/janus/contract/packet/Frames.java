package dev.janus.contract.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Builds frames byte by byte for tests. */
public final class Frames {
  public static final int IPV4 = 0x0800;
  public static final int IPV6 = 0x86dd;
  public static final int VLAN = 0x8100;
  public static final int QINQ = 0x88a8;

  private Frames() {}

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Big-endian 16-bit words. */
  public static byte[] words(int... words) {
    ByteBuffer out = ByteBuffer.allocate(words.length * 2);
    for (int word : words) {
      out.putShort((short) word);
    }
    return out.array();
  }

  public static byte[] tcp(int sourcePort, int destinationPort, int flags, int window, int data) {
    return concat(
        words(sourcePort, destinationPort, 0, 1, 0, 2, 0x5000 | flags, window, 0, 0),
        new byte[data]);
  }

  public static byte[] udp(int sourcePort, int destinationPort, int data) {
    return concat(words(sourcePort, destinationPort, 8 + data, 0), new byte[data]);
  }

  /** A datagram without options whose total length is right. */
  public static byte[] ipv4(int protocol, int source, int destination, byte[] payload) {
    return ipv4(protocol, source, destination, 20 + payload.length, 0, new byte[0], payload);
  }

  /**
   * @param fragment flags and offset field
   */
  public static byte[] ipv4(
      int protocol,
      int source,
      int destination,
      int totalLength,
      int fragment,
      byte[] options,
      byte[] payload) {
    int headerWords = 5 + options.length / 4;
    return concat(
        words(0x4000 | headerWords << 8, totalLength, 7, fragment, 64 << 8 | protocol, 0),
        words(source >>> 16, source, destination >>> 16, destination),
        options,
        payload);
  }

  /** A datagram from 2001:db8::source to 2001:db8::destination. */
  public static byte[] ipv6(int nextHeader, int source, int destination, byte[] payload) {
    return concat(
        words(0x6000, 0, payload.length, nextHeader << 8 | 64),
        words(0x2001, 0xdb8, 0, 0, 0, 0, source >>> 16, source),
        words(0x2001, 0xdb8, 0, 0, 0, 0, destination >>> 16, destination),
        payload);
  }

  /** An IPv6 extension header of {@code units * 8 + 8} bytes. */
  public static byte[] extension(int nextHeader, int units, byte[] payload) {
    return concat(words(nextHeader << 8 | units), new byte[6 + units * 8], payload);
  }

  public static byte[] ethernet(int type, byte[] payload) {
    return concat(words(1, 2, 3, 4, 5, 6, type), payload);
  }

  /** What stands behind a tag's EtherType: the tag's number and the next type. */
  public static byte[] tag(int vlan, int nextType, byte[] payload) {
    return concat(words(vlan, nextType), payload);
  }

  public static byte[] linuxCooked1(int type, byte[] payload) {
    return concat(words(0, 1, 6, 1, 2, 3, 0, type), payload);
  }

  public static byte[] linuxCooked2(int type, byte[] payload) {
    return concat(words(type, 0, 0, 3, 1, 6, 1, 2, 3, 0), payload);
  }

  public static byte[] bsdLoop(int family, byte[] payload) {
    return concat(words(family >>> 16, family), payload);
  }
}
