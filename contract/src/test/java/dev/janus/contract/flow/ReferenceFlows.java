package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The flow rules of method section 1 written down as directly as possible: a hash map that never
 * forgets, growing lists, boxed values. The table must give the same flows.
 */
final class ReferenceFlows {
  private record Endpoint(long high, long low, int port) {}

  private record Key(Endpoint smaller, Endpoint larger, int protocol, boolean ipv6) {}

  private static final Comparator<Endpoint> ORDER =
      Comparator.comparingLong(Endpoint::high)
          .thenComparingLong(Endpoint::low)
          .thenComparingInt(Endpoint::port);

  private static final class Conversation {
    final long id;
    final Endpoint initiator;
    final FlowTuple tuple;
    final long start;
    final long firstIndex;
    final FlowStart kind;
    final FlowPart part;
    long latest;
    long packets;
    boolean reset;
    boolean finForward;
    boolean finBackward;
    final List<Float> tokens = new ArrayList<>();

    Conversation(
        long id,
        Endpoint initiator,
        FlowTuple tuple,
        PacketHeader first,
        FlowStart kind,
        FlowPart part) {
      this.id = id;
      this.initiator = initiator;
      this.tuple = tuple;
      this.start = first.timeMicros();
      this.firstIndex = first.index();
      this.kind = kind;
      this.part = part;
      this.latest = start;
    }

    boolean isReopenedBy(PacketHeader p) {
      return (reset || (finForward && finBackward))
          && (p.tcpFlags() & PacketHeader.SYN) != 0
          && (p.tcpFlags() & PacketHeader.ACK) == 0;
    }

    /** The next part of the same conversation. */
    Conversation continued(long nextId, PacketHeader first) {
      Conversation next =
          new Conversation(
              nextId,
              initiator,
              tuple,
              first,
              FlowStart.CONTINUED,
              new FlowPart(part.parentId(), part.number() + 1));
      next.reset = reset;
      next.finForward = finForward;
      next.finBackward = finBackward;
      return next;
    }
  }

  private final FlowTableConfig config;
  private final Map<Key, Conversation> open = new HashMap<>();
  private final List<Conversation> all = new ArrayList<>();

  ReferenceFlows(FlowTableConfig config) {
    this.config = config;
  }

  void add(PacketHeader p) {
    Endpoint from = new Endpoint(p.sourceHigh(), p.sourceLow(), p.sourcePort());
    Endpoint to = new Endpoint(p.destinationHigh(), p.destinationLow(), p.destinationPort());
    boolean inOrder = ORDER.compare(from, to) <= 0;
    Key key = new Key(inOrder ? from : to, inOrder ? to : from, p.protocol(), p.isIpv6());
    Conversation c = open.get(key);
    if (c == null || p.timeMicros() - c.latest > config.idleTimeoutMicros() || c.isReopenedBy(p)) {
      FlowStart kind = kind(p);
      boolean turned = config.initiator() == InitiatorRule.SYN_SENDER && kind == FlowStart.SYN_ACK;
      Endpoint initiator = turned ? to : from;
      FlowTuple tuple = tuple(p, initiator, turned ? from : to);
      FlowPart part = new FlowPart(all.size(), 0);
      c = new Conversation(all.size(), initiator, tuple, p, kind, part);
      all.add(c);
      open.put(key, c);
    } else if (p.timeMicros() - c.start > config.activeTimeoutMicros()) {
      c = c.continued(all.size(), p);
      all.add(c);
      open.put(key, c);
    }
    boolean forward = from.equals(c.initiator);
    long gap = Math.max(0, p.timeMicros() - c.latest);
    c.latest = Math.max(c.latest, p.timeMicros());
    c.reset |= (p.tcpFlags() & PacketHeader.RST) != 0;
    boolean fin = (p.tcpFlags() & PacketHeader.FIN) != 0;
    c.finForward |= fin && forward;
    c.finBackward |= fin && !forward;
    if (c.packets++ < config.maxPackets()) {
      c.tokens.add((float) p.size());
      c.tokens.add((float) gap);
      c.tokens.add(forward ? 0f : 1f);
      for (int flag : new int[] {0x02, 0x10, 0x01, 0x04, 0x08}) {
        c.tokens.add((p.tcpFlags() & flag) != 0 ? 1f : 0f);
      }
      c.tokens.add((float) p.window());
    }
  }

  private static FlowStart kind(PacketHeader p) {
    if (p.protocol() != PacketHeader.TCP) {
      return FlowStart.DATAGRAM;
    }
    if ((p.tcpFlags() & PacketHeader.SYN) == 0) {
      return FlowStart.MID_STREAM;
    }
    return (p.tcpFlags() & PacketHeader.ACK) == 0 ? FlowStart.SYN : FlowStart.SYN_ACK;
  }

  private static FlowTuple tuple(PacketHeader p, Endpoint from, Endpoint to) {
    IpAddress.Family family = p.isIpv6() ? IpAddress.Family.IPV6 : IpAddress.Family.IPV4;
    return new FlowTuple(
        new IpAddress(from.high(), from.low(), family),
        from.port(),
        new IpAddress(to.high(), to.low(), family),
        to.port(),
        p.protocol());
  }

  /** One line for each flow, in the order of flow numbers. */
  List<String> lines() {
    return all.stream()
        .map(c ->
            String.join(
                " ",
                String.valueOf(c.id),
                c.tuple.toString(),
                String.valueOf(c.start),
                String.valueOf(c.latest),
                String.valueOf(c.packets),
                String.valueOf(c.firstIndex),
                c.kind.toString(),
                c.part.toString(),
                c.tokens.toString()))
        .toList();
  }

  static String line(Flow flow) {
    List<Float> tokens = new ArrayList<>();
    for (float token : flow.tokens()) {
      tokens.add(token);
    }
    return String.join(
        " ",
        String.valueOf(flow.flowId()),
        flow.tuple().toString(),
        String.valueOf(flow.startMicros()),
        String.valueOf(flow.endMicros()),
        String.valueOf(flow.packets()),
        String.valueOf(flow.origin().firstPacketIndex()),
        flow.start().toString(),
        flow.part().toString(),
        tokens.toString());
  }
}
