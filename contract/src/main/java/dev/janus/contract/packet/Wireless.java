package dev.janus.contract.packet;

/** Frames of 802.11, with or without a radiotap header: data frames that are not encrypted. */
final class Wireless {
  private static final int RADIOTAP_HEADER = 8;
  private static final int RADIOTAP_MORE_FIELDS = 1 << 31;
  private static final int RADIOTAP_TIME = 1;
  private static final int RADIOTAP_FLAGS = 2;
  private static final int FLAG_PADDED = 0x20;

  private static final int TYPE_AND_VERSION = 0x0f;
  private static final int DATA = 0x08;
  private static final int NO_DATA = 0x40;
  private static final int QUALITY_OF_SERVICE = 0x80;
  private static final int BOTH_DISTRIBUTION_SYSTEMS = 0x03;
  private static final int ENCRYPTED = 0x40;
  private static final int HIGH_THROUGHPUT = 0x80;
  private static final int SEVERAL_FRAMES = 0x80;

  private static final int SHORTEST_HEADER = 24;

  private Wireless() {}

  static PacketVerdict ieee80211(Frame frame, int at, int end) {
    return dataFrame(frame, at, end, 1);
  }

  /** Little-endian; only the flags are of use: whether the header behind is padded. */
  static PacketVerdict radiotap(Frame frame, int start, int end) {
    if (end - start < RADIOTAP_HEADER) {
      return PacketVerdict.TOO_SHORT;
    }
    int length = Short.reverseBytes((short) frame.unsignedShort(start + 2)) & 0xffff;
    if (length < RADIOTAP_HEADER) {
      return PacketVerdict.MALFORMED_HEADER;
    }
    int behind = start + length;
    if (behind > end) {
      return PacketVerdict.TOO_SHORT;
    }
    int present = Integer.reverseBytes(frame.int32(start + 4));
    int at = start + 4;
    for (int word = present; (word & RADIOTAP_MORE_FIELDS) != 0 && behind - at >= 8; ) {
      at += 4;
      word = Integer.reverseBytes(frame.int32(at));
    }
    at += 4;
    if ((present & RADIOTAP_TIME) != 0) {
      at = start + (at - start + 7 & ~7) + 8;
    }
    boolean padded =
        (present & RADIOTAP_FLAGS) != 0
            && at < behind
            && (frame.unsignedByte(at) & FLAG_PADDED) != 0;
    return dataFrame(frame, behind, end, padded ? 4 : 1);
  }

  /**
   * @param alignment what the length of the header is a multiple of
   */
  private static PacketVerdict dataFrame(Frame frame, int at, int end, int alignment) {
    if (end - at < 2) {
      return PacketVerdict.TOO_SHORT;
    }
    int kind = frame.unsignedByte(at);
    int flags = frame.unsignedByte(at + 1);
    if ((kind & TYPE_AND_VERSION) != DATA || (kind & NO_DATA) != 0 || (flags & ENCRYPTED) != 0) {
      return PacketVerdict.NOT_IP;
    }
    int header = SHORTEST_HEADER;
    if ((flags & BOTH_DISTRIBUTION_SYSTEMS) == BOTH_DISTRIBUTION_SYSTEMS) {
      header += 6;
    }
    if ((kind & QUALITY_OF_SERVICE) != 0) {
      if (end - at < header + 2) {
        return PacketVerdict.TOO_SHORT;
      }
      if ((frame.unsignedByte(at + header) & SEVERAL_FRAMES) != 0) {
        return PacketVerdict.NOT_IP;
      }
      header += (flags & HIGH_THROUGHPUT) != 0 ? 6 : 2;
    }
    int aligned = (header + alignment - 1) / alignment * alignment;
    return LinkLayer.logicalLink(frame, at + aligned, end);
  }
}
