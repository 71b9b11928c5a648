package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketHeader;
import java.util.Arrays;

/**
 * The flows that still take packets, as numbers in arrays without references: with hundreds of
 * thousands of them, objects would cost a wait for memory per field and packet, and the collector
 * would follow them all. What each packet needs of a flow lies in 64 bytes, the rest elsewhere. A
 * flow is known by the number that {@link #take} gave it; numbers are reused. Not thread-safe.
 */
final class OpenFlows {
  private static final int PAGE_BITS = 12;
  private static final int FLOWS_PER_PAGE = 1 << PAGE_BITS;
  private static final int NONE = -1;

  /** What every packet looks at: eight longs a flow. */
  private static final int HOT = 8;

  private static final int META = 0;
  private static final int INITIATOR_LOW = 1;
  private static final int RESPONDER_LOW = 2;
  private static final int LATEST_MICROS = 3;
  private static final int PACKETS = 4;

  /** First block of the stored packets in the lower half, last one in the upper. */
  private static final int BLOCKS = 5;

  private static final int INITIATOR_HIGH = 6;
  private static final int RESPONDER_HIGH = 7;

  /** What only the first and the last packet look at: eight longs a flow. */
  private static final int COLD = 8;

  private static final int FLOW_ID = 0;
  private static final int PARENT_ID = 1;

  /** Capture in the lower half, number of the part in the upper. */
  private static final int CAPTURE_AND_PART = 2;

  private static final int FIRST_PACKET = 3;
  private static final int FILE_OFFSET = 4;
  private static final int START_MICROS = 5;

  /** Hash of the flow in the lower half; next unused flow in the upper while it is not open. */
  private static final int TAG_AND_NEXT = 6;

  /** Bits of {@link #META}: ports in the first 32, then protocol, address family and state. */
  private static final int RESPONDER_PORT_SHIFT = 16;

  private static final int PROTOCOL_SHIFT = 32;
  private static final long IPV6 = 1L << 40;
  private static final long RESET = 1L << 41;
  private static final long FIN_FROM_INITIATOR = 1L << 42;
  private static final long FIN_FROM_RESPONDER = 1L << 43;
  private static final long FIN_FROM_BOTH = FIN_FROM_INITIATOR | FIN_FROM_RESPONDER;
  private static final int KIND_SHIFT = 44;
  private static final long WHOLE_PROTOCOL = 0x1ffL << PROTOCOL_SHIFT;
  private static final long KIND = 0xfL << KIND_SHIFT;

  private static final FlowStart[] KINDS = FlowStart.values();

  private final StoredPackets stored = new StoredPackets();
  private final int maxPackets;
  private long[][] hotPages = new long[1][];
  private long[][] coldPages = new long[1][];
  private int flows;
  private int unused = NONE;
  private final int[] chain = new int[FlowTable.MOST_TOGETHER];

  /**
   * @param maxPackets packets stored of a flow at most; later ones are only counted
   */
  OpenFlows(int maxPackets) {
    this.maxPackets = maxPackets;
  }

  /** Takes a flow that is not in use; {@link #start} makes it one. */
  int take(int tag) {
    int flow = unused;
    if (flow == NONE) {
      if ((flows & FLOWS_PER_PAGE - 1) == 0) {
        addPage(flows >>> PAGE_BITS);
      }
      flow = flows++;
    } else {
      unused = upper(cold(flow)[coldAt(flow) + TAG_AND_NEXT]);
    }
    cold(flow)[coldAt(flow) + TAG_AND_NEXT] = pair(tag, 0);
    return flow;
  }

  private void addPage(int page) {
    if (page == hotPages.length) {
      hotPages = Arrays.copyOf(hotPages, 2 * page);
      coldPages = Arrays.copyOf(coldPages, 2 * page);
    }
    hotPages[page] = new long[FLOWS_PER_PAGE * HOT];
    coldPages[page] = new long[FLOWS_PER_PAGE * COLD];
  }

  /** Gives a finished flow back. */
  void release(int flow) {
    cold(flow)[coldAt(flow) + TAG_AND_NEXT] = pair(0, unused);
    unused = flow;
  }

  /** The hash it was taken with. */
  int tag(int flow) {
    return (int) cold(flow)[coldAt(flow) + TAG_AND_NEXT];
  }

  /** Time of the latest packet, epoch microseconds. */
  long latestMicros(int flow) {
    return hot(flow)[hotAt(flow) + LATEST_MICROS];
  }

  /** Brings what every packet looks at into the cache: it may lie in two lines. */
  long look(int[] flows, int count) {
    long seen = 0;
    for (int i = 0; i < count; i++) {
      long[] hot = hot(flows[i]);
      int at = hotAt(flows[i]);
      seen += hot[at] + hot[at + HOT - 1];
    }
    return seen;
  }

  /** Brings the blocks that the next packets go to into the cache. */
  long lookAtLastBlocks(int[] flows, int count) {
    long seen = 0;
    for (int i = 0; i < count; i++) {
      seen += stored.look(upper(hot(flows[i])[hotAt(flows[i]) + BLOCKS]));
    }
    return seen;
  }

  /** Brings all else that the flows' ends need into the cache. */
  long lookAtRest(int[] flows, int count) {
    long seen = 0;
    for (int i = 0; i < count; i++) {
      long[] cold = cold(flows[i]);
      int at = coldAt(flows[i]);
      seen += cold[at] + cold[at + COLD - 1];
      chain[i] = (int) hot(flows[i])[hotAt(flows[i]) + BLOCKS];
    }
    // The first blocks of all, then the second ones: a block says only where the next one is.
    boolean more = true;
    while (more) {
      more = false;
      for (int i = 0; i < count; i++) {
        if (chain[i] != NONE) {
          seen += stored.look(chain[i]);
          int last = upper(hot(flows[i])[hotAt(flows[i]) + BLOCKS]);
          chain[i] = chain[i] == last ? NONE : stored.next(chain[i]);
          more = true;
        }
      }
    }
    return seen;
  }

  /** The flow becomes the one that {@code packet} starts; the packet itself is not yet added. */
  void start(int flow, long flowId, int capture, PacketHeader packet, InitiatorRule rule) {
    FlowStart kind = kind(packet);
    boolean fromInitiator = rule == InitiatorRule.FIRST_SENDER || kind != FlowStart.SYN_ACK;
    long[] hot = hot(flow);
    int at = hotAt(flow);
    hot[at + INITIATOR_LOW] = fromInitiator ? packet.sourceLow() : packet.destinationLow();
    hot[at + INITIATOR_HIGH] = fromInitiator ? packet.sourceHigh() : packet.destinationHigh();
    hot[at + RESPONDER_LOW] = fromInitiator ? packet.destinationLow() : packet.sourceLow();
    hot[at + RESPONDER_HIGH] = fromInitiator ? packet.destinationHigh() : packet.sourceHigh();
    long initiatorPort = fromInitiator ? packet.sourcePort() : packet.destinationPort();
    long responderPort = fromInitiator ? packet.destinationPort() : packet.sourcePort();
    hot[at + META] =
        initiatorPort
            | responderPort << RESPONDER_PORT_SHIFT
            | protocol(packet)
            | (long) kind.ordinal() << KIND_SHIFT;
    begin(flow, flowId, capture, packet);
    long[] cold = cold(flow);
    cold[coldAt(flow) + PARENT_ID] = flowId;
    cold[coldAt(flow) + CAPTURE_AND_PART] = pair(capture, 0);
  }

  /** The flow, finished, goes on as the next piece of the same conversation. */
  void goOn(int flow, long flowId, int capture, PacketHeader packet) {
    long[] hot = hot(flow);
    int at = hotAt(flow) + META;
    hot[at] = hot[at] & ~KIND | (long) FlowStart.CONTINUED.ordinal() << KIND_SHIFT;
    begin(flow, flowId, capture, packet);
    long[] cold = cold(flow);
    int part = coldAt(flow) + CAPTURE_AND_PART;
    cold[part] = pair(capture, upper(cold[part]) + 1);
  }

  private void begin(int flow, long flowId, int capture, PacketHeader packet) {
    long[] hot = hot(flow);
    int at = hotAt(flow);
    int block = stored.begin();
    hot[at + LATEST_MICROS] = packet.timeMicros();
    hot[at + PACKETS] = 0;
    hot[at + BLOCKS] = pair(block, block);
    long[] cold = cold(flow);
    int coldAt = coldAt(flow);
    cold[coldAt + FLOW_ID] = flowId;
    cold[coldAt + FIRST_PACKET] = packet.index();
    cold[coldAt + FILE_OFFSET] = packet.fileOffset();
    cold[coldAt + START_MICROS] = packet.timeMicros();
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

  private static long protocol(PacketHeader packet) {
    return (long) packet.protocol() << PROTOCOL_SHIFT | (packet.isIpv6() ? IPV6 : 0);
  }

  /** Whether a packet at this time comes later than {@code activeTimeoutMicros} after the first. */
  boolean isOlderThan(int flow, long activeTimeoutMicros, long timeMicros) {
    return timeMicros - cold(flow)[coldAt(flow) + START_MICROS] > activeTimeoutMicros;
  }

  /** Whether {@code packet} has the flow's 5-tuple, in either direction. */
  boolean matches(int flow, PacketHeader packet) {
    long[] hot = hot(flow);
    int at = hotAt(flow);
    long meta = hot[at + META];
    if ((meta & WHOLE_PROTOCOL) != protocol(packet)) {
      return false;
    }
    long initiator = hot[at + INITIATOR_LOW];
    long responder = hot[at + RESPONDER_LOW];
    long forward =
        packet.sourceLow() ^ initiator
            | packet.destinationLow() ^ responder
            | packet.sourcePort() ^ initiatorPort(meta)
            | packet.destinationPort() ^ responderPort(meta);
    long reverse =
        packet.sourceLow() ^ responder
            | packet.destinationLow() ^ initiator
            | packet.sourcePort() ^ responderPort(meta)
            | packet.destinationPort() ^ initiatorPort(meta);
    if (packet.isIpv6()) {
      long initiatorHigh = hot[at + INITIATOR_HIGH];
      long responderHigh = hot[at + RESPONDER_HIGH];
      forward |= packet.sourceHigh() ^ initiatorHigh | packet.destinationHigh() ^ responderHigh;
      reverse |= packet.sourceHigh() ^ responderHigh | packet.destinationHigh() ^ initiatorHigh;
    }
    return (anyBit(forward) & anyBit(reverse)) == 0;
  }

  /** 1 if any bit is set, else 0, without a branch: no processor foresees a packet's direction. */
  private static long anyBit(long bits) {
    return (bits | -bits) >>> Long.SIZE - 1;
  }

  /** Of a packet that {@link #matches}. */
  private static boolean isFromInitiator(long[] hot, int at, long meta, PacketHeader packet) {
    long different =
        packet.sourcePort() ^ initiatorPort(meta)
            | packet.sourceLow() ^ hot[at + INITIATOR_LOW]
            | packet.sourceHigh() ^ hot[at + INITIATOR_HIGH];
    return different == 0;
  }

  /** Whether {@code packet} opens a new connection after this one was closed. */
  boolean isReopenedBy(int flow, PacketHeader packet) {
    if ((packet.tcpFlags() & (PacketHeader.SYN | PacketHeader.ACK)) != PacketHeader.SYN) {
      return false;
    }
    long meta = hot(flow)[hotAt(flow) + META];
    return (meta & RESET) != 0 || (meta & FIN_FROM_BOTH) == FIN_FROM_BOTH;
  }

  /**
   * Adds a packet of this flow.
   *
   * @return whether the packet is earlier than the latest one, so that its IAT was set to 0
   */
  boolean add(int flow, PacketHeader packet) {
    long[] hot = hot(flow);
    int at = hotAt(flow);
    long iatMicros = packet.timeMicros() - hot[at + LATEST_MICROS];
    boolean backwards = iatMicros < 0;
    if (backwards) {
      iatMicros = 0;
    }
    hot[at + LATEST_MICROS] += iatMicros;
    long before = hot[at + PACKETS]++;
    long meta = hot[at + META];
    boolean fromInitiator = isFromInitiator(hot, at, meta, packet);
    int flags = packet.tcpFlags();
    if ((flags & (PacketHeader.RST | PacketHeader.FIN)) != 0) {
      long fin = fromInitiator ? FIN_FROM_INITIATOR : FIN_FROM_RESPONDER;
      hot[at + META] =
          meta
              | ((flags & PacketHeader.RST) != 0 ? RESET : 0)
              | ((flags & PacketHeader.FIN) != 0 ? fin : 0);
    }
    if (before < maxPackets) {
      int place = (int) before % StoredPackets.PACKETS_PER_BLOCK;
      int block = upper(hot[at + BLOCKS]);
      if (place == 0 && before > 0) {
        block = stored.follow(block);
        hot[at + BLOCKS] = pair((int) hot[at + BLOCKS], block);
      }
      stored.put(block, place, packet, (float) iatMicros, fromInitiator);
    }
    return backwards;
  }

  /**
   * The flow as it is now; its packets are given back, so that only {@link #start}, {@link #goOn}
   * or {@link #release} may follow.
   */
  Flow finish(int flow, EndReason reason) {
    long[] hot = hot(flow);
    int at = hotAt(flow);
    long[] cold = cold(flow);
    int coldAt = coldAt(flow);
    long meta = hot[at + META];
    long packets = hot[at + PACKETS];
    long blocks = hot[at + BLOCKS];
    float[] tokens = stored.tokens((int) blocks, (int) Math.min(packets, maxPackets));
    stored.release((int) blocks, upper(blocks));
    IpAddress.Family family = (meta & IPV6) != 0 ? IpAddress.Family.IPV6 : IpAddress.Family.IPV4;
    FlowTuple tuple =
        new FlowTuple(
            new IpAddress(hot[at + INITIATOR_HIGH], hot[at + INITIATOR_LOW], family),
            initiatorPort(meta),
            new IpAddress(hot[at + RESPONDER_HIGH], hot[at + RESPONDER_LOW], family),
            responderPort(meta),
            (int) (meta >>> PROTOCOL_SHIFT) & 0xff);
    long captureAndPart = cold[coldAt + CAPTURE_AND_PART];
    return new Flow(
        cold[coldAt + FLOW_ID],
        tuple,
        cold[coldAt + START_MICROS],
        hot[at + LATEST_MICROS],
        packets,
        tokens,
        new FlowOrigin(
            (int) captureAndPart, cold[coldAt + FIRST_PACKET], cold[coldAt + FILE_OFFSET]),
        KINDS[(int) ((meta & KIND) >>> KIND_SHIFT)],
        reason,
        new FlowPart(cold[coldAt + PARENT_ID], upper(captureAndPart)));
  }

  private static int initiatorPort(long meta) {
    return (int) meta & 0xffff;
  }

  private static int responderPort(long meta) {
    return (int) meta >>> RESPONDER_PORT_SHIFT;
  }

  private long[] hot(int flow) {
    return hotPages[flow >>> PAGE_BITS];
  }

  private static int hotAt(int flow) {
    return (flow & FLOWS_PER_PAGE - 1) * HOT;
  }

  private long[] cold(int flow) {
    return coldPages[flow >>> PAGE_BITS];
  }

  private static int coldAt(int flow) {
    return (flow & FLOWS_PER_PAGE - 1) * COLD;
  }

  private static long pair(int lower, int upper) {
    return (long) upper << Integer.SIZE | lower & 0xffff_ffffL;
  }

  private static int upper(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }
}
