package dev.janus.contract.artifact;

import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowOrigin;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.flow.FlowStart;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Flows as bytes for temporary files: metadata of fixed width and behind it twelve bytes a packet
 * (size and IAT as floats, window and the six bits in one int). Lossless for tokens that keep to
 * the packet contract: bits are 0 or 1, windows whole numbers of 16 bits.
 */
final class FlowCodec {
  private static final int LENGTH = 0;
  private static final int CAPTURE = 4;
  private static final int INITIATOR = 8;
  private static final int RESPONDER = 24;
  private static final int START_MICROS = 40;
  private static final int END_MICROS = 48;
  private static final int PACKETS = 56;
  private static final int FIRST_PACKET = 64;
  private static final int FILE_OFFSET = 72;
  private static final int PARENT_ID = 80;
  private static final int FLOW_ID = 88;
  private static final int PART = 96;
  private static final int INITIATOR_PORT = 100;
  private static final int RESPONDER_PORT = 104;
  private static final int PROTOCOL = 108;
  private static final int FAMILY = 112;
  private static final int START = 113;
  private static final int END_REASON = 114;
  private static final int METADATA_BYTES = 116;

  private static final int PACKET_BYTES = 12;

  /** Bytes of the longest flow. */
  static final int LARGEST = METADATA_BYTES + PacketSchema.MAX_PACKETS * PACKET_BYTES;

  private static final int WINDOW_SHIFT = 6;
  private static final int FIRST_BIT = PacketChannel.DIRECTION.index();
  private static final int BITS = PacketChannel.PSH.index() - FIRST_BIT + 1;

  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);

  private static final EndReason[] END_REASONS = EndReason.values();
  private static final FlowStart[] STARTS = FlowStart.values();
  private static final IpAddress.Family[] FAMILIES = IpAddress.Family.values();

  private FlowCodec() {}

  /** Writes a flow to {@code at} and returns how many bytes it took, {@link #LARGEST} at most. */
  static int encode(Flow flow, MemorySegment to, long at) {
    FlowTuple tuple = flow.tuple();
    to.set(INT, at + LENGTH, flow.length());
    to.set(INT, at + CAPTURE, flow.origin().capture());
    putAddress(to, at + INITIATOR, tuple.initiator());
    putAddress(to, at + RESPONDER, tuple.responder());
    to.set(LONG, at + START_MICROS, flow.startMicros());
    to.set(LONG, at + END_MICROS, flow.endMicros());
    to.set(LONG, at + PACKETS, flow.packets());
    to.set(LONG, at + FIRST_PACKET, flow.origin().firstPacketIndex());
    to.set(LONG, at + FILE_OFFSET, flow.origin().fileOffset());
    to.set(LONG, at + PARENT_ID, flow.part().parentId());
    to.set(LONG, at + FLOW_ID, flow.flowId());
    to.set(INT, at + PART, flow.part().number());
    to.set(INT, at + INITIATOR_PORT, tuple.initiatorPort());
    to.set(INT, at + RESPONDER_PORT, tuple.responderPort());
    to.set(INT, at + PROTOCOL, tuple.protocol());
    to.set(BYTE, at + FAMILY, (byte) tuple.initiator().family().ordinal());
    to.set(BYTE, at + START, (byte) flow.start().ordinal());
    to.set(BYTE, at + END_REASON, (byte) flow.endReason().ordinal());
    return METADATA_BYTES + putTokens(flow.tokens(), to, at + METADATA_BYTES);
  }

  private static int putTokens(float[] tokens, MemorySegment to, long at) {
    int bytes = 0;
    for (int from = 0; from < tokens.length; from += PacketSchema.CHANNELS) {
      int windowAndBits = (int) tokens[from + PacketChannel.WINDOW.index()] << WINDOW_SHIFT;
      for (int bit = 0; bit < BITS; bit++) {
        windowAndBits |= (int) tokens[from + FIRST_BIT + bit] << bit;
      }
      to.set(FLOAT, at + bytes, tokens[from + PacketChannel.SIZE.index()]);
      to.set(FLOAT, at + bytes + 4, tokens[from + PacketChannel.IAT.index()]);
      to.set(INT, at + bytes + 8, windowAndBits);
      bytes += PACKET_BYTES;
    }
    return bytes;
  }

  /**
   * Reads the flow at {@code at}.
   *
   * @param firstFlowId added to its id and its parent's
   */
  static Flow decode(MemorySegment from, long at, long firstFlowId) {
    IpAddress.Family family = FAMILIES[from.get(BYTE, at + FAMILY)];
    FlowTuple tuple =
        new FlowTuple(
            address(from, at + INITIATOR, family),
            from.get(INT, at + INITIATOR_PORT),
            address(from, at + RESPONDER, family),
            from.get(INT, at + RESPONDER_PORT),
            from.get(INT, at + PROTOCOL));
    return new Flow(
        firstFlowId + from.get(LONG, at + FLOW_ID),
        tuple,
        from.get(LONG, at + START_MICROS),
        from.get(LONG, at + END_MICROS),
        from.get(LONG, at + PACKETS),
        tokens(from, at + METADATA_BYTES, from.get(INT, at + LENGTH)),
        new FlowOrigin(
            from.get(INT, at + CAPTURE),
            from.get(LONG, at + FIRST_PACKET),
            from.get(LONG, at + FILE_OFFSET)),
        STARTS[from.get(BYTE, at + START)],
        END_REASONS[from.get(BYTE, at + END_REASON)],
        new FlowPart(firstFlowId + from.get(LONG, at + PARENT_ID), from.get(INT, at + PART)));
  }

  private static float[] tokens(MemorySegment from, long start, int packets) {
    float[] tokens = new float[packets * PacketSchema.CHANNELS];
    long at = start;
    for (int to = 0; to < tokens.length; to += PacketSchema.CHANNELS) {
      int windowAndBits = from.get(INT, at + 8);
      tokens[to + PacketChannel.SIZE.index()] = from.get(FLOAT, at);
      tokens[to + PacketChannel.IAT.index()] = from.get(FLOAT, at + 4);
      for (int bit = 0; bit < BITS; bit++) {
        tokens[to + FIRST_BIT + bit] = windowAndBits >>> bit & 1;
      }
      tokens[to + PacketChannel.WINDOW.index()] = windowAndBits >>> WINDOW_SHIFT;
      at += PACKET_BYTES;
    }
    return tokens;
  }

  private static void putAddress(MemorySegment to, long at, IpAddress address) {
    to.set(LONG, at, address.high());
    to.set(LONG, at + 8, address.low());
  }

  private static IpAddress address(MemorySegment from, long at, IpAddress.Family family) {
    return new IpAddress(from.get(LONG, at), from.get(LONG, at + 8), family);
  }
}
