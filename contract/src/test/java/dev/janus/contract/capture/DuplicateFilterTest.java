package dev.janus.contract.capture;

import static dev.janus.contract.capture.PcapReadingTest.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.packet.Frames;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.PacketVerdict;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateFilterTest {
  private static final CaptureOptions REMOVE =
      CaptureOptions.defaults().with(DuplicatePolicy.REMOVE);

  @Test
  void theSecondOfTwoEqualFramesIsRemovedAndCounted() {
    byte[] file =
        PcapFile.usual()
            .packet(1, 0, udp(1))
            .packet(1, 5, udp(2))
            .packet(1, 9_999, udp(1))
            .packet(1, 10_000, udp(3))
            .bytes();
    Captured captured = Captured.read(file, REMOVE);
    assertThat(captured.ports()).containsExactly(1, 2, 3);
    assertThat(captured.statistics().duplicates()).isEqualTo(1);
    assertThat(captured.statistics().count(PacketVerdict.DUPLICATE)).isEqualTo(1);
    assertThat(captured.statistics().packetsRead()).isEqualTo(4);
    assertThat(captured.statistics().describe())
        .containsExactly("1 packet dropped: exact duplicate");
  }

  @Test
  void duplicatesMayBeCountedAndKept() {
    byte[] file = PcapFile.usual().packet(1, 0, udp(1)).packet(1, 1, udp(1)).bytes();
    Captured counted = Captured.read(file, CaptureOptions.defaults().with(DuplicatePolicy.COUNT));
    assertThat(counted.packets()).hasSize(2);
    assertThat(counted.statistics().duplicates()).isEqualTo(1);
    assertThat(Captured.read(file).statistics().duplicates()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"10000, 1", "10001, 0"})
  void onlyFramesWithinTenMillisecondsAreDuplicates(int micros, int duplicates) {
    byte[] file = PcapFile.usual().packet(1, 0, udp(1)).packet(1, micros, udp(1)).bytes();
    assertThat(Captured.read(file, REMOVE).statistics().duplicates()).isEqualTo(duplicates);
  }

  @Test
  void aFrameThatIsSentAgainAndAgainIsNotTakenForOne() {
    PcapFile file = PcapFile.usual();
    for (int i = 0; i < 7; i++) {
      file.packet(1, 4_000 * i, udp(1));
    }
    Captured captured = Captured.read(file.bytes(), REMOVE);
    assertThat(captured.times()).containsExactly(1_000_000L, 1_012_000L, 1_024_000L);
  }

  @ParameterizedTest
  @CsvSource({"31, 1", "32, 0"})
  void onlyTheLatestFramesAreRemembered(int between, int duplicates) {
    PcapFile file = PcapFile.usual().packet(1, 0, udp(1));
    for (int i = 0; i < between; i++) {
      file.packet(1, 1, udp(100 + i));
    }
    file.packet(1, 2, udp(1));
    assertThat(Captured.read(file.bytes(), REMOVE).statistics().duplicates()).isEqualTo(duplicates);
  }

  @Test
  void framesThatDifferInOneByteOrInTheirOriginalLengthAreNoDuplicates() {
    byte[] frame = udp(29);
    byte[] other = frame.clone();
    other[other.length - 1]++;
    PcapngFile file =
        new PcapngFile()
            .section(ByteOrder.LITTLE_ENDIAN)
            .networkInterface(1, 0)
            .enhancedPacket(0, 1, frame)
            .enhancedPacket(0, 1, other)
            .enhancedPacket(0, 1, frame.length - 1, frame);
    assertThat(Captured.read(file.bytes(), REMOVE).statistics().duplicates()).isZero();
  }

  @Test
  void equalFramesOfOtherLinkTypesAreNoDuplicates() {
    byte[] frame = udp(29);
    PcapngFile file =
        new PcapngFile()
            .section(ByteOrder.LITTLE_ENDIAN)
            .networkInterface(1, 0)
            .networkInterface(147, 0)
            .networkInterface(1, 0)
            .enhancedPacket(0, 1, frame)
            .enhancedPacket(1, 1, frame)
            .enhancedPacket(2, 1, frame);
    assertThat(Captured.read(file.bytes(), REMOVE).statistics().duplicates()).isEqualTo(1);
  }

  /** Frames so long that the ring holds only a few: compared with a plain list. */
  @ParameterizedTest
  @ValueSource(longs = {71, 72, 73})
  void framesOfAnyLengthAreFoundAsLongAsTheRingHoldsThem(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PcapFile file = PcapFile.usual();
    List<byte[]> frames = new ArrayList<>();
    int expected = 0;
    long written = 0;
    List<Long> starts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      boolean repeat = !frames.isEmpty() && random.nextInt(3) == 0;
      if (repeat) {
        int back = 1 + random.nextInt(Math.min(4, frames.size()));
        byte[] frame = frames.get(frames.size() - back);
        file.packet(1, 0, frame);
        if (written - starts.get(starts.size() - back) <= DuplicateFilter.RING_BYTES) {
          expected++;
          continue;
        }
      }
      byte[] frame = frame(100_000 + random.nextInt(150_000), i);
      file.packet(1, 0, frame);
      long left = DuplicateFilter.RING_BYTES - written % DuplicateFilter.RING_BYTES;
      written += left < frame.length ? left : 0;
      starts.add(written);
      written += frame.length;
      frames.add(frame);
    }
    assertThat(Captured.read(file.bytes(), REMOVE).statistics().duplicates()).isEqualTo(expected);
  }

  private static byte[] frame(int length, int port) {
    byte[] udp = Frames.udp(port, 53, 0);
    return Frames.concat(
        Frames.ethernet(Frames.IPV4, Frames.ipv4(PacketHeader.UDP, 1, 2, udp)), new byte[length]);
  }
}
