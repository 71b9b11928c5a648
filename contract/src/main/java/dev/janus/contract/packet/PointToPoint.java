package dev.janus.contract.packet;

/** PPP in its several frames, PPPoE and Cisco's HDLC. */
final class PointToPoint {
  private static final int PPP_IPV4 = 0x0021;
  private static final int PPP_IPV6 = 0x0057;
  private static final int PPP_MPLS_UNICAST = 0x0281;
  private static final int PPP_MPLS_MULTICAST = 0x0283;

  /** Address "all stations", control "unnumbered information". */
  private static final int PPP_ADDRESS_AND_CONTROL = 0xff03;

  private static final int CISCO_UNICAST = 0x0f00;
  private static final int CISCO_MULTICAST = 0x8f00;

  /** Version 1, type 1, code "session data". */
  private static final int PPPOE_DATA = 0x1100;

  private static final int PPPOE_HEADER = 6;

  private PointToPoint() {}

  /**
   * From the address field, or where it is left out from the protocol, on; the protocol may be
   * shortened to one odd byte.
   */
  static PacketVerdict ppp(Frame frame, int start, int end) {
    if (end - start < 2) {
      return PacketVerdict.TOO_SHORT;
    }
    int at = frame.unsignedShort(start) == PPP_ADDRESS_AND_CONTROL ? start + 2 : start;
    if (end - at < 2) {
      return PacketVerdict.TOO_SHORT;
    }
    int protocol = frame.unsignedByte(at);
    at++;
    if ((protocol & 1) == 0) {
      protocol = protocol << 8 | frame.unsignedByte(at);
      at++;
    }
    return switch (protocol) {
      case PPP_IPV4 -> IpLayer.ipv4(frame, at, end);
      case PPP_IPV6 -> IpLayer.ipv6(frame, at, end);
      case PPP_MPLS_UNICAST, PPP_MPLS_MULTICAST -> LinkLayer.labels(frame, at, end);
      default -> PacketVerdict.NOT_IP;
    };
  }

  /** Cisco's frames hold an EtherType, all others are PPP. */
  static PacketVerdict hdlc(Frame frame, int at, int end) {
    if (end - at < 4) {
      return PacketVerdict.TOO_SHORT;
    }
    int addressAndControl = frame.unsignedShort(at);
    return addressAndControl == CISCO_UNICAST || addressAndControl == CISCO_MULTICAST
        ? LinkLayer.payload(frame.unsignedShort(at + 2), frame, at + 4, end)
        : ppp(frame, at, end);
  }

  static PacketVerdict pppoeSession(Frame frame, int at, int end) {
    if (end - at < PPPOE_HEADER) {
      return PacketVerdict.TOO_SHORT;
    }
    return frame.unsignedShort(at) == PPPOE_DATA
        ? ppp(frame, at + PPPOE_HEADER, end)
        : PacketVerdict.NOT_IP;
  }
}
