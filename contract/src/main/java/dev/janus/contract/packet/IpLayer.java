package dev.janus.contract.packet;

/** IPv4 and IPv6: addresses and size, extension headers, fragments. */
final class IpLayer {
  static final int IPV6_HEADER = 40;

  private static final int IPV4_HEADER = 20;
  private static final int AUTHENTICATION = 51;
  private static final int FRAGMENT = 44;

  /** Of the 16-bit field with flags and offset: more fragments, or an offset. */
  private static final int IPV4_FRAGMENTED = 0x3fff;

  private static final int IPV4_OFFSET = 0x1fff;
  private static final int IPV6_OFFSET = 0xfff8;
  private static final int IPV6_FRAGMENTED = 0xfff9;

  private static final int SHORTEST_EXTENSION = 8;
  private static final int SHORTEST_AUTHENTICATION = 12;

  /** No real packet has more; a longer chain is an attempt to keep us busy. */
  private static final int MAX_EXTENSION_HEADERS = 16;

  private IpLayer() {}

  /** Either version, told by its first four bits. */
  static PacketVerdict anyVersion(Frame frame, int at, int end) {
    if (end <= at) {
      return PacketVerdict.TOO_SHORT;
    }
    return switch (frame.unsignedByte(at) >>> 4) {
      case 4 -> ipv4(frame, at, end);
      case 6 -> ipv6(frame, at, end);
      default -> PacketVerdict.NOT_IP;
    };
  }

  static PacketVerdict ipv4(Frame frame, int at, int available) {
    if (available - at < IPV4_HEADER) {
      return PacketVerdict.TOO_SHORT;
    }
    int first = frame.unsignedByte(at);
    int header = (first & 0xf) * 4;
    if (first >>> 4 != 4 || header < IPV4_HEADER) {
      return PacketVerdict.MALFORMED_HEADER;
    }
    int total = frame.unsignedShort(at + 2);
    int end = total == 0 ? available : Math.min(available, at + total);
    if ((frame.unsignedShort(at + 6) & IPV4_FRAGMENTED) != 0) {
      return ipv4Fragment(frame, at, at + header, end);
    }
    return ipv4Payload(frame.unsignedByte(at + 9), frame, at, at + header, end);
  }

  private static PacketVerdict ipv4Fragment(Frame frame, int at, int payload, int end) {
    int protocol = frame.unsignedByte(at + 9);
    if ((frame.unsignedShort(at + 6) & IPV4_OFFSET) == 0) {
      PacketVerdict verdict = ipv4Payload(protocol, frame, at, payload, end);
      if (verdict == PacketVerdict.KEPT && frame.fragmentPolicy == FragmentPolicy.ASSIGN) {
        ipv4Key(frame, at, protocol).remember(frame);
      }
      return verdict;
    }
    if (frame.fragmentPolicy == FragmentPolicy.DROP) {
      return PacketVerdict.FRAGMENT;
    }
    ipv4Addresses(frame, at);
    return ipv4Key(frame, at, protocol).assign(frame);
  }

  private static FragmentTable ipv4Key(Frame frame, int at, int protocol) {
    return frame.fragments.key(
        0,
        frame.unsignedInt(at + 12),
        0,
        frame.unsignedInt(at + 16),
        frame.unsignedShort(at + 4),
        protocol);
  }

  private static PacketVerdict ipv4Payload(
      int protocol, Frame frame, int at, int payload, int end) {
    if (protocol != PacketHeader.TCP) {
      if (protocol == AUTHENTICATION) {
        return ipv4Authenticated(frame, at, payload, end);
      }
      if (TunnelLayer.opens(protocol, frame, at, payload, end)) {
        return PacketVerdict.KEPT;
      }
    }
    ipv4Addresses(frame, at);
    return TransportLayer.decode(protocol, frame, payload, end);
  }

  private static void ipv4Addresses(Frame frame, int at) {
    PacketHeader packet = frame.packet;
    int total = frame.unsignedShort(at + 2);
    packet.size = total == 0 ? frame.capturedEnd - at : total;
    packet.ipv6 = false;
    packet.sourceHigh = 0;
    packet.sourceLow = frame.unsignedInt(at + 12);
    packet.destinationHigh = 0;
    packet.destinationLow = frame.unsignedInt(at + 16);
  }

  private static PacketVerdict ipv4Authenticated(Frame frame, int at, int header, int end) {
    if (end - header < SHORTEST_AUTHENTICATION) {
      return PacketVerdict.TOO_SHORT;
    }
    int length = authenticationLength(frame, header);
    if (length < SHORTEST_AUTHENTICATION) {
      return PacketVerdict.MALFORMED_HEADER;
    }
    int next = frame.unsignedByte(header);
    return next == AUTHENTICATION
        ? PacketVerdict.OTHER_PROTOCOL
        : ipv4Payload(next, frame, at, header + length, end);
  }

  static PacketVerdict ipv6(Frame frame, int at, int available) {
    if (available - at < IPV6_HEADER) {
      return PacketVerdict.TOO_SHORT;
    }
    if (frame.unsignedByte(at) >>> 4 != 6) {
      return PacketVerdict.MALFORMED_HEADER;
    }
    int length = frame.unsignedShort(at + 4);
    int end = length == 0 ? available : Math.min(available, at + IPV6_HEADER + length);
    int protocol = frame.unsignedByte(at + 6);
    return isExtensionHeader(protocol)
        ? extensionHeaders(protocol, frame, at, end)
        : ipv6Payload(protocol, frame, at, at + IPV6_HEADER, end);
  }

  private static PacketVerdict ipv6Payload(
      int protocol, Frame frame, int at, int payload, int end) {
    if (protocol != PacketHeader.TCP && TunnelLayer.opens(protocol, frame, at, payload, end)) {
      return PacketVerdict.KEPT;
    }
    ipv6Addresses(frame, at);
    return TransportLayer.decode(protocol, frame, payload, end);
  }

  private static void ipv6Addresses(Frame frame, int at) {
    PacketHeader packet = frame.packet;
    packet.size = frame.unsignedShort(at + 4) + IPV6_HEADER;
    packet.ipv6 = true;
    packet.sourceHigh = frame.int64(at + 8);
    packet.sourceLow = frame.int64(at + 16);
    packet.destinationHigh = frame.int64(at + 24);
    packet.destinationLow = frame.int64(at + 32);
  }

  /** Every number registered as an IPv6 extension header, skipped or not. */
  private static boolean isExtensionHeader(int protocol) {
    return switch (protocol) {
      case 0, 43, FRAGMENT, 50, AUTHENTICATION, 60, 135, 139, 140, 253, 254 -> true;
      default -> false;
    };
  }

  /**
   * Walks along the chain: hop-by-hop, routing and destination options are skipped, authentication
   * and fragment headers read; any other ends it.
   */
  private static PacketVerdict extensionHeaders(int firstHeader, Frame frame, int ip, int end) {
    int header = firstHeader;
    int at = ip + IPV6_HEADER;
    int firstFragment = -1;
    for (int walked = 0; isExtensionHeader(header); walked++) {
      if (walked == MAX_EXTENSION_HEADERS || !isRead(header)) {
        return PacketVerdict.UNSUPPORTED_EXTENSION_HEADER;
      }
      if (header == FRAGMENT && frame.fragmentPolicy == FragmentPolicy.DROP) {
        return PacketVerdict.FRAGMENT;
      }
      if (end - at < SHORTEST_EXTENSION) {
        return PacketVerdict.TOO_SHORT;
      }
      int length = SHORTEST_EXTENSION;
      if (header == FRAGMENT) {
        int offset = frame.unsignedShort(at + 2);
        if ((offset & IPV6_OFFSET) != 0) {
          ipv6Addresses(frame, ip);
          return ipv6Key(frame, ip, at).assign(frame);
        }
        firstFragment = (offset & IPV6_FRAGMENTED) == 0 ? firstFragment : at;
      } else if (header == AUTHENTICATION) {
        length = authenticationLength(frame, at);
        if (length < SHORTEST_AUTHENTICATION) {
          return PacketVerdict.MALFORMED_HEADER;
        }
      } else {
        length = (frame.unsignedByte(at + 1) + 1) * 8;
      }
      header = frame.unsignedByte(at);
      at += length;
    }
    PacketVerdict verdict = ipv6Payload(header, frame, ip, at, end);
    if (firstFragment >= 0 && verdict == PacketVerdict.KEPT) {
      ipv6Key(frame, ip, firstFragment).remember(frame);
    }
    return verdict;
  }

  private static boolean isRead(int header) {
    return switch (header) {
      case 0, 43, FRAGMENT, AUTHENTICATION, 60 -> true;
      default -> false;
    };
  }

  /**
   * Fragments of one packet may name different next headers: the protocol is no part of the key.
   */
  private static FragmentTable ipv6Key(Frame frame, int ip, int fragment) {
    return frame.fragments.key(
        frame.int64(ip + 8),
        frame.int64(ip + 16),
        frame.int64(ip + 24),
        frame.int64(ip + 32),
        frame.int32(fragment + 4),
        FRAGMENT);
  }

  private static int authenticationLength(Frame frame, int at) {
    return (frame.unsignedByte(at + 1) + 2) * 4;
  }
}
