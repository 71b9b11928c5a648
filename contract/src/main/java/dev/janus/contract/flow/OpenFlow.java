package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.PacketSchema;
import java.util.Arrays;

/**
 * A flow that still takes packets. Objects are reused. A stored packet is three ints instead of
 * nine floats: size with the six bits, window, and the float bits of the IAT.
 */
final class OpenFlow {
  private static final int INTS_PER_PACKET = 3;
  private static final int FIRST_CAPACITY = 4 * INTS_PER_PACKET;

  private static final int BITS = 6;
  private static final int DIRECTION = 1;
  private static final int SYN = 1 << 1;
  private static final int ACK = 1 << 2;
  private static final int FIN = 1 << 3;
  private static final int RST = 1 << 4;
  private static final int PSH = 1 << 5;

  /** Neighbours by last packet in the table's list; a flow out of use points at itself. */
  OpenFlow older = this;

  OpenFlow newer = this;

  /** Where it stands in the table's slots. */
  int tag;

  long latestMicros;

  private long flowId;
  private long parentId;
  private int part;
  private FlowStart kind = FlowStart.DATAGRAM;
  private int capture;
  private long firstPacketIndex;
  private long fileOffset;
  private long startMicros;
  private long packets;
  private boolean ipv6;
  private int protocol;
  private long initiatorHigh;
  private long initiatorLow;
  private long responderHigh;
  private long responderLow;
  private int initiatorPort;
  private int responderPort;
  private boolean reset;
  private boolean finFromInitiator;
  private boolean finFromResponder;
  private int[] stored = new int[FIRST_CAPACITY];
  private int storedInts;

  /** Becomes the flow that {@code packet} starts; the packet itself is not yet added. */
  void start(long newFlowId, int newCapture, PacketHeader packet, InitiatorRule rule) {
    parentId = newFlowId;
    part = 0;
    kind = kind(packet);
    ipv6 = packet.isIpv6();
    protocol = packet.protocol();
    boolean fromInitiator = rule == InitiatorRule.FIRST_SENDER || kind != FlowStart.SYN_ACK;
    initiatorHigh = fromInitiator ? packet.sourceHigh() : packet.destinationHigh();
    initiatorLow = fromInitiator ? packet.sourceLow() : packet.destinationLow();
    initiatorPort = fromInitiator ? packet.sourcePort() : packet.destinationPort();
    responderHigh = fromInitiator ? packet.destinationHigh() : packet.sourceHigh();
    responderLow = fromInitiator ? packet.destinationLow() : packet.sourceLow();
    responderPort = fromInitiator ? packet.destinationPort() : packet.sourcePort();
    reset = false;
    finFromInitiator = false;
    finFromResponder = false;
    begin(newFlowId, newCapture, packet);
  }

  /** Becomes the next piece of the same conversation, with the same initiator. */
  void goOn(long newFlowId, int newCapture, PacketHeader packet) {
    part++;
    kind = FlowStart.CONTINUED;
    begin(newFlowId, newCapture, packet);
  }

  private void begin(long newFlowId, int newCapture, PacketHeader packet) {
    flowId = newFlowId;
    capture = newCapture;
    firstPacketIndex = packet.index();
    fileOffset = packet.fileOffset();
    startMicros = packet.timeMicros();
    latestMicros = startMicros;
    packets = 0;
    storedInts = 0;
  }

  private static FlowStart kind(PacketHeader packet) {
    if (packet.protocol() != PacketHeader.TCP) {
      return FlowStart.DATAGRAM;
    }
    int flags = packet.tcpFlags() & (PacketHeader.SYN | PacketHeader.ACK);
    if ((flags & PacketHeader.SYN) == 0) {
      return FlowStart.MID_STREAM;
    }
    return flags == PacketHeader.SYN ? FlowStart.SYN : FlowStart.SYN_ACK;
  }

  /** Whether a packet at this time comes later than {@code activeTimeoutMicros} after the first. */
  boolean isOlderThan(long activeTimeoutMicros, long timeMicros) {
    return timeMicros - startMicros > activeTimeoutMicros;
  }

  /** Whether {@code packet} has this 5-tuple, in either direction. */
  boolean matches(PacketHeader packet) {
    return packet.protocol() == protocol
        && packet.isIpv6() == ipv6
        && (isFromInitiator(packet) || isFromResponder(packet));
  }

  private boolean isFromInitiator(PacketHeader packet) {
    return packet.sourceLow() == initiatorLow
        && packet.destinationLow() == responderLow
        && packet.sourcePort() == initiatorPort
        && packet.destinationPort() == responderPort
        && packet.sourceHigh() == initiatorHigh
        && packet.destinationHigh() == responderHigh;
  }

  private boolean isFromResponder(PacketHeader packet) {
    return packet.sourceLow() == responderLow
        && packet.destinationLow() == initiatorLow
        && packet.sourcePort() == responderPort
        && packet.destinationPort() == initiatorPort
        && packet.sourceHigh() == responderHigh
        && packet.destinationHigh() == initiatorHigh;
  }

  /** Whether {@code packet} opens a new connection after this one was closed. */
  boolean isReopenedBy(PacketHeader packet) {
    return (reset || (finFromInitiator && finFromResponder))
        && (packet.tcpFlags() & (PacketHeader.SYN | PacketHeader.ACK)) == PacketHeader.SYN;
  }

  /**
   * Adds a packet of this flow.
   *
   * @param maxPackets packets stored at most; later ones are only counted
   * @return whether the packet is earlier than the latest one, so that its IAT was set to 0
   */
  boolean add(PacketHeader packet, int maxPackets) {
    long iatMicros = packet.timeMicros() - latestMicros;
    boolean backwards = iatMicros < 0;
    if (backwards) {
      iatMicros = 0;
    }
    latestMicros += iatMicros;
    packets++;
    boolean fromInitiator = isFromInitiator(packet);
    int flags = packet.tcpFlags();
    if ((flags & (PacketHeader.RST | PacketHeader.FIN)) != 0) {
      reset |= (flags & PacketHeader.RST) != 0;
      boolean fin = (flags & PacketHeader.FIN) != 0;
      finFromInitiator |= fin && fromInitiator;
      finFromResponder |= fin && !fromInitiator;
    }
    if (packets <= maxPackets) {
      store(packet, (float) iatMicros, fromInitiator);
    }
    return backwards;
  }

  private void store(PacketHeader packet, float iatMicros, boolean fromInitiator) {
    if (storedInts == stored.length) {
      stored =
          Arrays.copyOf(
              stored, Math.min(2 * storedInts, PacketSchema.MAX_PACKETS * INTS_PER_PACKET));
    }
    int flags = packet.tcpFlags();
    int bits =
        (fromInitiator ? 0 : DIRECTION)
            | ((flags & PacketHeader.SYN) != 0 ? SYN : 0)
            | ((flags & PacketHeader.ACK) != 0 ? ACK : 0)
            | ((flags & PacketHeader.FIN) != 0 ? FIN : 0)
            | ((flags & PacketHeader.RST) != 0 ? RST : 0)
            | ((flags & PacketHeader.PSH) != 0 ? PSH : 0);
    stored[storedInts] = packet.size() << BITS | bits;
    stored[storedInts + 1] = packet.window();
    stored[storedInts + 2] = Float.floatToRawIntBits(iatMicros);
    storedInts += INTS_PER_PACKET;
  }

  Flow finish(EndReason reason) {
    IpAddress.Family family = ipv6 ? IpAddress.Family.IPV6 : IpAddress.Family.IPV4;
    FlowTuple tuple =
        new FlowTuple(
            new IpAddress(initiatorHigh, initiatorLow, family),
            initiatorPort,
            new IpAddress(responderHigh, responderLow, family),
            responderPort,
            protocol);
    return new Flow(
        flowId,
        tuple,
        startMicros,
        latestMicros,
        packets,
        tokens(),
        new FlowOrigin(capture, firstPacketIndex, fileOffset),
        kind,
        reason,
        new FlowPart(parentId, part));
  }

  private float[] tokens() {
    float[] tokens = new float[storedInts / INTS_PER_PACKET * PacketSchema.CHANNELS];
    int to = 0;
    for (int from = 0; from < storedInts; from += INTS_PER_PACKET) {
      int sizeAndBits = stored[from];
      tokens[to + PacketChannel.SIZE.index()] = sizeAndBits >>> BITS;
      tokens[to + PacketChannel.IAT.index()] = Float.intBitsToFloat(stored[from + 2]);
      tokens[to + PacketChannel.DIRECTION.index()] = bit(sizeAndBits, DIRECTION);
      tokens[to + PacketChannel.SYN.index()] = bit(sizeAndBits, SYN);
      tokens[to + PacketChannel.ACK.index()] = bit(sizeAndBits, ACK);
      tokens[to + PacketChannel.FIN.index()] = bit(sizeAndBits, FIN);
      tokens[to + PacketChannel.RST.index()] = bit(sizeAndBits, RST);
      tokens[to + PacketChannel.PSH.index()] = bit(sizeAndBits, PSH);
      tokens[to + PacketChannel.WINDOW.index()] = stored[from + 1];
      to += PacketSchema.CHANNELS;
    }
    return tokens;
  }

  private static float bit(int bits, int mask) {
    return (bits & mask) == 0 ? 0f : 1f;
  }
}
