package dev.janus.contract.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.packet.Frames;
import dev.janus.contract.packet.LinkType;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.PacketVerdict;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReadingTest {
  private static final byte[] ARP = Frames.ethernet(0x0806, new byte[46]);

  static byte[] udp(int sourcePort) {
    return Frames.ethernet(
        Frames.IPV4,
        Frames.ipv4(
            PacketHeader.UDP, 0x0a000001, 0x0a000002, Frames.udp(sourcePort, 53, sourcePort % 30)));
  }

  static Stream<Arguments> forms() {
    return Stream.of(
            Arguments.of(PcapFile.MICROS, CaptureFormat.PCAP_MICROS, 1),
            Arguments.of(PcapFile.NANOS, CaptureFormat.PCAP_NANOS, 1000),
            Arguments.of(PcapFile.MODIFIED, CaptureFormat.PCAP_MODIFIED, 1))
        .flatMap(form ->
            Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                .map(order -> Arguments.of(form.get()[0], order, form.get()[1], form.get()[2])));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyFormGivesTheSamePackets(
      int magic, ByteOrder order, CaptureFormat format, int unitsPerMicro) {
    PcapFile file =
        new PcapFile(magic, order, 65535, LinkType.ETHERNET)
            .packet(1_700_000_000, 5 * unitsPerMicro, udp(1))
            .packet(1_700_000_000, 999_999 * unitsPerMicro, ARP)
            .packet(4_000_000_000L, 7 * unitsPerMicro, udp(2));

    Captured captured = Captured.read(file.bytes());

    assertThat(captured.format()).isEqualTo(format);
    assertThat(captured.packets())
        .containsExactly(
            new Captured.Packet(0, 1_700_000_000_000_005L, 1, 53, 29),
            new Captured.Packet(2, 4_000_000_000_000_007L, 2, 53, 30));
    assertThat(captured.statistics().packetsRead()).isEqualTo(3);
    assertThat(captured.statistics().packetsKept()).isEqualTo(2);
    assertThat(captured.statistics().count(PacketVerdict.NOT_IP)).isEqualTo(1);
    assertThat(captured.statistics().stoppedAt()).isEmpty();
    assertThat(captured.statistics().describe()).containsExactly("1 packet dropped: not IP");
  }

  @ParameterizedTest
  @CsvSource({"499, 0", "500, 1", "1499, 1", "1500, 2", "999999499, 999999", "999999500, 1000000"})
  void nanosecondsAreRoundedToTheNearestMicrosecondHalfUp(int nanos, long micros) {
    PcapFile file = new PcapFile(PcapFile.NANOS, ByteOrder.BIG_ENDIAN, 65535, 1);
    assertThat(Captured.read(file.packet(10, nanos, udp(1)).bytes()).times())
        .containsExactly(10_000_000 + micros);
  }

  @Test
  void anOverfullFractionIsCarriedAndCounted() {
    Captured captured = Captured.read(PcapFile.usual().packet(10, 2_500_000, udp(1)).bytes());
    assertThat(captured.times()).containsExactly(12_500_000L);
    assertThat(captured.count(CaptureIssue.INVALID_TIMESTAMP)).isEqualTo(1);
    assertThat(captured.statistics().firstOffset(CaptureIssue.INVALID_TIMESTAMP)).hasValue(24);
  }

  @Test
  void timeThatGoesBackIsCountedAndKept() {
    PcapFile file =
        PcapFile.usual()
            .packet(10, 0, udp(1))
            .packet(20, 0, udp(2))
            .packet(15, 0, ARP)
            .packet(16, 0, udp(3))
            .packet(16, 0, udp(4))
            .packet(11, 0, udp(5));
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.times())
        .containsExactly(10_000_000L, 20_000_000L, 16_000_000L, 16_000_000L, 11_000_000L);
    assertThat(captured.count(CaptureIssue.TIME_GOES_BACK)).isEqualTo(2);
  }

  @Test
  void aCutAtAnyByteLosesOnlyTheCutRecord() {
    PcapFile file = PcapFile.usual();
    List<Integer> ends = new ArrayList<>();
    ends.add(file.size());
    for (int port = 1; port <= 4; port++) {
      ends.add(file.packet(port, 0, udp(port)).size());
    }
    byte[] whole = file.bytes();
    for (int length = 24; length <= whole.length; length++) {
      Captured captured = Captured.read(Arrays.copyOf(whole, length));
      int cut = length;
      long complete = ends.stream().filter(end -> end <= cut).count() - 1;
      assertThat(captured.packets()).as("%d bytes", length).hasSize((int) complete);
      assertThat(captured.count(CaptureIssue.TRUNCATED_TAIL))
          .as("%d bytes", length)
          .isEqualTo(ends.contains(length) ? 0 : 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {(1 << 18) + 1, 1 << 24, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff})
  void readingStopsAtAnAbsurdLengthAndSaysWhere(int length) {
    PcapFile file = PcapFile.usual().packet(1, 0, udp(1)).packet(2, 0, udp(2));
    int at = file.size();
    file.record(3, 0, length, udp(3)).packet(4, 0, udp(4));

    Captured captured = Captured.read(file.bytes());

    assertThat(captured.ports()).containsExactly(1, 2);
    assertThat(captured.count(CaptureIssue.ABSURD_LENGTH)).isEqualTo(1);
    assertThat(captured.statistics().stoppedAt()).hasValue(at);
    assertThat(captured.statistics().describe())
        .containsExactly(
            "1 x absurd record length, first at offset " + at, "reading stopped at offset " + at);
  }

  @Test
  void aLengthBehindTheEndOfTheFileIsATruncatedTail() {
    PcapFile file = PcapFile.usual().packet(1, 0, udp(1));
    int at = file.size();
    file.record(3, 0, 100_000, udp(3)).packet(4, 0, udp(4));
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.ports()).containsExactly(1);
    assertThat(captured.statistics().firstOffset(CaptureIssue.TRUNCATED_TAIL)).hasValue(at);
  }

  @Test
  void aPacketLongerThanTheBufferIsReadWhereTheSnapLengthAnnouncesIt() {
    byte[] giant = Arrays.copyOf(udp(1), 1_200_000);
    PcapFile file =
        new PcapFile(PcapFile.MICROS, ByteOrder.LITTLE_ENDIAN, 2_000_000, LinkType.ETHERNET)
            .packet(1, 0, giant)
            .packet(2, 0, udp(2));
    assertThat(Captured.read(file.bytes()).ports()).containsExactly(1, 2);
    byte[] cut = Arrays.copyOf(file.bytes(), 900_000);
    Captured captured = Captured.read(cut);
    assertThat(captured.ports()).containsExactly(1);
    assertThat(captured.count(CaptureIssue.TRUNCATED_TAIL)).isEqualTo(1);
  }

  @Test
  void aSnapLengthWithoutSenseDoesNotRaiseTheLimit() {
    PcapFile file =
        new PcapFile(PcapFile.MICROS, ByteOrder.LITTLE_ENDIAN, -1, LinkType.ETHERNET)
            .packet(1, 0, udp(1))
            .record(2, 0, 0x7000_0000, udp(2));
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.ports()).containsExactly(1);
    assertThat(captured.count(CaptureIssue.ABSURD_LENGTH)).isEqualTo(1);
  }

  @Test
  void anUnsupportedLinkTypeDropsItsPacketsAndIsNamed() {
    PcapFile file =
        new PcapFile(PcapFile.MICROS, ByteOrder.LITTLE_ENDIAN, 65535, 195)
            .packet(1, 0, udp(1))
            .packet(2, 0, udp(2));
    CaptureStatistics statistics = Captured.read(file.bytes()).statistics();
    assertThat(statistics.packetsRead()).isEqualTo(2);
    assertThat(statistics.packetsKept()).isZero();
    assertThat(statistics.unsupportedLinkType()).hasValue(195);
    assertThat(statistics.describe())
        .containsExactly("2 packets dropped: unsupported link type 195");
  }

  @Test
  void theFrameCheckBitsOfTheLinkTypeAreNoLinkType() {
    PcapFile file =
        new PcapFile(PcapFile.MICROS, ByteOrder.BIG_ENDIAN, 65535, 0x5400_0000 | LinkType.ETHERNET)
            .packet(1, 0, udp(1));
    assertThat(Captured.read(file.bytes()).ports()).containsExactly(1);
  }

  @Test
  void emptyRecordsAreDroppedAsTooShort() {
    PcapFile file =
        PcapFile.usual().packet(1, 0, new byte[0]).packet(2, 0, new byte[0]).packet(3, 0, udp(3));
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.ports()).containsExactly(3);
    assertThat(captured.statistics().count(PacketVerdict.TOO_SHORT)).isEqualTo(2);
  }

  @Test
  void aFileWithoutPacketsIsAnEmptyCapture() {
    Captured captured = Captured.read(PcapFile.usual().bytes());
    assertThat(captured.packets()).isEmpty();
    assertThat(captured.statistics().describe()).isEmpty();
  }
}
