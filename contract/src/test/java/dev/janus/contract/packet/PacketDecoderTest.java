package dev.janus.contract.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDecoderTest {
  private static final int SOURCE = 0x0a000001;
  private static final int DESTINATION = 0xc0a80102;
  private static final int FLAGS = PacketHeader.SYN | PacketHeader.PSH;
  private static final byte[] TCP = Frames.tcp(40000, 443, FLAGS, 0xfffe, 10);
  private static final byte[] V4 = Frames.ipv4(PacketHeader.TCP, SOURCE, DESTINATION, TCP);
  private static final byte[] V6 = Frames.ipv6(PacketHeader.TCP, SOURCE, DESTINATION, TCP);

  private final PacketHeader packet = new PacketHeader();
  private final PacketDecoder decoder = new PacketDecoder(TunnelPolicy.OUTER, FragmentPolicy.DROP);

  static Stream<Arguments> framesAroundTheSameDatagram() {
    return Stream.of(
        Arguments.of("Ethernet", LinkType.ETHERNET, Frames.ethernet(Frames.IPV4, V4), false),
        Arguments.of("Ethernet, IPv6", LinkType.ETHERNET, Frames.ethernet(Frames.IPV6, V6), true),
        Arguments.of(
            "VLAN",
            LinkType.ETHERNET,
            Frames.ethernet(Frames.VLAN, Frames.tag(5, Frames.IPV4, V4)),
            false),
        Arguments.of(
            "QinQ",
            LinkType.ETHERNET,
            Frames.ethernet(
                Frames.QINQ, Frames.tag(5, Frames.VLAN, Frames.tag(6, Frames.IPV6, V6))),
            true),
        Arguments.of("nine tags", LinkType.ETHERNET, tagged(9), false),
        Arguments.of(
            "outer tag before 802.1ad",
            LinkType.ETHERNET,
            Frames.ethernet(0x9100, Frames.tag(5, Frames.IPV4, V4)),
            false),
        Arguments.of("SLL", LinkType.LINUX_SLL, Frames.linuxCooked1(Frames.IPV4, V4), false),
        Arguments.of("SLL, IPv6", LinkType.LINUX_SLL, Frames.linuxCooked1(Frames.IPV6, V6), true),
        Arguments.of(
            "SLL, VLAN",
            LinkType.LINUX_SLL,
            Frames.linuxCooked1(Frames.VLAN, Frames.tag(5, Frames.IPV4, V4)),
            false),
        Arguments.of("SLL2", LinkType.LINUX_SLL2, Frames.linuxCooked2(Frames.IPV4, V4), false),
        Arguments.of(
            "SLL2, VLAN",
            LinkType.LINUX_SLL2,
            Frames.linuxCooked2(Frames.VLAN, Frames.tag(5, Frames.IPV6, V6)),
            true),
        Arguments.of("raw 101", 101, V4, false),
        Arguments.of("raw 101, IPv6", 101, V6, true),
        Arguments.of("raw 12", 12, V6, true),
        Arguments.of("raw 14", 14, V4, false),
        Arguments.of("IPv4 228", 228, V4, false),
        Arguments.of("IPv6 229", 229, V6, true),
        Arguments.of("null, little-endian", LinkType.NULL, Frames.bsdLoop(0x02000000, V4), false),
        Arguments.of("null, big-endian", LinkType.NULL, Frames.bsdLoop(2, V4), false),
        Arguments.of("null, OpenBSD IPv6", LinkType.NULL, Frames.bsdLoop(0x18000000, V6), true),
        Arguments.of("null, FreeBSD IPv6", LinkType.NULL, Frames.bsdLoop(0x1c000000, V6), true),
        Arguments.of("null, Darwin IPv6", LinkType.NULL, Frames.bsdLoop(30, V6), true),
        Arguments.of("null, Linux IPv6", LinkType.NULL, Frames.bsdLoop(10, V6), true),
        Arguments.of("null, Windows IPv6", LinkType.NULL, Frames.bsdLoop(0x17000000, V6), true),
        Arguments.of("loop", LinkType.LOOP, Frames.bsdLoop(2, V4), false),
        Arguments.of("loop, little-endian", LinkType.LOOP, Frames.bsdLoop(0x02000000, V4), false));
  }

  private static byte[] tagged(int tags) {
    byte[] inner = Frames.tag(tags, Frames.IPV4, V4);
    for (int i = 1; i < tags; i++) {
      inner = Frames.tag(i, Frames.VLAN, inner);
    }
    return Frames.ethernet(Frames.QINQ, inner);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("framesAroundTheSameDatagram")
  void everyLinkLayerLeadsToTheSameHeader(String name, int linkType, byte[] frame, boolean ipv6) {
    assertThat(decode(frame, linkType)).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.isIpv6()).isEqualTo(ipv6);
    assertThat(packet.protocol()).isEqualTo(PacketHeader.TCP);
    assertThat(packet.sourcePort()).isEqualTo(40000);
    assertThat(packet.destinationPort()).isEqualTo(443);
    assertThat(packet.tcpFlags()).isEqualTo(FLAGS);
    assertThat(packet.window()).isEqualTo(0xfffe);
    assertThat(packet.size()).isEqualTo(ipv6 ? V6.length : V4.length);
    assertThat(packet.sourceHigh()).isEqualTo(ipv6 ? 0x2001_0db8_0000_0000L : 0);
    assertThat(packet.sourceLow()).isEqualTo(SOURCE);
    assertThat(packet.destinationLow()).isEqualTo(DESTINATION & 0xffff_ffffL);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("framesAroundTheSameDatagram")
  void aFrameIsKeptExactlyWhenTheWindowIsCaptured(
      String name, int linkType, byte[] frame, boolean ipv6) {
    int needed = frame.length - TCP.length + 16;
    for (int captured = 0; captured <= frame.length; captured++) {
      assertThat(decoder.decode(frame, 0, captured, captured, linkType, packet))
          .as("%d bytes", captured)
          .isEqualTo(captured < needed ? PacketVerdict.TOO_SHORT : PacketVerdict.KEPT);
    }
  }

  @Test
  void udpNeedsOnlyItsPortsAndIcmpOnlyTheAddresses() {
    byte[] udp = Frames.ipv4(PacketHeader.UDP, SOURCE, DESTINATION, Frames.udp(53, 5353, 4));
    assertThat(decoder.decode(udp, 0, 23, 23, LinkType.RAW, packet))
        .isEqualTo(PacketVerdict.TOO_SHORT);
    assertThat(decoder.decode(udp, 0, 24, 24, LinkType.RAW, packet)).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.sourcePort()).isEqualTo(53);
    assertThat(packet.destinationPort()).isEqualTo(5353);
    assertThat(packet.tcpFlags()).isZero();
    assertThat(packet.window()).isZero();

    byte[] icmp = Frames.ipv4(PacketHeader.ICMP, SOURCE, DESTINATION, new byte[8]);
    assertThat(decoder.decode(icmp, 0, 20, 20, LinkType.RAW, packet)).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.sourcePort()).isZero();
    assertThat(packet.destinationPort()).isZero();
    byte[] icmpv6 = Frames.ipv6(PacketHeader.ICMPV6, SOURCE, DESTINATION, new byte[8]);
    assertThat(decode(icmpv6, LinkType.RAW)).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.protocol()).isEqualTo(PacketHeader.ICMPV6);
  }

  @Test
  void sizeIsTheLengthTheDatagramStatesNotTheCapturedOne() {
    byte[] padded = Frames.concat(Frames.ethernet(Frames.IPV4, V4), new byte[30]);
    decode(padded, LinkType.ETHERNET);
    assertThat(packet.size()).isEqualTo(V4.length);
    byte[] cut = Arrays.copyOf(V6, 60);
    decode(cut, LinkType.RAW);
    assertThat(packet.size()).isEqualTo(V6.length);
  }

  @Test
  void anOffloadedDatagramWithoutLengthHasItsCapturedLengthWithoutLinkHeader() {
    byte[] datagram = Frames.ipv4(PacketHeader.TCP, SOURCE, DESTINATION, 0, 0, new byte[0], TCP);
    byte[] frame = Frames.ethernet(Frames.VLAN, Frames.tag(5, Frames.IPV4, datagram));
    int captured = 70_000;
    assertThat(decoder.decode(frame, 0, frame.length, captured, LinkType.ETHERNET, packet))
        .isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.size()).isEqualTo(captured - 18);
  }

  @Test
  void ipv4OptionsAreSkipped() {
    byte[] options = new byte[40];
    byte[] datagram =
        Frames.ipv4(PacketHeader.TCP, SOURCE, DESTINATION, 60 + TCP.length, 0, options, TCP);
    assertThat(decode(datagram, LinkType.RAW)).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.destinationPort()).isEqualTo(443);
  }

  @Test
  void hopByHopRoutingAndDestinationOptionsAreSkipped() {
    byte[] chain = Frames.extension(43, 0, Frames.extension(60, 2, Frames.extension(6, 1, TCP)));
    assertThat(decode(Frames.ipv6(0, SOURCE, DESTINATION, chain), LinkType.RAW))
        .isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.sourcePort()).isEqualTo(40000);
    assertThat(packet.window()).isEqualTo(0xfffe);
    assertThat(packet.size()).isEqualTo(40 + chain.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 135, 139, 140, 253, 254})
  void everyOtherExtensionHeaderEndsTheParse(int header) {
    byte[] direct = Frames.ipv6(header, SOURCE, DESTINATION, Frames.extension(6, 0, TCP));
    assertThat(decode(direct, LinkType.RAW)).isEqualTo(PacketVerdict.UNSUPPORTED_EXTENSION_HEADER);
    byte[] behind =
        Frames.ipv6(
            0, SOURCE, DESTINATION, Frames.extension(header, 0, Frames.extension(6, 0, TCP)));
    assertThat(decode(behind, LinkType.RAW)).isEqualTo(PacketVerdict.UNSUPPORTED_EXTENSION_HEADER);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0000, 0x0001, 0x0008})
  void everyIpv6FragmentHeaderIsDroppedAsAFragment(int field) {
    byte[] fragment = Frames.extension(PacketHeader.TCP, 0, TCP);
    fragment[3] = (byte) field;
    assertThat(decode(Frames.ipv6(44, SOURCE, DESTINATION, fragment), LinkType.RAW))
        .isEqualTo(PacketVerdict.FRAGMENT);
    byte[] behind = Frames.extension(44, 0, fragment);
    assertThat(decode(Frames.ipv6(60, SOURCE, DESTINATION, behind), LinkType.RAW))
        .isEqualTo(PacketVerdict.FRAGMENT);
  }

  @ParameterizedTest
  @CsvSource({"16, KEPT", "17, UNSUPPORTED_EXTENSION_HEADER"})
  void theWalkAlongExtensionHeadersIsBounded(int headers, PacketVerdict verdict) {
    byte[] chain = Frames.extension(PacketHeader.TCP, 0, TCP);
    for (int i = 1; i < headers; i++) {
      chain = Frames.extension(60, 0, chain);
    }
    assertThat(decode(Frames.ipv6(60, SOURCE, DESTINATION, chain), LinkType.RAW))
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"0x0001", "0x1fff", "0x2001", "0x00b9"})
  void laterFragmentsAreDropped(String field) {
    byte[] datagram =
        Frames.ipv4(PacketHeader.UDP, 1, 2, 60, Integer.decode(field), new byte[0], new byte[40]);
    assertThat(decode(datagram, LinkType.RAW)).isEqualTo(PacketVerdict.FRAGMENT);
  }

  @ParameterizedTest
  @CsvSource({"0x2000", "0x4000", "0x8000"})
  void firstFragmentsAreKept(String field) {
    byte[] datagram =
        Frames.ipv4(
            PacketHeader.UDP, 1, 2, 60, Integer.decode(field), new byte[0], Frames.udp(1, 2, 32));
    assertThat(decode(datagram, LinkType.RAW)).isEqualTo(PacketVerdict.KEPT);
  }

  @Test
  void whatIsNoIpIsDropped() {
    assertThat(decode(Frames.ethernet(0x0806, new byte[46]), LinkType.ETHERNET))
        .isEqualTo(PacketVerdict.NOT_IP);
    assertThat(decode(Frames.ethernet(46, new byte[46]), LinkType.ETHERNET))
        .isEqualTo(PacketVerdict.NOT_IP);
    assertThat(decode(Frames.linuxCooked2(0x0806, new byte[46]), LinkType.LINUX_SLL2))
        .isEqualTo(PacketVerdict.NOT_IP);
    assertThat(decode(Frames.bsdLoop(7, V4), LinkType.NULL)).isEqualTo(PacketVerdict.NOT_IP);
    assertThat(decode(new byte[60], LinkType.RAW)).isEqualTo(PacketVerdict.NOT_IP);
  }

  @Test
  void aWrongVersionOrHeaderLengthIsMalformed() {
    assertThat(decode(Frames.ethernet(Frames.IPV4, V6), LinkType.ETHERNET))
        .isEqualTo(PacketVerdict.MALFORMED_HEADER);
    assertThat(decode(Frames.ethernet(Frames.IPV6, V4), LinkType.ETHERNET))
        .isEqualTo(PacketVerdict.MALFORMED_HEADER);
    byte[] shortHeader = V4.clone();
    shortHeader[0] = 0x44;
    assertThat(decode(shortHeader, LinkType.IPV4)).isEqualTo(PacketVerdict.MALFORMED_HEADER);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 41, 47, 50, 89, 132})
  void otherProtocolsAreDropped(int protocol) {
    assertThat(decode(Frames.ipv4(protocol, 1, 2, new byte[40]), LinkType.RAW))
        .isEqualTo(PacketVerdict.OTHER_PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 106, 110, 195, 227, -1})
  void otherLinkTypesAreDropped(int linkType) {
    assertThat(decode(V4, linkType)).isEqualTo(PacketVerdict.UNSUPPORTED_LINK_TYPE);
    assertThat(LinkType.isSupported(linkType)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void bytesOutsideTheFrameNeverMatterWhateverTheFrameHolds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] linkTypes = {0, 1, 12, 14, 101, 108, 113, 228, 229, 276};
    byte[][] starts = {
      Frames.ethernet(Frames.IPV4, V4),
      Frames.ethernet(Frames.IPV6, Frames.ipv6(0, 1, 2, Frames.extension(60, 1, TCP))),
      tagged(3),
      V4,
      V6,
      new byte[120]
    };
    for (int i = 0; i < 50_000; i++) {
      byte[] frame = starts[random.nextInt(starts.length)].clone();
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        frame[random.nextInt(Math.min(frame.length, 70))] = (byte) random.nextInt(256);
      }
      int available = random.nextInt(frame.length + 1);
      int linkType = linkTypes[random.nextInt(linkTypes.length)];
      byte[] exact = Arrays.copyOf(frame, available);
      PacketHeader fromExact = new PacketHeader();

      PacketVerdict expected = decoder.decode(exact, 0, available, available, linkType, fromExact);
      byte[] embedded = new byte[available + 200];
      random.nextBytes(embedded);
      System.arraycopy(exact, 0, embedded, 100, available);
      PacketVerdict verdict = decoder.decode(embedded, 100, available, available, linkType, packet);

      assertThat(verdict).isEqualTo(expected);
      if (verdict == PacketVerdict.KEPT) {
        assertThat(fields(packet)).isEqualTo(fields(fromExact));
      }
    }
  }

  private static List<Long> fields(PacketHeader header) {
    return List.of(
        header.sourceHigh(),
        header.sourceLow(),
        header.destinationHigh(),
        header.destinationLow(),
        (long) header.protocol(),
        (long) header.sourcePort(),
        (long) header.destinationPort(),
        (long) header.size(),
        (long) header.tcpFlags(),
        (long) header.window(),
        header.isIpv6() ? 1L : 0L);
  }

  private PacketVerdict decode(byte[] frame, int linkType) {
    return decoder.decode(frame, 0, frame.length, frame.length, linkType, packet);
  }
}
