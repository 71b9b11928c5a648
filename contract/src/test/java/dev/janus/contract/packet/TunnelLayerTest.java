package dev.janus.contract.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TunnelLayerTest {
  private static final int OUTER_SOURCE = 0x0a000001;
  private static final int OUTER_DESTINATION = 0x0a000002;
  private static final byte[] TCP = Frames.tcp(40000, 443, PacketHeader.ACK, 512, 10);
  private static final byte[] V4 = Frames.ipv4(PacketHeader.TCP, 3, 4, TCP);
  private static final byte[] V6 = Frames.ipv6(PacketHeader.TCP, 3, 4, TCP);
  private static final byte[] ETHERNET = Frames.ethernet(Frames.IPV4, V4);
  private static final byte[] ARP = Frames.ethernet(0x0806, new byte[46]);

  private final PacketHeader packet = new PacketHeader();

  private static byte[] gre(int flags, int type, int optional, byte[] payload) {
    return Frames.concat(Frames.words(flags, type), new byte[optional], payload);
  }

  private static byte[] over4(int protocol, byte[] payload) {
    return Frames.ipv4(protocol, OUTER_SOURCE, OUTER_DESTINATION, payload);
  }

  private static byte[] over6(int protocol, byte[] payload) {
    return Frames.ipv6(protocol, OUTER_SOURCE, OUTER_DESTINATION, payload);
  }

  private static byte[] udp(int port, byte[]... data) {
    return over4(PacketHeader.UDP, Frames.udp(50000, port, Frames.concat(data)));
  }

  private static byte[] geneve(int options, int type, byte[] payload) {
    return udp(6081, Frames.words(options << 8, type, 0, 0), new byte[options * 4], payload);
  }

  /** Version 1, data; {@code optional} are the bytes between the fixed header and the payload. */
  private static byte[] gtp(int flags, int[] optional, byte[] payload) {
    return udp(
        2152, Frames.words((0x30 | flags) << 8 | 255, 0, 0, 9), Frames.words(optional), payload);
  }

  private static byte[] vxlan(byte[] frame) {
    return udp(4789, Frames.words(0x0800, 0, 0, 0), frame);
  }

  static Stream<Arguments> tunnelsWithTcpInside() {
    int[] none = {};
    byte[] erspan3 = Frames.concat(new byte[11], new byte[] {1}, new byte[8], ETHERNET);
    return Stream.of(
        Arguments.of("4in4", Tunnel.IPV4_IN_IPV4, over4(4, V4)),
        Arguments.of("6in4", Tunnel.IPV6_IN_IPV4, over4(41, V6)),
        Arguments.of("4in6", Tunnel.IPV4_IN_IPV6, over6(4, V4)),
        Arguments.of("6in6", Tunnel.IPV6_IN_IPV6, over6(41, V6)),
        Arguments.of(
            "4in6 behind options", Tunnel.IPV4_IN_IPV6, over6(60, Frames.extension(4, 0, V4))),
        Arguments.of("GRE", Tunnel.GRE, over4(47, gre(0, Frames.IPV4, 0, V4))),
        Arguments.of("GRE over IPv6", Tunnel.GRE, over6(47, gre(0, Frames.IPV6, 0, V6))),
        Arguments.of(
            "GRE with all fields", Tunnel.GRE, over4(47, gre(0xb000, Frames.IPV4, 12, V4))),
        Arguments.of("GRE with a key", Tunnel.GRE, over4(47, gre(0x2000, Frames.IPV4, 4, V4))),
        Arguments.of("GRE, bridged", Tunnel.GRE, over4(47, gre(0x2000, 0x6558, 4, ETHERNET))),
        Arguments.of(
            "GRE with labels", Tunnel.GRE, over4(47, gre(0, 0x8847, 0, Frames.labels(1, V4)))),
        Arguments.of(
            "PPTP", Tunnel.GRE, over4(47, gre(0x3081, 0x880b, 12, Frames.ppp(0x0021, V4)))),
        Arguments.of("ERSPAN I", Tunnel.ERSPAN, over4(47, gre(0, 0x88be, 0, ETHERNET))),
        Arguments.of("ERSPAN II", Tunnel.ERSPAN, over4(47, gre(0x1000, 0x88be, 12, ETHERNET))),
        Arguments.of("ERSPAN III", Tunnel.ERSPAN, over4(47, gre(0x1000, 0x22eb, 4, erspan3))),
        Arguments.of("VXLAN", Tunnel.VXLAN, vxlan(ETHERNET)),
        Arguments.of(
            "VXLAN with VLAN",
            Tunnel.VXLAN,
            vxlan(Frames.ethernet(Frames.VLAN, Frames.tag(5, Frames.IPV6, V6)))),
        Arguments.of("Geneve", Tunnel.GENEVE, geneve(0, 0x6558, ETHERNET)),
        Arguments.of("Geneve with options", Tunnel.GENEVE, geneve(3, 0x6558, ETHERNET)),
        Arguments.of("Geneve with IPv4", Tunnel.GENEVE, geneve(0, Frames.IPV4, V4)),
        Arguments.of("Teredo", Tunnel.TEREDO, udp(3544, V6)),
        Arguments.of(
            "Teredo from the server",
            Tunnel.TEREDO,
            over4(PacketHeader.UDP, Frames.udp(3544, 50000, V6))),
        Arguments.of("Teredo with origin", Tunnel.TEREDO, udp(3544, Frames.words(0, 1, 2, 3), V6)),
        Arguments.of(
            "Teredo with authentication",
            Tunnel.TEREDO,
            udp(3544, Frames.words(1, 0x0204), new byte[9 + 2 + 4], V6)),
        Arguments.of("GTP", Tunnel.GTP_U, gtp(0, none, V4)),
        Arguments.of("GTP, IPv6", Tunnel.GTP_U, gtp(0, none, V6)),
        Arguments.of("GTP with sequence", Tunnel.GTP_U, gtp(2, new int[] {7, 0}, V4)),
        Arguments.of(
            "GTP with extensions",
            Tunnel.GTP_U,
            gtp(4, new int[] {0, 0x0085, 0x0110, 0x00c0, 0x0201, 0, 0, 0}, V4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tunnelsWithTcpInside")
  void theInnermostDatagramCountsWhereTunnelsAreOpened(
      String name, Tunnel tunnel, byte[] datagram) {
    PacketDecoder decoder = decoder(TunnelPolicy.INNERMOST);
    assertThat(decode(decoder, datagram)).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.protocol()).isEqualTo(PacketHeader.TCP);
    assertThat(packet.sourcePort()).isEqualTo(40000);
    assertThat(packet.destinationPort()).isEqualTo(443);
    assertThat(packet.sourceLow()).isEqualTo(3);
    assertThat(packet.destinationLow()).isEqualTo(4);
    assertThat(packet.tcpFlags()).isEqualTo(PacketHeader.ACK);
    assertThat(packet.window()).isEqualTo(512);
    assertThat(packet.size()).isEqualTo(packet.isIpv6() ? V6.length : V4.length);
    assertThat(decoder.statistics().tunnels(tunnel)).isEqualTo(1);
    assertThat(decoder.statistics().opened(tunnel)).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tunnelsWithTcpInside")
  void theOuterDatagramCountsWhereTunnelsStayClosed(String name, Tunnel tunnel, byte[] datagram) {
    PacketDecoder decoder = decoder(TunnelPolicy.OUTER);
    boolean overUdp = tunnel.carrier() == Tunnel.Carrier.UDP;
    assertThat(decode(decoder, datagram))
        .isEqualTo(overUdp ? PacketVerdict.KEPT : PacketVerdict.OTHER_PROTOCOL);
    if (overUdp) {
      assertThat(packet.protocol()).isEqualTo(PacketHeader.UDP);
      assertThat(packet.sourceLow()).isEqualTo(OUTER_SOURCE);
      assertThat(packet.size()).isEqualTo(datagram.length);
    }
    assertThat(decoder.statistics().tunnels(tunnel)).isEqualTo(1);
    assertThat(decoder.statistics().opened(tunnel)).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tunnelsWithTcpInside")
  void aCutTunnelFallsBackToTheOuterDatagram(String name, Tunnel tunnel, byte[] datagram) {
    PacketDecoder decoder = decoder(TunnelPolicy.INNERMOST);
    int whole = datagram.length - TCP.length + 16;
    for (int captured = 0; captured <= datagram.length; captured++) {
      PacketVerdict verdict = decoder.decode(datagram, 0, captured, captured, LinkType.RAW, packet);
      if (captured >= whole) {
        assertThat(verdict).isEqualTo(PacketVerdict.KEPT);
        assertThat(packet.protocol()).isEqualTo(PacketHeader.TCP);
      } else if (verdict == PacketVerdict.KEPT) {
        assertThat(packet.protocol()).isEqualTo(PacketHeader.UDP);
        assertThat(packet.sourceLow()).isEqualTo(OUTER_SOURCE);
        assertThat(packet.size()).isEqualTo(datagram.length);
      } else {
        assertThat(verdict).isIn(PacketVerdict.TOO_SHORT, PacketVerdict.OTHER_PROTOCOL);
      }
    }
  }

  static Stream<Arguments> lookAlikes() {
    return Stream.of(
        Arguments.of("VXLAN without its flag", udp(4789, Frames.words(0, 0, 0, 0), ETHERNET)),
        Arguments.of("Geneve, version 1", udp(6081, Frames.words(0x4000, 0x6558, 0, 0), ETHERNET)),
        Arguments.of("GTP echo", udp(2152, Frames.words(0x3001, 0, 0, 9), V4)),
        Arguments.of("GTP, version 2", udp(2152, Frames.words(0x50ff, 0, 0, 9), V4)),
        Arguments.of("no IPv6 on the Teredo port", udp(3544, V4, new byte[40])),
        Arguments.of("VXLAN on another port", udp(4790, Frames.words(0x0800, 0, 0, 0), ETHERNET)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lookAlikes")
  void whatOnlyLooksLikeATunnelIsAnOrdinaryPacket(String name, byte[] datagram) {
    PacketDecoder decoder = decoder(TunnelPolicy.INNERMOST);
    assertThat(decode(decoder, datagram)).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.protocol()).isEqualTo(PacketHeader.UDP);
    for (Tunnel tunnel : Tunnel.values()) {
      assertThat(decoder.statistics().tunnels(tunnel)).isZero();
    }
  }

  @Test
  void aFrameInsideThatHoldsNoIpStaysWithTheOuterFlow() {
    PacketDecoder decoder = decoder(TunnelPolicy.INNERMOST);
    assertThat(decode(decoder, vxlan(ARP))).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.destinationPort()).isEqualTo(4789);
    assertThat(decoder.statistics().tunnels(Tunnel.VXLAN)).isEqualTo(1);
    assertThat(decoder.statistics().opened(Tunnel.VXLAN)).isZero();
    assertThat(decode(decoder, over4(47, gre(0, 0x6558, 0, ARP))))
        .isEqualTo(PacketVerdict.OTHER_PROTOCOL);
  }

  @Test
  void greThatIsNotUnderstoodIsCountedOnly() {
    PacketDecoder decoder = decoder(TunnelPolicy.INNERMOST);
    for (int flags : new int[] {0x4000, 0x0002}) {
      assertThat(decode(decoder, over4(47, gre(flags, Frames.IPV4, 0, V4))))
          .isEqualTo(PacketVerdict.OTHER_PROTOCOL);
    }
    assertThat(decoder.statistics().tunnels(Tunnel.GRE)).isEqualTo(2);
  }

  @Test
  void tunnelsInTunnelsAreOpenedToTheInnermost() {
    byte[] inner = Frames.ethernet(Frames.IPV4, over4(41, V6));
    PacketDecoder decoder = decoder(TunnelPolicy.INNERMOST);
    assertThat(decode(decoder, over6(47, gre(0, Frames.IPV4, 0, vxlan(inner)))))
        .isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.isIpv6()).isTrue();
    assertThat(packet.size()).isEqualTo(V6.length);
    for (Tunnel tunnel : new Tunnel[] {Tunnel.GRE, Tunnel.VXLAN, Tunnel.IPV6_IN_IPV4}) {
      assertThat(decoder.statistics().tunnels(tunnel)).isEqualTo(1);
      assertThat(decoder.statistics().opened(tunnel)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"8, KEPT", "9, OTHER_PROTOCOL"})
  void theDepthIsBounded(int tunnels, PacketVerdict verdict) {
    byte[] datagram = V4;
    for (int i = 0; i < tunnels; i++) {
      datagram = over4(4, datagram);
    }
    assertThat(decode(decoder(TunnelPolicy.INNERMOST), datagram)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @EnumSource(TunnelPolicy.class)
  void anAuthenticationHeaderIsPassed(TunnelPolicy policy) {
    byte[] header = Frames.words(0x0604, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0);
    PacketDecoder decoder = decoder(policy);
    assertThat(decode(decoder, over4(51, Frames.concat(header, TCP))))
        .isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.sourcePort()).isEqualTo(40000);
    assertThat(packet.size()).isEqualTo(20 + header.length + TCP.length);
    byte[] behindOptions = Frames.extension(51, 1, Frames.concat(header, TCP));
    assertThat(decode(decoder, over6(0, behindOptions))).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.sourcePort()).isEqualTo(40000);

    byte[] tooSmall = header.clone();
    tooSmall[1] = 0;
    assertThat(decode(decoder, over4(51, Frames.concat(tooSmall, TCP))))
        .isEqualTo(PacketVerdict.MALFORMED_HEADER);
    assertThat(decode(decoder, over6(51, Frames.concat(tooSmall, TCP))))
        .isEqualTo(PacketVerdict.MALFORMED_HEADER);
    byte[] again = header.clone();
    again[0] = 51;
    assertThat(decode(decoder, over4(51, Frames.concat(again, header, TCP))))
        .isEqualTo(PacketVerdict.OTHER_PROTOCOL);
  }

  private static PacketDecoder decoder(TunnelPolicy policy) {
    return new PacketDecoder(policy, FragmentPolicy.ASSIGN);
  }

  private PacketVerdict decode(PacketDecoder decoder, byte[] datagram) {
    return decoder.decode(datagram, 0, datagram.length, datagram.length, LinkType.RAW, packet);
  }
}
