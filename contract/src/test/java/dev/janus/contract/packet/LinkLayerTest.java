package dev.janus.contract.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LinkLayerTest {
  private static final byte[] TCP = Frames.tcp(40000, 443, PacketHeader.SYN, 512, 10);
  private static final byte[] V4 = Frames.ipv4(PacketHeader.TCP, 1, 2, TCP);
  private static final byte[] V6 = Frames.ipv6(PacketHeader.TCP, 1, 2, TCP);
  private static final byte[] RADIOTAP_PLAIN = bytes(0, 0, 8, 0, 0, 0, 0, 0);

  /** Time and flags present, the flags say that the header behind is padded. */
  private static final byte[] RADIOTAP_PADDED =
      bytes(0, 0, 17, 0, 3, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0x20);

  /** Two bitmaps of present fields, then the flags without padding. */
  private static final byte[] RADIOTAP_TWO_BITMAPS =
      bytes(0, 0, 13, 0, 2, 0, 0, 0x80, 0, 0, 0, 0, 0x10);

  private final PacketHeader packet = new PacketHeader();
  private final PacketDecoder decoder =
      new PacketDecoder(TunnelPolicy.OUTER, FragmentPolicy.ASSIGN);

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static Arguments ethernet(String name, int type, byte[] payload) {
    return Arguments.of(name, LinkType.ETHERNET, Frames.ethernet(type, payload));
  }

  static Stream<Arguments> framesWithTcpInside() {
    byte[] snap4 = Frames.snap(Frames.IPV4, V4);
    byte[] snap6 = Frames.snap(Frames.IPV6, V6);
    byte[] bridgeTunnel = snap4.clone();
    bridgeTunnel[5] = (byte) 0xf8;
    byte[] ppp4 = Frames.ppp(0x0021, V4);
    byte[] ppp6 = Frames.ppp(0x0057, V6);
    byte[] addressAndControl = Frames.words(0xff03);
    byte[] short4 = Frames.concat(bytes(0x21), V4);
    return Stream.of(
        Arguments.of("802.3 with SNAP", LinkType.ETHERNET, Frames.ieee8023(snap4)),
        Arguments.of("802.3 with SNAP, IPv6", LinkType.ETHERNET, Frames.ieee8023(snap6)),
        Arguments.of(
            "802.3 with IP directly",
            LinkType.ETHERNET,
            Frames.ieee8023(Frames.concat(bytes(6, 6, 3), V4))),
        ethernet("802.3 in QinQ", Frames.QINQ, Frames.tag(1, snap4.length, snap4)),
        Arguments.of(
            "VLAN tag behind SNAP",
            LinkType.ETHERNET,
            Frames.ieee8023(Frames.snap(Frames.VLAN, Frames.tag(3, Frames.IPV4, V4)))),
        Arguments.of("802.1H", LinkType.ETHERNET, Frames.ieee8023(bridgeTunnel)),
        Arguments.of(
            "null with EtherType",
            LinkType.NULL,
            Frames.concat(Frames.words(0x0f00, Frames.IPV6), V6)),
        Arguments.of("SLL with SNAP", LinkType.LINUX_SLL, Frames.linuxCooked1(4, snap4)),
        Arguments.of("SLL2 with SNAP", LinkType.LINUX_SLL2, Frames.linuxCooked2(4, snap6)),
        ethernet("one label", 0x8847, Frames.labels(1, V4)),
        ethernet("four labels, IPv6", 0x8847, Frames.labels(4, V6)),
        ethernet("multicast label", 0x8848, Frames.labels(1, V4)),
        ethernet("label in VLAN", Frames.VLAN, Frames.tag(1, 0x8847, Frames.labels(2, V4))),
        ethernet("PPPoE", 0x8864, Frames.pppoe(ppp4)),
        ethernet("PPPoE, IPv6", 0x8864, Frames.pppoe(ppp6)),
        ethernet("PPPoE in VLAN", Frames.VLAN, Frames.tag(1, 0x8864, Frames.pppoe(ppp4))),
        ethernet(
            "PPPoE with labels", 0x8864, Frames.pppoe(Frames.ppp(0x281, Frames.labels(1, V4)))),
        ethernet(
            "802.1ah", 0x88e7, Frames.concat(Frames.words(1, 2), Frames.ethernet(Frames.IPV4, V4))),
        Arguments.of("PPP", LinkType.PPP, ppp4),
        Arguments.of("PPP with address", LinkType.PPP, Frames.concat(addressAndControl, ppp6)),
        Arguments.of("PPP with short protocol", LinkType.PPP, short4),
        Arguments.of("PPP in HDLC", LinkType.PPP_HDLC, Frames.concat(addressAndControl, short4)),
        Arguments.of(
            "PPP in HDLC, Cisco",
            LinkType.PPP_HDLC,
            Frames.concat(Frames.words(0x0f00, Frames.IPV4), V4)),
        Arguments.of("PPPoE alone", LinkType.PPP_ETHER, Frames.pppoe(ppp4)),
        Arguments.of(
            "Cisco HDLC",
            LinkType.CISCO_HDLC,
            Frames.concat(Frames.words(0x0f00, Frames.IPV4), V4)),
        Arguments.of(
            "Cisco HDLC, multicast",
            LinkType.CISCO_HDLC,
            Frames.concat(Frames.words(0x8f00, Frames.IPV6), V6)),
        Arguments.of("NFLOG", LinkType.NFLOG, nflog(V4)),
        Arguments.of("NFLOG, IPv6", LinkType.NFLOG, nflog(V6)),
        Arguments.of("802.11", LinkType.IEEE802_11, Frames.ieee80211(0x08, 1, 24, snap4)),
        Arguments.of(
            "802.11, four addresses", LinkType.IEEE802_11, Frames.ieee80211(0x08, 3, 30, snap4)),
        Arguments.of(
            "802.11, quality of service",
            LinkType.IEEE802_11,
            Frames.ieee80211(0x88, 2, 26, snap6)),
        Arguments.of(
            "802.11, high throughput",
            LinkType.IEEE802_11,
            Frames.ieee80211(0x88, 0x81, 30, snap4)),
        Arguments.of(
            "radiotap",
            LinkType.IEEE802_11_RADIOTAP,
            Frames.concat(RADIOTAP_PLAIN, Frames.ieee80211(0x08, 1, 24, snap4))),
        Arguments.of(
            "radiotap, padded",
            LinkType.IEEE802_11_RADIOTAP,
            Frames.concat(RADIOTAP_PADDED, Frames.ieee80211(0x88, 1, 28, snap4))),
        Arguments.of(
            "radiotap, two bitmaps",
            LinkType.IEEE802_11_RADIOTAP,
            Frames.concat(RADIOTAP_TWO_BITMAPS, Frames.ieee80211(0x88, 1, 26, snap4))));
  }

  private static byte[] nflog(byte[] datagram) {
    return Frames.concat(
        bytes(2, 0, 0, 1),
        Frames.nflogAttribute(1, new byte[4]),
        Frames.nflogAttribute(10, new byte[5]),
        Frames.nflogAttribute(9, datagram));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("framesWithTcpInside")
  void everyLinkLayerLeadsToTheSamePacket(String name, int linkType, byte[] frame) {
    assertThat(decode(frame, linkType)).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.sourcePort()).isEqualTo(40000);
    assertThat(packet.destinationPort()).isEqualTo(443);
    assertThat(packet.window()).isEqualTo(512);
    assertThat(packet.size()).isEqualTo(packet.isIpv6() ? V6.length : V4.length);
    assertThat(LinkType.isSupported(linkType)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("framesWithTcpInside")
  void aCutFrameIsTooShortUntilTheWindowIsThere(String name, int linkType, byte[] frame) {
    int data = TCP.length - 16;
    int padding = linkType == LinkType.NFLOG ? -(V4.length + 4) & 3 : 0;
    for (int captured = 0; captured <= frame.length; captured++) {
      PacketVerdict verdict = decoder.decode(frame, 0, captured, captured, linkType, packet);
      assertThat(verdict)
          .as("%d of %d bytes", captured, frame.length)
          .isEqualTo(
              captured < frame.length - data - padding
                  ? PacketVerdict.TOO_SHORT
                  : PacketVerdict.KEPT);
    }
  }

  @Test
  void whatAnIeee8023FrameHoldsBehindItsLengthIsPadding() {
    byte[] frame = Frames.ethernet(8 + 30, Frames.snap(Frames.IPV4, V4));
    assertThat(decode(frame, LinkType.ETHERNET)).isEqualTo(PacketVerdict.TOO_SHORT);
  }

  @Test
  void whatIsBehindTheDatagramIsPadding() {
    byte[] cut = Frames.ipv4(PacketHeader.TCP, 1, 2, 28, 0, new byte[0], TCP);
    assertThat(decode(cut, LinkType.RAW)).isEqualTo(PacketVerdict.TOO_SHORT);
  }

  static Stream<Arguments> framesWithoutIp() {
    byte[] snap4 = Frames.snap(Frames.IPV4, V4);
    byte[] organisation = snap4.clone();
    organisation[5] = 0x0c;
    return Stream.of(
        Arguments.of("SNAP of an organisation", LinkType.ETHERNET, Frames.ieee8023(organisation)),
        Arguments.of("spanning tree", LinkType.ETHERNET, Frames.ieee8023(bytes(0x42, 0x42, 3, 0))),
        Arguments.of("PPP link control", LinkType.PPP, Frames.ppp(0xc021, new byte[10])),
        ethernet("PPPoE discovery", 0x8863, Frames.pppoe(new byte[40])),
        ethernet("PPPoE, other code", 0x8864, Frames.concat(Frames.words(0x1109, 1, 2), V4)),
        ethernet("PPPoE, other type", 0x8864, Frames.concat(Frames.words(0x1200, 1, 2), V4)),
        Arguments.of(
            "Cisco keep-alive",
            LinkType.CISCO_HDLC,
            Frames.concat(Frames.words(0x8f00, 0x8035), new byte[14])),
        Arguments.of("802.11 beacon", LinkType.IEEE802_11, Frames.ieee80211(0x80, 0, 24, snap4)),
        Arguments.of("802.11 no data", LinkType.IEEE802_11, Frames.ieee80211(0x48, 1, 24, snap4)),
        Arguments.of(
            "802.11 encrypted", LinkType.IEEE802_11, Frames.ieee80211(0x08, 0x41, 24, snap4)),
        Arguments.of("deeply nested", LinkType.ETHERNET, nested(100_000)));
  }

  private static byte[] nested(int levels) {
    byte[][] parts = new byte[levels][];
    Arrays.fill(parts, Frames.concat(new byte[16], Frames.words(0x88e7)));
    return Frames.ethernet(0x88e7, Frames.concat(parts));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("framesWithoutIp")
  void framesWithoutIpAreDropped(String name, int linkType, byte[] frame) {
    assertThat(decode(frame, linkType)).isEqualTo(PacketVerdict.NOT_IP);
  }

  @Test
  void severalRadioFramesInOneAreNotGuessed() {
    byte[] frame = Frames.ieee80211(0x88, 1, 26, Frames.snap(Frames.IPV4, V4));
    frame[24] = (byte) 0x80;
    assertThat(decode(frame, LinkType.IEEE802_11)).isEqualTo(PacketVerdict.NOT_IP);
  }

  @Test
  void aFrameBehindLabelsThatIsNoDatagramIsAPseudoWire() {
    byte[] controlWord = Frames.concat(new byte[4], Frames.ethernet(Frames.IPV4, V4));
    assertThat(decode(Frames.ethernet(0x8847, Frames.labels(2, controlWord)), LinkType.ETHERNET))
        .isEqualTo(PacketVerdict.PSEUDO_WIRE);
  }

  @ParameterizedTest
  @CsvSource({"32, KEPT", "33, MALFORMED_HEADER"})
  void theStackOfLabelsIsBounded(int labels, PacketVerdict verdict) {
    assertThat(decode(Frames.ethernet(0x8847, Frames.labels(labels, V4)), LinkType.ETHERNET))
        .isEqualTo(verdict);
  }

  @Test
  void lengthsThatCannotBeAreMalformed() {
    byte[] attribute = Frames.concat(bytes(2, 0, 0, 1), bytes(3, 0, 1, 0), new byte[8]);
    assertThat(decode(attribute, LinkType.NFLOG)).isEqualTo(PacketVerdict.MALFORMED_HEADER);
    byte[] radiotap = Frames.concat(bytes(0, 0, 7, 0, 0, 0, 0, 0), new byte[40]);
    assertThat(decode(radiotap, LinkType.IEEE802_11_RADIOTAP))
        .isEqualTo(PacketVerdict.MALFORMED_HEADER);
  }

  private PacketVerdict decode(byte[] frame, int linkType) {
    return decoder.decode(frame, 0, frame.length, frame.length, linkType, packet);
  }
}
