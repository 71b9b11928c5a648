package dev.janus.contract.packet;

/** TCP, UDP, ICMP and ICMPv6: ports, flags and window. */
final class TransportLayer {
  private static final int TCP_UP_TO_WINDOW = 16;
  private static final int PORTS = 4;

  private TransportLayer() {}

  /** Reads the header at {@code at}; addresses and size are in the packet already. */
  static PacketVerdict decode(int protocol, Frame frame, int at, int end) {
    PacketHeader packet = frame.packet;
    packet.protocol = protocol;
    packet.tcpFlags = 0;
    packet.window = 0;
    switch (protocol) {
      case PacketHeader.TCP -> {
        if (end - at < TCP_UP_TO_WINDOW) {
          return PacketVerdict.TOO_SHORT;
        }
        packet.tcpFlags = frame.unsignedByte(at + 13);
        packet.window = frame.unsignedShort(at + 14);
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
    packet.sourcePort = frame.unsignedShort(at);
    packet.destinationPort = frame.unsignedShort(at + 2);
    return PacketVerdict.KEPT;
  }
}
