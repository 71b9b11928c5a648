package dev.janus.contract.flow;

import dev.janus.contract.packet.FragmentPolicy;
import dev.janus.contract.packet.Frames;
import dev.janus.contract.packet.LinkType;
import dev.janus.contract.packet.PacketDecoder;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.PacketVerdict;
import dev.janus.contract.packet.TunnelPolicy;
import java.util.Arrays;

/** Makes headers of decoded packets for tests of the flow table. */
final class Packets {
  private final PacketHeader[] headers = new PacketHeader[FlowTable.MOST_TOGETHER];
  private final PacketDecoder decoder = new PacketDecoder(TunnelPolicy.OUTER, FragmentPolicy.DROP);
  private long index;

  Packets() {
    Arrays.setAll(headers, i -> new PacketHeader());
  }

  /**
   * A TCP packet between two hosts of 10.0.0.0/24; a header is used again {@value
   * FlowTable#MOST_TOGETHER} calls later.
   */
  PacketHeader tcp(long timeMicros, int source, int sourcePort, int to, int toPort, int flags) {
    byte[] tcp = Frames.tcp(sourcePort, toPort, flags, 1000 + source, 3);
    return decoded(timeMicros, ipv4(PacketHeader.TCP, source, to, tcp));
  }

  PacketHeader udp(long timeMicros, int source, int sourcePort, int to, int toPort) {
    return decoded(
        timeMicros, ipv4(PacketHeader.UDP, source, to, Frames.udp(sourcePort, toPort, 20)));
  }

  PacketHeader icmp(long timeMicros, int source, int to) {
    return decoded(timeMicros, ipv4(PacketHeader.ICMP, source, to, new byte[8]));
  }

  PacketHeader udpOverIpv6(long timeMicros, int source, int sourcePort, int to, int toPort) {
    return decoded(
        timeMicros, Frames.ipv6(PacketHeader.UDP, source, to, Frames.udp(sourcePort, toPort, 20)));
  }

  private static byte[] ipv4(int protocol, int source, int destination, byte[] payload) {
    return Frames.ipv4(protocol, 0x0a000000 | source, 0x0a000000 | destination, payload);
  }

  private PacketHeader decoded(long timeMicros, byte[] datagram) {
    PacketHeader header = headers[(int) (index % headers.length)];
    PacketVerdict verdict =
        decoder.decode(datagram, 0, datagram.length, datagram.length, LinkType.RAW, header);
    if (verdict != PacketVerdict.KEPT) {
      throw new AssertionError(verdict);
    }
    header.stamp(index++, timeMicros, 0);
    return header;
  }
}
