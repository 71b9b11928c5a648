package dev.janus.contract.capture;

import static dev.janus.contract.capture.PcapReadingTest.udp;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.janus.contract.ContractException;
import dev.janus.contract.packet.FragmentPolicy;
import dev.janus.contract.packet.Frames;
import dev.janus.contract.packet.LinkType;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.PacketVerdict;
import dev.janus.contract.packet.TunnelPolicy;
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
    check(bytes, CaptureOptions.defaults());
    check(
        bytes,
        new CaptureOptions(TunnelPolicy.INNERMOST, FragmentPolicy.DROP, DuplicatePolicy.COUNT, 0));
    check(
        bytes,
        new CaptureOptions(
            TunnelPolicy.INNERMOST, FragmentPolicy.ASSIGN, DuplicatePolicy.REMOVE, 5));
  }

  private static void check(byte[] bytes, CaptureOptions options) {
    try (CaptureReader reader =
        CaptureReader.open(
            new ByteArrayInputStream(bytes), "fuzz", options, InputBuffer.LOOK_AHEAD)) {
      PacketHeader packet = new PacketHeader();
      long kept = 0;
      long latestIndex = -1;
      while (reader.next(packet)) {
        kept++;
        if (options.reorderWindow() == 0) {
          assertThat(packet.index()).isGreaterThan(latestIndex);
        }
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
        everyLayer(1),
        micros.bytes(),
        nanos.bytes(),
        modified.bytes(),
        sections.bytes(),
        CaptureReaderTest.gzip(micros.bytes()),
        Frames.concat(
            CaptureReaderTest.gzip(Arrays.copyOf(sections.bytes(), 70)),
            CaptureReaderTest.gzip(Arrays.copyOfRange(sections.bytes(), 70, sections.size()))));
  }

  /**
   * Some frames of each link layer, tunnel and kind of fragment.
   *
   * @param repeats how many of each
   */
  static byte[] everyLayer(int repeats) {
    byte[] v4 = Frames.ipv4(PacketHeader.UDP, 1, 2, Frames.udp(3, 4, 5));
    byte[] v6 = Frames.ipv6(PacketHeader.UDP, 1, 2, Frames.udp(3, 4, 5));
    byte[] ethernet = Frames.ethernet(Frames.IPV4, v4);
    byte[] gre = Frames.concat(Frames.words(0x2000, 0x6558, 0, 0), ethernet);
    byte[] vxlan = Frames.concat(Frames.words(0x0800, 0, 0, 0), ethernet);
    byte[] geneve = Frames.concat(Frames.words(0x0100, 0x6558, 0, 0, 0, 0), ethernet);
    byte[] gtp = Frames.concat(Frames.words(0x34ff, 0, 0, 1, 0, 0x85, 0x0100, 0), v6);
    byte[] teredo = Frames.concat(Frames.words(0, 1, 2, 3), v6);
    byte[] authenticated = Frames.concat(Frames.words(0x1101, 0, 1, 2, 3, 4), Frames.udp(1, 2, 3));
    byte[] ppp = Frames.ppp(0x21, v4);
    byte[] snap = Frames.snap(Frames.IPV4, v4);
    byte[] ether = Frames.ieee8023(snap);
    byte[] radio = Frames.ieee80211(0x88, 2, 26, snap);
    byte[] log = Frames.concat(new byte[] {2, 0, 0, 1}, Frames.nflogAttribute(9, v4));
    PcapngFile file = new PcapngFile().section(ByteOrder.LITTLE_ENDIAN);
    int[] types = {1, 9, 50, 51, 101, 104, 105, 127, 239};
    for (int type : types) {
      file.networkInterface(type, 0);
    }
    byte[][] raw = {
      Frames.ipv4(4, 1, 2, v4),
      Frames.ipv6(41, 1, 2, v6),
      Frames.ipv4(47, 1, 2, gre),
      Frames.ipv4(PacketHeader.UDP, 1, 2, Frames.udp(9, 4789, vxlan)),
      Frames.ipv4(PacketHeader.UDP, 1, 2, Frames.udp(9, 6081, geneve)),
      Frames.ipv4(PacketHeader.UDP, 1, 2, Frames.udp(9, 2152, gtp)),
      Frames.ipv4(PacketHeader.UDP, 1, 2, Frames.udp(9, 3544, teredo)),
      Frames.ipv4(51, 1, 2, authenticated),
      Frames.fragment4(PacketHeader.UDP, 1, 2, 0, 1, Frames.udp(1, 2, 8)),
      Frames.fragment4(PacketHeader.UDP, 1, 2, 16, 0, new byte[16]),
      Frames.fragment6(PacketHeader.UDP, 1, 2, 0, 1, Frames.udp(1, 2, 8)),
      Frames.fragment6(PacketHeader.UDP, 1, 2, 16, 0, new byte[16]),
    };
    for (int repeat = 0; repeat < repeats; repeat++) {
      file.enhancedPacket(0, 9, ether)
          .enhancedPacket(0, 8, Frames.ethernet(0x8847, Frames.labels(2, v6)))
          .enhancedPacket(0, 7, Frames.ethernet(0x8864, Frames.pppoe(ppp)))
          .enhancedPacket(1, 6, Frames.concat(Frames.words(0xff03), ppp))
          .enhancedPacket(2, 5, Frames.concat(Frames.words(0x0f00, Frames.IPV6), v6))
          .enhancedPacket(3, 4, Frames.pppoe(ppp))
          .enhancedPacket(5, 3, Frames.concat(Frames.words(0x0f00, Frames.IPV4), v4))
          .enhancedPacket(6, 2, radio)
          .enhancedPacket(7, 1, Frames.concat(new byte[] {0, 0, 8, 0, 0, 0, 0, 0}, radio))
          .enhancedPacket(8, 1, log);
      for (byte[] datagram : raw) {
        file.enhancedPacket(4, 10, datagram);
      }
      file.enhancedPacket(4, 10, raw[0]);
    }
    return file.bytes();
  }
}
