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
    long latest;
    long packets;
    boolean reset;
    boolean finForward;
    boolean finBackward;
    final List<Float> tokens = new ArrayList<>();

    Conversation(long id, Endpoint initiator, FlowTuple tuple, long start, long firstIndex) {
      this.id = id;
      this.initiator = initiator;
      this.tuple = tuple;
      this.start = start;
      this.firstIndex = firstIndex;
      this.latest = start;
    }
  }

  private final Map<Key, Conversation> open = new HashMap<>();
  private final List<Conversation> all = new ArrayList<>();

  void add(PacketHeader p) {
    Endpoint from = new Endpoint(p.sourceHigh(), p.sourceLow(), p.sourcePort());
    Endpoint to = new Endpoint(p.destinationHigh(), p.destinationLow(), p.destinationPort());
    boolean inOrder = ORDER.compare(from, to) <= 0;
    Key key = new Key(inOrder ? from : to, inOrder ? to : from, p.protocol(), p.isIpv6());
    Conversation c = open.get(key);
    boolean syn = (p.tcpFlags() & PacketHeader.SYN) != 0 && (p.tcpFlags() & PacketHeader.ACK) == 0;
    if (c == null
        || p.timeMicros() - c.latest > 120_000_000
        || ((c.reset || (c.finForward && c.finBackward)) && syn)) {
      c = new Conversation(all.size(), from, tuple(p, from, to), p.timeMicros(), p.index());
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
    if (c.packets++ < 64) {
      c.tokens.add((float) p.size());
      c.tokens.add((float) gap);
      c.tokens.add(forward ? 0f : 1f);
      for (int flag : new int[] {0x02, 0x10, 0x01, 0x04, 0x08}) {
        c.tokens.add((p.tcpFlags() & flag) != 0 ? 1f : 0f);
      }
      c.tokens.add((float) p.window());
    }
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
            line(c.id, c.tuple, c.start, c.latest, c.packets, c.firstIndex, c.tokens.toString()))
        .toList();
  }

  static String line(Flow flow) {
    List<Float> tokens = new ArrayList<>();
    for (float token : flow.tokens()) {
      tokens.add(token);
    }
    return line(
        flow.flowId(),
        flow.tuple(),
        flow.startMicros(),
        flow.endMicros(),
        flow.packets(),
        flow.origin().firstPacketIndex(),
        tokens.toString());
  }

  private static String line(
      long id, FlowTuple tuple, long start, long end, long packets, long index, String tokens) {
    return String.join(
        " ",
        String.valueOf(id),
        tuple.toString(),
        String.valueOf(start),
        String.valueOf(end),
        String.valueOf(packets),
        String.valueOf(index),
        tokens);
  }
}
