package dev.janus.contract.capture;

import static dev.janus.contract.capture.PcapReadingTest.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.packet.Frames;
import dev.janus.contract.packet.LinkType;
import dev.janus.contract.packet.PacketHeader;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReadingTest {
  private static final byte[] RAW =
      Frames.ipv4(PacketHeader.UDP, 0x0a000001, 0x0a000002, Frames.udp(9, 53, 0));

  private static PcapngFile ethernet(ByteOrder order) {
    return new PcapngFile().section(order).networkInterface(LinkType.ETHERNET, 0);
  }

  private static PcapngFile ethernet() {
    return ethernet(ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void bothByteOrdersAndAllPacketBlocksAreRead(String order) {
    PcapngFile file =
        ethernet(order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .block(4, new byte[8])
            .enhancedPacket(0, 1_700_000_000_000_000L, udp(1))
            .oldPacket(0, 1_700_000_000_000_010L, udp(2))
            .block(0x0bad, new byte[2000])
            .simplePacket(udp(3).length, udp(3));
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.format()).isEqualTo(CaptureFormat.PCAPNG);
    assertThat(captured.ports()).containsExactly(1, 2, 3);
    assertThat(captured.times())
        .containsExactly(1_700_000_000_000_000L, 1_700_000_000_000_010L, 1_700_000_000_000_010L);
    assertThat(captured.count(CaptureIssue.NO_TIMESTAMP)).isEqualTo(1);
    assertThat(captured.statistics().stoppedAt()).isEmpty();
  }

  @Test
  void eachInterfaceHasItsOwnLinkTypeResolutionAndOffset() {
    PcapngFile file = new PcapngFile().section(ByteOrder.BIG_ENDIAN);
    file.networkInterface(LinkType.ETHERNET, 0)
        .networkInterface(LinkType.RAW, 0, file.resolution(9))
        .networkInterface(LinkType.ETHERNET, 0, file.resolution(0x80 | 10))
        .networkInterface(LinkType.ETHERNET, 0, file.resolution(3), file.offset(1_000))
        .networkInterface(
            LinkType.ETHERNET, 0, file.option(2, new byte[5]), file.offset(-1), file.resolution(6))
        .enhancedPacket(3, 7, udp(4))
        .enhancedPacket(0, 1_000_000, udp(1))
        .enhancedPacket(1, 1_500, RAW)
        .enhancedPacket(2, 512, udp(3))
        .enhancedPacket(4, 1_500_000, udp(5));
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.ports()).containsExactly(4, 1, 9, 3, 5);
    assertThat(captured.times())
        .containsExactly(1_000_007_000L, 1_000_000L, 2L, 500_000L, 500_000L);
    assertThat(captured.count(CaptureIssue.TIME_GOES_BACK)).isEqualTo(2);
  }

  @Test
  void aNewSectionForgetsTheInterfacesAndMayChangeTheByteOrder() {
    PcapngFile file =
        ethernet()
            .enhancedPacket(0, 1, udp(1))
            .section(ByteOrder.BIG_ENDIAN)
            .enhancedPacket(0, 2, udp(2))
            .networkInterface(LinkType.RAW, 0)
            .enhancedPacket(0, 3, RAW);
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.ports()).containsExactly(1, 9);
    assertThat(captured.packets()).extracting(Captured.Packet::index).containsExactly(0L, 2L);
    assertThat(captured.count(CaptureIssue.UNKNOWN_INTERFACE)).isEqualTo(1);
  }

  @Test
  void aSimplePacketIsCutAtTheSnapLengthAndItsPaddingIsNoData() {
    byte[] frame = udp(1);
    byte[] cut = Arrays.copyOf(frame, 35);
    PcapngFile file =
        new PcapngFile()
            .section(ByteOrder.LITTLE_ENDIAN)
            .networkInterface(LinkType.ETHERNET, 35)
            .simplePacket(frame.length, cut);
    Captured captured = Captured.read(file.bytes());
    // 35 captured bytes end one byte into the UDP ports; the padding must not complete them.
    assertThat(captured.packets()).isEmpty();
    assertThat(captured.statistics().packetsRead()).isEqualTo(1);
  }

  @Test
  void simplePacketsBeforeAnyTimeAreKeptAtTimeZeroAndCounted() {
    long now = 1_700_000_000_000_000L;
    PcapngFile file =
        ethernet()
            .simplePacket(udp(1).length, udp(1))
            .simplePacket(udp(2).length, udp(2))
            .enhancedPacket(0, now, udp(3))
            .simplePacket(udp(4).length, udp(4));
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.ports()).containsExactly(1, 2, 3, 4);
    assertThat(captured.times()).containsExactly(0L, 0L, now, now);
    assertThat(captured.count(CaptureIssue.NO_TIMESTAMP)).isEqualTo(3);
    assertThat(captured.count(CaptureIssue.TIME_GOES_BACK)).isZero();
    assertThat(captured.statistics().firstMicros()).hasValue(now);
  }

  @Test
  void aTimeStampWithoutSenseIsReplacedByThatOfThePacketBefore() {
    PcapngFile file = new PcapngFile().section(ByteOrder.LITTLE_ENDIAN);
    file.networkInterface(LinkType.ETHERNET, 0)
        .networkInterface(LinkType.ETHERNET, 0, file.resolution(127))
        .networkInterface(LinkType.ETHERNET, 0, file.resolution(0))
        .enhancedPacket(0, 77, udp(1))
        .enhancedPacket(1, 78, udp(2))
        .enhancedPacket(2, Long.MAX_VALUE, udp(3))
        .enhancedPacket(0, 79, udp(4));
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.times()).containsExactly(77L, 77L, 77L, 79L);
    assertThat(captured.count(CaptureIssue.INVALID_TIMESTAMP)).isEqualTo(2);
    assertThat(captured.count(CaptureIssue.TIME_GOES_BACK)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"45", "1000", "0x7fffffff", "0xffffffff"})
  void aPacketLongerThanItsBlockIsLostAlone(String captured) {
    byte[] frame = udp(1);
    PcapngFile file =
        ethernet()
            .enhancedPacket(0, 1, frame)
            .enhancedPacket(0, 2, Long.decode(captured).intValue(), frame)
            .enhancedPacket(0, 3, udp(3));
    Captured result = Captured.read(file.bytes());
    assertThat(result.ports()).containsExactly(1, 3);
    assertThat(result.packets().getLast().index()).isEqualTo(2);
    assertThat(result.count(CaptureIssue.ABSURD_LENGTH)).isEqualTo(1);
    assertThat(result.statistics().stoppedAt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 11, 13, 14, 15, 97})
  void readingStopsAtABlockLengthThatCannotBe(int length) {
    PcapngFile file = ethernet().enhancedPacket(0, 1, udp(1));
    int at = file.size();
    file.block(6, length, new byte[80], length).enhancedPacket(0, 2, udp(2));
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.ports()).containsExactly(1);
    assertThat(captured.count(CaptureIssue.BAD_BLOCK)).isEqualTo(1);
    assertThat(captured.statistics().stoppedAt()).hasValue(at);
  }

  @ParameterizedTest
  @CsvSource({
    "6, 8, ABSURD_LENGTH",
    "2, 8, ABSURD_LENGTH",
    "3, 0, ABSURD_LENGTH",
    "1, 4, BAD_BLOCK"
  })
  void aBlockTooShortForItsKindIsPassedOver(int type, int body, CaptureIssue issue) {
    PcapngFile file = ethernet().block(type, new byte[body]).enhancedPacket(0, 1, udp(1));
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.ports()).containsExactly(1);
    assertThat(captured.count(issue)).isEqualTo(1);
    assertThat(captured.statistics().stoppedAt()).isEmpty();
  }

  @Test
  void aDifferentLengthAtTheEndOfABlockIsCountedAndReadingGoesOn() {
    PcapngFile file = ethernet().block(5, 20, new byte[8], 24).enhancedPacket(0, 1, udp(1));
    Captured captured = Captured.read(file.bytes());
    assertThat(captured.ports()).containsExactly(1);
    assertThat(captured.count(CaptureIssue.BAD_BLOCK)).isEqualTo(1);
  }

  @Test
  void aGiantBlockIsPassedOverInFixedMemory() {
    PcapngFile file = ethernet().block(5, new byte[3_000_000]).enhancedPacket(0, 1, udp(1));
    assertThat(Captured.read(file.bytes()).ports()).containsExactly(1);
    byte[] lie = ethernet().block(5, 0xffff_fff0, new byte[100], 0).bytes();
    Captured captured = Captured.read(lie);
    assertThat(captured.count(CaptureIssue.TRUNCATED_TAIL)).isEqualTo(1);
  }

  @Test
  void aSectionOfAnotherVersionEndsReading() {
    PcapngFile file = ethernet().enhancedPacket(0, 1, udp(1));
    int at = file.size();
    byte[] whole = file.section(ByteOrder.LITTLE_ENDIAN).bytes();
    whole[at + 12] = 9;
    Captured captured = Captured.read(whole);
    assertThat(captured.ports()).containsExactly(1);
    assertThat(captured.statistics().stoppedAt()).hasValue(at);
  }

  @Test
  void aCutAtAnyByteLosesOnlyTheCutBlock() {
    PcapngFile file = new PcapngFile().section(ByteOrder.LITTLE_ENDIAN);
    List<Integer> ends = new ArrayList<>(List.of(file.size()));
    file.networkInterface(LinkType.ETHERNET, 0, file.resolution(6));
    ends.add(file.size());
    List<Integer> packetEnds = new ArrayList<>();
    for (int port = 1; port <= 3; port++) {
      ends.add(file.enhancedPacket(0, port, udp(port)).size());
      packetEnds.add(file.size());
    }
    byte[] whole = file.bytes();
    for (int length = 28; length <= whole.length; length++) {
      Captured captured = Captured.read(Arrays.copyOf(whole, length));
      int cut = length;
      // A packet whose data is there counts even if the end of its block is missing.
      long atLeast = packetEnds.stream().filter(end -> end <= cut).count();
      long atMost = packetEnds.stream().filter(end -> end - 8 <= cut).count();
      assertThat((long) captured.packets().size()).isBetween(atLeast, atMost);
      assertThat(captured.count(CaptureIssue.TRUNCATED_TAIL))
          .as("%d bytes", length)
          .isEqualTo(ends.contains(length) ? 0 : 1);
    }
  }

  @Test
  void optionsThatRunOutOfTheirBlockAreIgnored() {
    PcapngFile file = new PcapngFile().section(ByteOrder.LITTLE_ENDIAN);
    byte[] lie = file.resolution(9);
    lie[2] = (byte) 200;
    file.networkInterface(LinkType.ETHERNET, 0, lie).enhancedPacket(0, 5, udp(1));
    assertThat(Captured.read(file.bytes()).times()).containsExactly(5L);
  }
}
