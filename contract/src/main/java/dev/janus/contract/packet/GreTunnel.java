package dev.janus.contract.packet;

import org.jspecify.annotations.Nullable;

/** Generic routing encapsulation, versions 0 and 1, and the mirrored frames carried in it. */
final class GreTunnel {
  private static final int CHECKSUM = 0x8000;
  private static final int ROUTING = 0x4000;
  private static final int KEY = 0x2000;
  private static final int SEQUENCE = 0x1000;
  private static final int ACKNOWLEDGEMENT = 0x0080;
  private static final int VERSION = 0x0007;

  private static final int PPP = 0x880b;
  private static final int ERSPAN = 0x88be;
  private static final int ERSPAN_III = 0x22eb;

  private static final int ERSPAN_II_HEADER = 8;
  private static final int ERSPAN_III_HEADER = 12;
  private static final int ERSPAN_III_SUBHEADER = 8;

  private GreTunnel() {}

  /** GRE or ERSPAN; null when the header is cut. */
  static @Nullable Tunnel kind(Frame frame, int at, int end) {
    if (end - at < 4) {
      return null;
    }
    int type = frame.unsignedShort(at + 2);
    return type == ERSPAN || type == ERSPAN_III ? Tunnel.ERSPAN : Tunnel.GRE;
  }

  static PacketVerdict inside(Frame frame, int start, int end) {
    int flags = frame.unsignedShort(start);
    int version = flags & VERSION;
    if (version > 1 || (flags & ROUTING) != 0) {
      return PacketVerdict.OTHER_PROTOCOL;
    }
    int at = start + 4;
    at += (flags & CHECKSUM) != 0 ? 4 : 0;
    at += (flags & KEY) != 0 ? 4 : 0;
    at += (flags & SEQUENCE) != 0 ? 4 : 0;
    at += version == 1 && (flags & ACKNOWLEDGEMENT) != 0 ? 4 : 0;
    int type = frame.unsignedShort(start + 2);
    return switch (type) {
      case PPP -> PointToPoint.ppp(frame, at, end);
      case ERSPAN ->
          LinkLayer.ethernet(frame, (flags & SEQUENCE) == 0 ? at : at + ERSPAN_II_HEADER, end);
      case ERSPAN_III -> mirroredWithTime(frame, at, end);
      default -> TunnelLayer.bridged(type, frame, at, end);
    };
  }

  /** The last bit of the header says whether a platform's own header follows. */
  private static PacketVerdict mirroredWithTime(Frame frame, int at, int end) {
    if (end - at < ERSPAN_III_HEADER) {
      return PacketVerdict.TOO_SHORT;
    }
    boolean more = (frame.unsignedByte(at + ERSPAN_III_HEADER - 1) & 1) != 0;
    int behind = at + ERSPAN_III_HEADER + (more ? ERSPAN_III_SUBHEADER : 0);
    return LinkLayer.ethernet(frame, behind, end);
  }
}
