package dev.janus.contract.capture;

import static dev.janus.contract.capture.PcapReadingTest.udp;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.janus.contract.ContractException;
import dev.janus.contract.packet.Frames;
import dev.janus.contract.packet.LinkType;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.PacketVerdict;
import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the bytes: the reader ends, counts what it gave, and throws ContractException only. The
 * build runs the stored corpus; to search for more, set the environment variable {@code
 * JAZZER_FUZZ=1} and the property {@code -Djazzer.hooks=true}.
 */
class CaptureReaderFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void anyBytesEndInPacketsOrAContractException(byte[] bytes) {
    check(bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54})
  void damagedCapturesEndInPacketsOrAContractException(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> captures = captures();
    for (int i = 0; i < 400; i++) {
      check(damaged(captures.get(random.nextInt(captures.size())), random));
    }
  }

  private static void check(byte[] bytes) {
    try (CaptureReader reader =
        CaptureReader.open(
            new ByteArrayInputStream(bytes),
            "fuzz",
            CaptureOptions.defaults(),
            InputBuffer.LOOK_AHEAD)) {
      PacketHeader packet = new PacketHeader();
      long kept = 0;
      long latestIndex = -1;
      while (reader.next(packet)) {
        kept++;
        assertThat(packet.index()).isGreaterThan(latestIndex);
        assertThat(packet.size()).isBetween(1, PcapRecords.LONGEST_PACKET);
        latestIndex = packet.index();
      }
      CaptureStatistics statistics = reader.statistics();
      assertThat(statistics.packetsKept()).isEqualTo(kept);
      long dropped =
          Arrays.stream(PacketVerdict.values())
              .filter(verdict -> verdict != PacketVerdict.KEPT)
              .mapToLong(statistics::count)
              .sum();
      assertThat(statistics.packetsRead()).isEqualTo(kept + dropped);
      assertThat(reader.next(packet)).isFalse();
      assertThat(statistics.describe()).allMatch(line -> !line.isBlank());
    } catch (ContractException e) {
      assertThat(e.getMessage()).startsWith("fuzz: offset ").doesNotContain("\n");
    }
  }

  private static byte[] damaged(byte[] capture, SplittableRandom random) {
    byte[] bytes = capture.clone();
    int[] favourites = {0, 1, 4, 12, 0x7f, 0x80, 0xff};
    for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) favourites[random.nextInt(favourites.length)];
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xff);
        default -> bytes = Arrays.copyOf(bytes, at + 1);
      }
    }
    return bytes;
  }

  /** Small captures of every kind; the fuzzer's corpus holds the same. */
  static List<byte[]> captures() {
    PcapFile micros = PcapFile.usual();
    PcapFile nanos = new PcapFile(PcapFile.NANOS, ByteOrder.BIG_ENDIAN, 65535, LinkType.LINUX_SLL);
    PcapFile modified =
        new PcapFile(PcapFile.MODIFIED, ByteOrder.LITTLE_ENDIAN, 65535, LinkType.NULL);
    byte[] v4 = Frames.ipv4(PacketHeader.TCP, 1, 2, Frames.tcp(1, 2, 2, 3, 0));
    byte[] v6 = Frames.ipv6(0, 1, 2, Frames.extension(60, 1, Frames.extension(6, 0, v4)));
    for (int i = 1; i <= 3; i++) {
      micros.packet(i, 0, udp(i));
      nanos.packet(i, 0, Frames.linuxCooked1(Frames.IPV6, v6));
      modified.packet(i, 0, Frames.bsdLoop(2, v4));
    }
    PcapngFile sections = new PcapngFile().section(ByteOrder.LITTLE_ENDIAN);
    sections
        .networkInterface(LinkType.ETHERNET, 0, sections.resolution(9), sections.offset(5))
        .networkInterface(LinkType.RAW, 100)
        .enhancedPacket(0, 1, udp(1))
        .oldPacket(1, 2, v6)
        .block(5, new byte[20])
        .section(ByteOrder.BIG_ENDIAN)
        .networkInterface(LinkType.LINUX_SLL2, 0, sections.resolution(0x8a))
        .simplePacket(60, Frames.linuxCooked2(Frames.IPV4, v4))
        .enhancedPacket(0, 3, Frames.linuxCooked2(Frames.VLAN, Frames.tag(1, Frames.IPV6, v6)));
    return List.of(
        micros.bytes(),
        nanos.bytes(),
        modified.bytes(),
        sections.bytes(),
        CaptureReaderTest.gzip(micros.bytes()),
        Frames.concat(
            CaptureReaderTest.gzip(Arrays.copyOf(sections.bytes(), 70)),
            CaptureReaderTest.gzip(Arrays.copyOfRange(sections.bytes(), 70, sections.size()))));
  }
}
