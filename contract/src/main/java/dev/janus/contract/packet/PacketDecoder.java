package dev.janus.contract.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds addresses, ports, size, TCP flags and window in a captured frame (method, sections 1.1, 1.2
 * and 2). Stateless; never reads outside the given range, allocates nothing, throws nothing.
 */
public final class PacketDecoder {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;

  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int TCP_UP_TO_WINDOW = 16;
  private static final int PORTS = 4;

  /** No real packet has more; a longer chain is an attempt to keep us busy. */
  private static final int MAX_EXTENSION_HEADERS = 16;

  private PacketDecoder() {}

  /**
   * Decodes one frame into {@code packet}, whose fields are meaningful only when the verdict is
   * {@link PacketVerdict#KEPT}. Index and time of {@code packet} stay as they are.
   *
   * @param frame array that holds the frame
   * @param offset where the frame starts
   * @param available bytes of the frame present in the array, from {@code offset} on
   * @param captured captured length of the frame, at least {@code available}; counts only when a
   *     segmentation-offloaded packet states no length of its own
   * @param linkType link-layer number, see {@link LinkType}
   */
  public static PacketVerdict decode(
      byte[] frame, int offset, int available, int captured, int linkType, PacketHeader packet) {
    int end = offset + available;
    int capturedEnd = offset + captured;
    return switch (linkType) {
      case LinkType.ETHERNET -> tagged(frame, offset + 12, end, capturedEnd, packet);
      case LinkType.LINUX_SLL -> tagged(frame, offset + 14, end, capturedEnd, packet);
      case LinkType.LINUX_SLL2 -> linuxCooked2(frame, offset, end, capturedEnd, packet);
      case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD ->
          raw(frame, offset, end, capturedEnd, packet);
      case LinkType.IPV4 -> ipv4(frame, offset, end, capturedEnd, packet);
      case LinkType.IPV6 -> ipv6(frame, offset, end, packet);
      case LinkType.NULL, LinkType.LOOP -> bsdLoop(frame, offset, end, capturedEnd, packet);
      default -> PacketVerdict.UNSUPPORTED_LINK_TYPE;
    };
  }

  /** From an EtherType on: skips any number of VLAN tags. */
  private static PacketVerdict tagged(
      byte[] frame, int typeAt, int end, int capturedEnd, PacketHeader packet) {
    int at = typeAt;
    while (true) {
      if (end - at < 2) {
        return PacketVerdict.TOO_SHORT;
      }
      int type = unsignedShort(frame, at);
      if (!isVlanTag(type)) {
        return byEtherType(type, frame, at + 2, end, capturedEnd, packet);
      }
      at += 4;
    }
  }

  /** 802.1Q, 802.1ad, and the numbers switches used for outer tags before 802.1ad. */
  private static boolean isVlanTag(int type) {
    return type == 0x8100 || type == 0x88a8 || type == 0x9100 || type == 0x9200;
  }

  private static PacketVerdict byEtherType(
      int type, byte[] frame, int at, int end, int capturedEnd, PacketHeader packet) {
    return switch (type) {
      case ETHERTYPE_IPV4 -> ipv4(frame, at, end, capturedEnd, packet);
      case ETHERTYPE_IPV6 -> ipv6(frame, at, end, packet);
      default -> PacketVerdict.NOT_IP;
    };
  }

  /** The protocol type stands first and the datagram (or a VLAN tag) after 20 bytes. */
  private static PacketVerdict linuxCooked2(
      byte[] frame, int offset, int end, int capturedEnd, PacketHeader packet) {
    if (end - offset < 20) {
      return PacketVerdict.TOO_SHORT;
    }
    int type = unsignedShort(frame, offset);
    return isVlanTag(type)
        ? tagged(frame, offset + 22, end, capturedEnd, packet)
        : byEtherType(type, frame, offset + 20, end, capturedEnd, packet);
  }

  private static PacketVerdict raw(
      byte[] frame, int at, int end, int capturedEnd, PacketHeader packet) {
    if (end <= at) {
      return PacketVerdict.TOO_SHORT;
    }
    return switch (frame[at] >>> 4 & 0xf) {
      case 4 -> ipv4(frame, at, end, capturedEnd, packet);
      case 6 -> ipv6(frame, at, end, packet);
      default -> PacketVerdict.NOT_IP;
    };
  }

  /**
   * The address family comes in the byte order of the capturing host (or of the network), and IPv6
   * has another number on each system: 24 NetBSD and OpenBSD, 28 FreeBSD, 30 Darwin, 10 Linux, 23
   * Windows.
   */
  private static PacketVerdict bsdLoop(
      byte[] frame, int offset, int end, int capturedEnd, PacketHeader packet) {
    if (end - offset < 4) {
      return PacketVerdict.TOO_SHORT;
    }
    int family = (int) INT.get(frame, offset);
    if ((family & 0xffff) == 0) {
      family = Integer.reverseBytes(family);
    }
    return switch (family) {
      case 2 -> ipv4(frame, offset + 4, end, capturedEnd, packet);
      case 10, 23, 24, 28, 30 -> ipv6(frame, offset + 4, end, packet);
      default -> PacketVerdict.NOT_IP;
    };
  }

  private static PacketVerdict ipv4(
      byte[] frame, int at, int end, int capturedEnd, PacketHeader packet) {
    if (end - at < IPV4_HEADER) {
      return PacketVerdict.TOO_SHORT;
    }
    int headerLength = (frame[at] & 0xf) * 4;
    if ((frame[at] >>> 4 & 0xf) != 4 || headerLength < IPV4_HEADER) {
      return PacketVerdict.MALFORMED_HEADER;
    }
    if ((unsignedShort(frame, at + 6) & 0x1fff) != 0) {
      return PacketVerdict.FRAGMENT;
    }
    int totalLength = unsignedShort(frame, at + 2);
    packet.size = totalLength == 0 ? capturedEnd - at : totalLength;
    packet.ipv6 = false;
    packet.sourceHigh = 0;
    packet.sourceLow = (int) INT.get(frame, at + 12) & 0xffff_ffffL;
    packet.destinationHigh = 0;
    packet.destinationLow = (int) INT.get(frame, at + 16) & 0xffff_ffffL;
    return transport(frame[at + 9] & 0xff, frame, at + headerLength, end, packet);
  }

  private static PacketVerdict ipv6(byte[] frame, int at, int end, PacketHeader packet) {
    if (end - at < IPV6_HEADER) {
      return PacketVerdict.TOO_SHORT;
    }
    if ((frame[at] >>> 4 & 0xf) != 6) {
      return PacketVerdict.MALFORMED_HEADER;
    }
    packet.size = unsignedShort(frame, at + 4) + IPV6_HEADER;
    packet.ipv6 = true;
    packet.sourceHigh = (long) LONG.get(frame, at + 8);
    packet.sourceLow = (long) LONG.get(frame, at + 16);
    packet.destinationHigh = (long) LONG.get(frame, at + 24);
    packet.destinationLow = (long) LONG.get(frame, at + 32);
    int protocol = frame[at + 6] & 0xff;
    return isExtensionHeader(protocol)
        ? extensionHeaders(protocol, frame, at + IPV6_HEADER, end, packet)
        : transport(protocol, frame, at + IPV6_HEADER, end, packet);
  }

  /** Every number registered as an IPv6 extension header, skipped or not. */
  private static boolean isExtensionHeader(int protocol) {
    return switch (protocol) {
      case 0, 43, 44, 50, 51, 60, 135, 139, 140, 253, 254 -> true;
      default -> false;
    };
  }

  private static PacketVerdict extensionHeaders(
      int firstHeader, byte[] frame, int firstAt, int end, PacketHeader packet) {
    int header = firstHeader;
    int at = firstAt;
    for (int walked = 0; isExtensionHeader(header); walked++) {
      boolean skipped = header == 0 || header == 43 || header == 60;
      if (!skipped || walked == MAX_EXTENSION_HEADERS) {
        return PacketVerdict.UNSUPPORTED_EXTENSION_HEADER;
      }
      if (end - at < 2) {
        return PacketVerdict.TOO_SHORT;
      }
      header = frame[at] & 0xff;
      at += ((frame[at + 1] & 0xff) + 1) * 8;
    }
    return transport(header, frame, at, end, packet);
  }

  private static PacketVerdict transport(
      int protocol, byte[] frame, int at, int end, PacketHeader packet) {
    packet.protocol = protocol;
    packet.tcpFlags = 0;
    packet.window = 0;
    switch (protocol) {
      case PacketHeader.TCP -> {
        if (end - at < TCP_UP_TO_WINDOW) {
          return PacketVerdict.TOO_SHORT;
        }
        packet.tcpFlags = frame[at + 13] & 0xff;
        packet.window = unsignedShort(frame, at + 14);
      }
      case PacketHeader.UDP -> {
        if (end - at < PORTS) {
          return PacketVerdict.TOO_SHORT;
        }
      }
      case PacketHeader.ICMP, PacketHeader.ICMPV6 -> {
        packet.sourcePort = 0;
        packet.destinationPort = 0;
        return PacketVerdict.KEPT;
      }
      default -> {
        return PacketVerdict.OTHER_PROTOCOL;
      }
    }
    packet.sourcePort = unsignedShort(frame, at);
    packet.destinationPort = unsignedShort(frame, at + 2);
    return PacketVerdict.KEPT;
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at) & 0xffff;
  }
}
