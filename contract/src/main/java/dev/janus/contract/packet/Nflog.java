package dev.janus.contract.packet;

/** Packets of Linux's netfilter log: attributes with length and type, one of them the packet. */
final class Nflog {
  private static final int HEADER = 4;
  private static final int ATTRIBUTE_HEADER = 4;
  private static final int PAYLOAD = 9;

  private Nflog() {}

  static PacketVerdict decode(Frame frame, int start, int end) {
    int at = start + HEADER;
    while (end - at >= ATTRIBUTE_HEADER) {
      int length = hostOrder(frame.unsignedShort(at));
      int type = hostOrder(frame.unsignedShort(at + 2));
      if (length < ATTRIBUTE_HEADER) {
        return PacketVerdict.MALFORMED_HEADER;
      }
      if (type == PAYLOAD) {
        return IpLayer.anyVersion(frame, at + ATTRIBUTE_HEADER, Math.min(end, at + length));
      }
      at += length + 3 & ~3;
    }
    return PacketVerdict.TOO_SHORT;
  }

  /** The capturing host's byte order is not told; today all such hosts are little-endian. */
  private static int hostOrder(int bigEndian) {
    return (bigEndian & 0xff) << 8 | bigEndian >>> 8;
  }
}
