package dev.janus.contract.capture;

import static dev.janus.contract.capture.PcapReadingTest.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.janus.contract.packet.Frames;
import dev.janus.contract.packet.LinkType;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReorderWindowTest {
  private static CaptureOptions window(int packets) {
    return CaptureOptions.defaults().withReorderWindow(packets);
  }

  private static byte[] at(long... seconds) {
    PcapFile file = PcapFile.usual();
    for (int i = 0; i < seconds.length; i++) {
      file.packet(seconds[i], 0, udp(i + 1));
    }
    return file.bytes();
  }

  @Test
  void packetsLeaveInTheOrderOfTheirTimes() {
    Captured captured = Captured.read(at(3, 1, 2, 4, 9, 5), window(3));
    assertThat(captured.ports()).containsExactly(2, 3, 1, 4, 6, 5);
    assertThat(captured.statistics().resorted()).isEqualTo(2);
    assertThat(captured.statistics().tooLate()).isZero();
    assertThat(captured.count(CaptureIssue.TIME_GOES_BACK)).isZero();
    assertThat(captured.packets()).extracting(Captured.Packet::index).contains(0L, 5L);
  }

  @Test
  void whatComesLaterThanTheWindowAllowsIsCounted() {
    Captured captured = Captured.read(at(10, 11, 12, 13, 1, 14), window(2));
    assertThat(captured.ports()).containsExactly(1, 2, 5, 3, 4, 6);
    assertThat(captured.statistics().tooLate()).isEqualTo(1);
    assertThat(captured.statistics().resorted()).isZero();
    assertThat(captured.count(CaptureIssue.TIME_GOES_BACK)).isEqualTo(1);
    assertThat(captured.statistics().describe()).contains("1 packet came too late to be re-sorted");
  }

  @Test
  void equalTimesStayInTheOrderOfTheFile() {
    assertThat(Captured.read(at(5, 5, 5, 5, 5, 5, 5), window(4)).ports())
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void aPacketFarInTheFutureHoldsNothingUp() {
    long[] seconds = new long[500];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = i == 20 ? 100_000 : i;
    }
    Captured captured = Captured.read(at(seconds), window(10));
    assertThat(captured.packets()).hasSize(500);
    assertThat(captured.count(CaptureIssue.TIME_GOES_BACK)).isEqualTo(1);
    assertThat(captured.statistics().tooLate()).isLessThanOrEqualTo(1);
  }

  @Test
  void aPacketWithoutTimeStaysBehindTheOneBeforeIt() {
    PcapngFile file =
        new PcapngFile()
            .section(ByteOrder.LITTLE_ENDIAN)
            .networkInterface(LinkType.ETHERNET, 0)
            .enhancedPacket(0, 2_000_000, udp(1))
            .simplePacket(udp(2).length, udp(2))
            .enhancedPacket(0, 1_000_000, udp(3));
    Captured captured = Captured.read(file.bytes(), window(5));
    assertThat(captured.ports()).containsExactly(3, 1, 2);
    assertThat(captured.times()).containsExactly(1_000_000L, 2_000_000L, 2_000_000L);
  }

  /** Every packet is displaced by less than the window: the result is a stable sort. */
  @ParameterizedTest
  @ValueSource(longs = {81, 82, 83, 84})
  void aWindowAsWideAsTheDisorderSortsEverything(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int window = 1 + random.nextInt(200);
    PcapFile file = PcapFile.usual();
    List<long[]> packets = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      int micros = 100 * i + random.nextInt(50 * window + 1);
      byte[] frame = Frames.concat(udp(i), new byte[random.nextInt(5_000)]);
      file.packet(1, micros, frame);
      packets.add(new long[] {micros, i});
    }
    packets.sort(Comparator.comparingLong(packet -> packet[0]));
    Captured captured = Captured.read(file.bytes(), window(window));
    assertThat(captured.ports())
        .isEqualTo(packets.stream().map(packet -> (int) packet[1]).toList());
    assertThat(captured.statistics().tooLate()).isZero();
  }

  /** The ring holds only some hundred such frames. */
  @Test
  void longFramesNarrowTheWindowAndLoseNothing() {
    SplittableRandom random = new SplittableRandom(85);
    PcapFile file = PcapFile.usual();
    for (int i = 0; i < 400; i++) {
      byte[] frame = Frames.concat(udp(i), new byte[100_000 + random.nextInt(100_000)]);
      file.packet(1 + random.nextInt(1_000), 0, frame);
    }
    Captured captured = Captured.read(file.bytes(), window(1_000));
    assertThat(captured.ports()).hasSize(400).doesNotHaveDuplicates();
    assertThat(captured.count(CaptureIssue.TIME_GOES_BACK)).isLessThan(200);
  }

  @Test
  void duplicatesAreFoundAfterSorting() {
    PcapFile file = PcapFile.usual();
    for (int i = 0; i < 60; i++) {
      file.packet(1, 10 * i, udp(i));
    }
    file.packet(1, 5, udp(0));
    CaptureOptions options = window(100).with(DuplicatePolicy.REMOVE);
    assertThat(Captured.read(file.bytes(), options).statistics().duplicates()).isEqualTo(1);
  }

  @Test
  void theWindowHasABound() {
    assertThatIllegalArgumentException().isThrownBy(() -> window(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> window(CaptureOptions.LARGEST_REORDER_WINDOW + 1))
        .withMessageContaining("0 to 1048576 packets");
  }
}
