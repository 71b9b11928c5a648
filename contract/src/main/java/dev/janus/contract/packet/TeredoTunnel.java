package dev.janus.contract.packet;

/** IPv6 in UDP, with an authentication and an origin field in front of it now and then. */
final class TeredoTunnel {
  private static final int AUTHENTICATION = 0x0001;
  private static final int ORIGIN = 0x0000;
  private static final int ORIGIN_FIELD = 8;

  /** Indicator, two lengths, nonce and confirmation, without what the lengths stand for. */
  private static final int AUTHENTICATION_FIELD = 13;

  private TeredoTunnel() {}

  /** Whether a whole IPv6 header follows. */
  static boolean isData(Frame frame, int at, int end) {
    int datagram = datagram(frame, at, end);
    return end - datagram >= IpLayer.IPV6_HEADER && frame.unsignedByte(datagram) >>> 4 == 6;
  }

  /** Where the IPv6 datagram starts; four bytes must be there. */
  static int datagram(Frame frame, int start, int end) {
    int at = start;
    if (frame.unsignedShort(at) == AUTHENTICATION) {
      at += AUTHENTICATION_FIELD + frame.unsignedByte(at + 2) + frame.unsignedByte(at + 3);
    }
    if (end - at >= ORIGIN_FIELD && frame.unsignedShort(at) == ORIGIN) {
      at += ORIGIN_FIELD;
    }
    return at;
  }
}
