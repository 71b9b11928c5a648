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

  /** 802.2 and SNAP headers without an organisation. */
  public static byte[] snap(int type, byte[] payload) {
    return concat(words(0xaaaa, 0x0300, 0, type), payload);
  }

  /** An 802.3 frame, whose length stands where others have an EtherType. */
  public static byte[] ieee8023(byte[] payload) {
    return ethernet(payload.length, payload);
  }

  /** A stack of labels, the last marked so. */
  public static byte[] labels(int count, byte[] payload) {
    int[] words = new int[2 * count];
    for (int i = 0; i < count; i++) {
      words[2 * i] = 100 + i;
      words[2 * i + 1] = (i == count - 1 ? 0x100 : 0) | 64;
    }
    return concat(words(words), payload);
  }

  public static byte[] ppp(int protocol, byte[] payload) {
    return concat(words(protocol), payload);
  }

  /** A PPPoE session header around a PPP frame. */
  public static byte[] pppoe(byte[] ppp) {
    return concat(words(0x1100, 77, ppp.length), ppp);
  }

  /** An attribute of a netfilter log, little-endian as nearly all hosts are. */
  public static byte[] nflogAttribute(int type, byte[] value) {
    int length = 4 + value.length;
    return concat(
        new byte[] {(byte) length, (byte) (length >> 8), (byte) type, 0},
        value,
        new byte[-length & 3]);
  }

  /**
   * A data frame of 802.11 with its LLC payload.
   *
   * @param subtype first byte
   * @param flags second byte
   * @param header length of the header
   */
  public static byte[] ieee80211(int subtype, int flags, int header, byte[] payload) {
    return concat(new byte[] {(byte) subtype, (byte) flags}, new byte[header - 2], payload);
  }

  /** A UDP datagram with the given data. */
  public static byte[] udp(int sourcePort, int destinationPort, byte[] data) {
    return concat(words(sourcePort, destinationPort, 8 + data.length, 0), data);
  }

  /**
   * An IPv4 fragment of a datagram with identification 7.
   *
   * @param offset in bytes, a multiple of 8
   * @param more 1 when more fragments follow, else 0
   */
  public static byte[] fragment4(
      int protocol, int source, int destination, int offset, int more, byte[] payload) {
    return ipv4(
        protocol,
        source,
        destination,
        20 + payload.length,
        more << 13 | offset / 8,
        new byte[0],
        payload);
  }

  /** An IPv6 fragment; see {@link #fragment4}. */
  public static byte[] fragment6(
      int nextHeader, int source, int destination, int offset, int more, byte[] payload) {
    return ipv6(
        44, source, destination, concat(words(nextHeader << 8, offset | more, 0, 7), payload));
  }
}
