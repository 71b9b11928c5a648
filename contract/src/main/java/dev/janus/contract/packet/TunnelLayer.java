package dev.janus.contract.packet;

import org.jspecify.annotations.Nullable;

/** Recognises tunnels, counts them, and decodes what is inside where that is asked for. */
final class TunnelLayer {
  static final int MAX_DEPTH = 8;

  private static final int IPV4 = 4;
  private static final int IPV6 = 41;
  private static final int GRE = 47;

  private static final int VXLAN_PORT = 4789;
  private static final int GENEVE_PORT = 6081;
  private static final int TEREDO_PORT = 3544;
  private static final int GTP_U_PORT = 2152;

  private static final int UDP_HEADER = 8;
  private static final int VXLAN_HEADER = 8;
  private static final int GENEVE_HEADER = 8;
  private static final int ETHERNET_BRIDGING = 0x6558;

  private TunnelLayer() {}

  /**
   * Looks at the payload of a datagram.
   *
   * @param ip where the datagram starts
   * @param at where its payload starts
   * @return whether a datagram inside was kept; the packet is untouched or garbage otherwise
   */
  static boolean opens(int protocol, Frame frame, int ip, int at, int end) {
    Tunnel tunnel =
        protocol == PacketHeader.UDP
            ? overUdp(frame, at, end)
            : directly(protocol, frame, ip, at, end);
    return tunnel != null && opens(tunnel, frame, at, end);
  }

  private static @Nullable Tunnel directly(int protocol, Frame frame, int ip, int at, int end) {
    return switch (protocol) {
      case IPV4 -> isIpv6(frame, ip) ? Tunnel.IPV4_IN_IPV6 : Tunnel.IPV4_IN_IPV4;
      case IPV6 -> isIpv6(frame, ip) ? Tunnel.IPV6_IN_IPV6 : Tunnel.IPV6_IN_IPV4;
      case GRE -> GreTunnel.kind(frame, at, end);
      default -> null;
    };
  }

  private static boolean opens(Tunnel tunnel, Frame frame, int at, int end) {
    int bit = 1 << tunnel.ordinal();
    if ((frame.met & bit) == 0) {
      frame.met |= bit;
      frame.statistics.tunnel(tunnel);
    }
    if (frame.tunnelPolicy == TunnelPolicy.OUTER || frame.depth == MAX_DEPTH) {
      return false;
    }
    frame.depth++;
    boolean kept = inside(tunnel, frame, at, end) == PacketVerdict.KEPT;
    frame.depth--;
    if (kept) {
      frame.opened |= bit;
    }
    return kept;
  }

  private static boolean isIpv6(Frame frame, int ip) {
    return frame.unsignedByte(ip) >>> 4 == 6;
  }

  /** Ordinary packets go no further than the two ports. */
  private static @Nullable Tunnel overUdp(Frame frame, int at, int end) {
    if (end - at < UDP_HEADER + 4) {
      return null;
    }
    int port = frame.unsignedShort(at + 2);
    return switch (port) {
      case VXLAN_PORT, GENEVE_PORT, GTP_U_PORT, TEREDO_PORT -> toPort(port, frame, at, end);
      default ->
          frame.unsignedShort(at) == TEREDO_PORT ? toPort(TEREDO_PORT, frame, at, end) : null;
    };
  }

  /** Looks also at the first bytes behind the UDP header, where they cannot be mistaken. */
  private static @Nullable Tunnel toPort(int port, Frame frame, int at, int end) {
    int data = at + UDP_HEADER;
    int first = frame.unsignedByte(data);
    return switch (port) {
      case VXLAN_PORT -> (first & 0x08) != 0 ? Tunnel.VXLAN : null;
      case GENEVE_PORT -> first >>> 6 == 0 ? Tunnel.GENEVE : null;
      case GTP_U_PORT -> GtpTunnel.isData(frame, data) ? Tunnel.GTP_U : null;
      default -> TeredoTunnel.isData(frame, data, end) ? Tunnel.TEREDO : null;
    };
  }

  private static PacketVerdict inside(Tunnel tunnel, Frame frame, int at, int end) {
    int data = at + UDP_HEADER;
    return switch (tunnel) {
      case IPV4_IN_IPV4, IPV4_IN_IPV6 -> IpLayer.ipv4(frame, at, end);
      case IPV6_IN_IPV4, IPV6_IN_IPV6 -> IpLayer.ipv6(frame, at, end);
      case GRE, ERSPAN -> GreTunnel.inside(frame, at, end);
      case VXLAN -> LinkLayer.ethernet(frame, data + VXLAN_HEADER, end);
      case GENEVE -> geneve(frame, data, end);
      case TEREDO -> IpLayer.ipv6(frame, TeredoTunnel.datagram(frame, data, end), end);
      case GTP_U -> GtpTunnel.inside(frame, data, end);
    };
  }

  /** The first byte holds the length of the options in units of four bytes. */
  private static PacketVerdict geneve(Frame frame, int at, int end) {
    if (end - at < GENEVE_HEADER) {
      return PacketVerdict.TOO_SHORT;
    }
    int behind = at + GENEVE_HEADER + (frame.unsignedByte(at) & 0x3f) * 4;
    return bridged(frame.unsignedShort(at + 2), frame, behind, end);
  }

  /** What follows an EtherType that may also announce a whole Ethernet frame. */
  static PacketVerdict bridged(int type, Frame frame, int at, int end) {
    return type == ETHERNET_BRIDGING
        ? LinkLayer.ethernet(frame, at, end)
        : LinkLayer.payload(type, frame, at, end);
  }
}
