package dev.janus.contract.packet;

/** From the start of a frame to the IP datagram in it. */
final class LinkLayer {
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int MPLS_UNICAST = 0x8847;
  private static final int MPLS_MULTICAST = 0x8848;
  private static final int PPPOE_SESSION = 0x8864;

  /** 802.1ah: a whole Ethernet frame behind a tag of four bytes. */
  private static final int BACKBONE = 0x88e7;

  /** Organisation of 802.1H, for EtherTypes behind SNAP as well. */
  private static final int BRIDGE_TUNNEL = 0x00_00f8;

  /** Linux cooked frames say so where others have an EtherType. */
  private static final int COOKED_LLC = 0x0004;

  /** Up to here, two bytes are the length of an 802.3 frame and no EtherType. */
  private static final int LONGEST_802_3 = 1500;

  private static final int ETHERNET_ADDRESSES = 12;

  /** No network stacks more labels; a longer stack is an attempt to keep us busy. */
  private static final int MAX_LABELS = 32;

  /** Frames in a frame of 802.1ah or behind a SNAP header: more are an attempt to keep us busy. */
  private static final int MAX_NESTED = 8;

  private LinkLayer() {}

  static PacketVerdict decode(int linkType, Frame frame, int at, int end) {
    return switch (linkType) {
      case LinkType.ETHERNET -> ethernet(frame, at, end);
      case LinkType.LINUX_SLL -> cooked(frame, at + 14, at + 16, end);
      case LinkType.LINUX_SLL2 -> cooked(frame, at, at + 20, end);
      case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD ->
          IpLayer.anyVersion(frame, at, end);
      case LinkType.IPV4 -> IpLayer.ipv4(frame, at, end);
      case LinkType.IPV6 -> IpLayer.ipv6(frame, at, end);
      case LinkType.NULL, LinkType.LOOP -> bsdLoop(frame, at, end);
      case LinkType.PPP -> PointToPoint.ppp(frame, at, end);
      case LinkType.PPP_HDLC, LinkType.CISCO_HDLC -> PointToPoint.hdlc(frame, at, end);
      case LinkType.PPP_ETHER -> PointToPoint.pppoeSession(frame, at, end);
      case LinkType.NFLOG -> Nflog.decode(frame, at, end);
      case LinkType.IEEE802_11 -> Wireless.ieee80211(frame, at, end);
      case LinkType.IEEE802_11_RADIOTAP -> Wireless.radiotap(frame, at, end);
      default -> PacketVerdict.UNSUPPORTED_LINK_TYPE;
    };
  }

  /** From the first byte of the destination address on. */
  static PacketVerdict ethernet(Frame frame, int at, int end) {
    return typed(frame, at + ETHERNET_ADDRESSES, end);
  }

  /** From an EtherType, or an 802.3 length, on: skips any number of VLAN tags. */
  private static PacketVerdict typed(Frame frame, int typeAt, int end) {
    int at = typeAt;
    while (end - at >= 2) {
      int type = frame.unsignedShort(at);
      if (type == IPV4) {
        return IpLayer.ipv4(frame, at + 2, end);
      }
      if (!isVlanTag(type)) {
        return type <= LONGEST_802_3
            ? logicalLink(frame, at + 2, Math.min(end, at + 2 + type))
            : payload(type, frame, at + 2, end);
      }
      at += 4;
    }
    return PacketVerdict.TOO_SHORT;
  }

  /** 802.1Q, 802.1ad, and the numbers switches used for outer tags before 802.1ad. */
  private static boolean isVlanTag(int type) {
    return type == 0x8100 || type == 0x88a8 || type == 0x9100 || type == 0x9200;
  }

  /** What stands behind an EtherType. */
  static PacketVerdict payload(int type, Frame frame, int at, int end) {
    return switch (type) {
      case IPV4 -> IpLayer.ipv4(frame, at, end);
      case IPV6 -> IpLayer.ipv6(frame, at, end);
      case MPLS_UNICAST, MPLS_MULTICAST -> labels(frame, at, end);
      case PPPOE_SESSION -> PointToPoint.pppoeSession(frame, at, end);
      case BACKBONE -> nested(frame, at + 4 + ETHERNET_ADDRESSES, end);
      default -> isVlanTag(type) ? nested(frame, at + 2, end) : PacketVerdict.NOT_IP;
    };
  }

  private static PacketVerdict nested(Frame frame, int typeAt, int end) {
    frame.nested++;
    return frame.nested > MAX_NESTED ? PacketVerdict.NOT_IP : typed(frame, typeAt, end);
  }

  /**
   * 802.2: IP behind a SNAP header, whose organisation must be none or that of 802.1H, or (rarely)
   * directly.
   */
  static PacketVerdict logicalLink(Frame frame, int at, int end) {
    if (end - at < 3) {
      return PacketVerdict.TOO_SHORT;
    }
    int services = frame.unsignedShort(at);
    boolean unnumbered = frame.unsignedByte(at + 2) == 0x03;
    if (services == 0x0606 && unnumbered) {
      return IpLayer.ipv4(frame, at + 3, end);
    }
    if (services != 0xaaaa || !unnumbered) {
      return PacketVerdict.NOT_IP;
    }
    if (end - at < 8) {
      return PacketVerdict.TOO_SHORT;
    }
    int organisation = frame.int32(at + 2) & 0xff_ffff;
    return organisation == 0 || organisation == BRIDGE_TUNNEL
        ? payload(frame.unsignedShort(at + 6), frame, at + 8, end)
        : PacketVerdict.NOT_IP;
  }

  /** Behind the last label, only the first four bits tell what follows. */
  static PacketVerdict labels(Frame frame, int start, int end) {
    int at = start;
    for (int label = 0; label < MAX_LABELS; label++) {
      if (end - at < 4) {
        return PacketVerdict.TOO_SHORT;
      }
      boolean last = (frame.unsignedByte(at + 2) & 1) != 0;
      at += 4;
      if (last) {
        PacketVerdict verdict = IpLayer.anyVersion(frame, at, end);
        return verdict == PacketVerdict.NOT_IP ? PacketVerdict.PSEUDO_WIRE : verdict;
      }
    }
    return PacketVerdict.MALFORMED_HEADER;
  }

  private static PacketVerdict cooked(Frame frame, int typeAt, int at, int end) {
    if (end < at) {
      return PacketVerdict.TOO_SHORT;
    }
    int type = frame.unsignedShort(typeAt);
    return type == COOKED_LLC ? logicalLink(frame, at, end) : payload(type, frame, at, end);
  }

  /**
   * The address family comes in the byte order of the capturing host (or of the network), and IPv6
   * has another number on each system: 24 NetBSD and OpenBSD, 28 FreeBSD, 30 Darwin, 10 Linux, 23
   * Windows. Some writers have an EtherType in the last two bytes.
   */
  private static PacketVerdict bsdLoop(Frame frame, int at, int end) {
    if (end - at < 4) {
      return PacketVerdict.TOO_SHORT;
    }
    int family = frame.int32(at);
    if ((family & 0xffff) == 0) {
      family = Integer.reverseBytes(family);
    }
    return switch (family) {
      case 2 -> IpLayer.ipv4(frame, at + 4, end);
      case 10, 23, 24, 28, 30 -> IpLayer.ipv6(frame, at + 4, end);
      default -> payload(frame.unsignedShort(at + 2), frame, at + 4, end);
    };
  }
}
