package dev.janus.contract.packet;

/** The user plane of GTP, version 1. */
final class GtpTunnel {
  /** Version 1 and protocol type GTP, in the first four bits. */
  private static final int VERSION_1 = 0x30;

  private static final int DATA = 255;
  private static final int HEADER = 8;

  /** Sequence number, N-PDU number and next extension: there when any of their flags is set. */
  private static final int OPTIONAL_FIELDS = 0x07;

  private static final int EXTENSION = 0x04;
  private static final int MAX_EXTENSIONS = 8;

  private GtpTunnel() {}

  /** Whether it is a message that carries a datagram; four bytes must be there. */
  static boolean isData(Frame frame, int at) {
    return (frame.unsignedByte(at) & 0xf0) == VERSION_1 && frame.unsignedByte(at + 1) == DATA;
  }

  static PacketVerdict inside(Frame frame, int start, int end) {
    int flags = frame.unsignedByte(start);
    if ((flags & OPTIONAL_FIELDS) == 0) {
      return IpLayer.anyVersion(frame, start + HEADER, end);
    }
    int at = start + HEADER + 4;
    return (flags & EXTENSION) == 0
        ? IpLayer.anyVersion(frame, at, end)
        : behindExtensions(frame, at, end);
  }

  /** The last byte of each extension, and of the optional fields, is the type of the next. */
  private static PacketVerdict behindExtensions(Frame frame, int start, int end) {
    int at = start;
    for (int walked = 0; walked <= MAX_EXTENSIONS; walked++) {
      if (end - at < 1) {
        return PacketVerdict.TOO_SHORT;
      }
      if (frame.unsignedByte(at - 1) == 0) {
        return IpLayer.anyVersion(frame, at, end);
      }
      at += Math.max(frame.unsignedByte(at), 1) * 4;
    }
    return PacketVerdict.MALFORMED_HEADER;
  }
}
