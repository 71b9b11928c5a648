package dev.janus.cli.inspect;

import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowSink;
import dev.janus.contract.packet.PacketHeader;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts flows and kept packets, and keeps none. Not thread-safe. */
public final class FlowTally implements FlowSink {
  private final CountHistogram lengths = CountHistogram.ofLengths();
  private final CountHistogram sizes = CountHistogram.ofSizes();
  private long flows;
  private long tcp;
  private long udp;
  private long beyondTokens;

  /** Counts a kept packet. */
  public void packet(PacketHeader packet) {
    sizes.add(packet.size());
  }

  @Override
  public void accept(Flow flow) {
    flows++;
    tcp += flow.tuple().protocol() == PacketHeader.TCP ? 1 : 0;
    udp += flow.tuple().protocol() == PacketHeader.UDP ? 1 : 0;
    lengths.add(flow.packets());
    beyondTokens += flow.packets() - flow.length();
  }

  long flows() {
    return flows;
  }

  /** Flows by name of their protocol. */
  Map<String, Long> protocols() {
    Map<String, Long> protocols = new LinkedHashMap<>();
    protocols.put("TCP", tcp);
    protocols.put("UDP", udp);
    protocols.put("ICMP", flows - tcp - udp);
    return protocols;
  }

  /** Packets that count in their flow's number of packets, and are no tokens. */
  long beyondTokens() {
    return beyondTokens;
  }

  /** Packets per flow. */
  CountHistogram lengths() {
    return lengths;
  }

  /** Bytes per kept packet. */
  CountHistogram sizes() {
    return sizes;
  }
}
