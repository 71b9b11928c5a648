package dev.janus.contract.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentTableTest {
  private static final byte[] UDP = Frames.udp(1234, 53, 56);
  private static final byte[] REST = new byte[32];
  private static final long SECOND = 1_000_000;

  private final PacketHeader packet = new PacketHeader();
  private final PacketDecoder decoder =
      new PacketDecoder(TunnelPolicy.OUTER, FragmentPolicy.ASSIGN);
  private long timeMicros;

  @Test
  void aLaterFragmentTakesThePortsOfItsFirst() {
    assertThat(decode(Frames.fragment4(17, 1, 2, 0, 1, UDP))).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.size()).isEqualTo(20 + UDP.length);
    assertThat(decode(Frames.fragment4(17, 1, 2, 64, 0, REST))).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.sourcePort()).isEqualTo(1234);
    assertThat(packet.destinationPort()).isEqualTo(53);
    assertThat(packet.protocol()).isEqualTo(PacketHeader.UDP);
    assertThat(packet.size()).isEqualTo(20 + REST.length);
    assertThat(decoder.statistics().firstFragments()).isEqualTo(1);
    assertThat(decoder.statistics().assignedFragments()).isEqualTo(1);
  }

  @Test
  void aLaterTcpFragmentHasNeitherFlagsNorWindow() {
    byte[] tcp = Frames.tcp(9, 80, PacketHeader.FIN, 77, 20);
    decode(Frames.fragment6(6, 1, 2, 0, 1, tcp));
    assertThat(packet.tcpFlags()).isEqualTo(PacketHeader.FIN);
    assertThat(decode(Frames.fragment6(6, 1, 2, 40, 0, REST))).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.protocol()).isEqualTo(PacketHeader.TCP);
    assertThat(packet.sourcePort()).isEqualTo(9);
    assertThat(packet.tcpFlags()).isZero();
    assertThat(packet.window()).isZero();
    assertThat(packet.size()).isEqualTo(40 + 8 + REST.length);
  }

  @Test
  void fragmentsOfOtherDatagramsAreNotTakenForIt() {
    decode(Frames.fragment4(17, 1, 2, 0, 1, UDP));
    decode(Frames.fragment6(17, 1, 2, 0, 1, UDP));
    byte[] otherId = Frames.fragment4(17, 1, 2, 64, 0, REST);
    otherId[5]++;
    byte[] otherId6 = Frames.fragment6(17, 1, 2, 64, 0, REST);
    otherId6[40 + 7]++;
    byte[][] strangers = {
      Frames.fragment4(17, 2, 1, 64, 0, REST),
      Frames.fragment4(17, 1, 3, 64, 0, REST),
      Frames.fragment4(6, 1, 2, 64, 0, REST),
      Frames.fragment6(17, 2, 1, 64, 0, REST),
      otherId,
      otherId6
    };
    for (byte[] stranger : strangers) {
      assertThat(decode(stranger)).isEqualTo(PacketVerdict.UNASSIGNED_FRAGMENT);
    }
    assertThat(decoder.statistics().unassignedFragments()).isEqualTo(strangers.length);
  }

  @Test
  void aFirstFragmentIsForgottenAfterHalfAMinute() {
    byte[] rest = Frames.fragment4(17, 1, 2, 64, 0, REST);
    timeMicros = 100 * SECOND;
    decode(Frames.fragment4(17, 1, 2, 0, 1, UDP));
    timeMicros += 30 * SECOND;
    assertThat(decode(rest)).isEqualTo(PacketVerdict.KEPT);
    timeMicros++;
    assertThat(decode(rest)).isEqualTo(PacketVerdict.UNASSIGNED_FRAGMENT);
    timeMicros = 69 * SECOND;
    assertThat(decode(rest)).isEqualTo(PacketVerdict.UNASSIGNED_FRAGMENT);
  }

  @Test
  void aFirstFragmentThatIsDroppedLeavesNothing() {
    byte[] tinyTcp = Frames.words(1, 2, 0, 1);
    assertThat(decode(Frames.fragment4(6, 1, 2, 0, 1, tinyTcp))).isEqualTo(PacketVerdict.TOO_SHORT);
    assertThat(decode(Frames.fragment4(6, 1, 2, 8, 0, REST)))
        .isEqualTo(PacketVerdict.UNASSIGNED_FRAGMENT);
  }

  @Test
  void anAtomicFragmentIsAnOrdinaryPacket() {
    assertThat(decode(Frames.fragment6(17, 1, 2, 0, 0, UDP))).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.sourcePort()).isEqualTo(1234);
    assertThat(decoder.statistics().firstFragments()).isZero();
  }

  @Test
  void headersBetweenFragmentHeaderAndPortsArePassed() {
    byte[] first = Frames.fragment6(60, 1, 2, 0, 1, Frames.extension(17, 0, UDP));
    assertThat(decode(first)).isEqualTo(PacketVerdict.KEPT);
    assertThat(decode(Frames.fragment6(60, 1, 2, 72, 0, REST))).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.protocol()).isEqualTo(PacketHeader.UDP);
    assertThat(packet.destinationPort()).isEqualTo(53);
  }

  @Test
  void theNewestOfEqualFirstFragmentsCounts() {
    decode(Frames.fragment4(17, 1, 2, 0, 1, Frames.udp(1, 53, 56)));
    decode(Frames.fragment4(17, 1, 2, 0, 1, Frames.udp(2, 53, 56)));
    decode(Frames.fragment4(17, 1, 2, 64, 0, REST));
    assertThat(packet.sourcePort()).isEqualTo(2);
  }

  @Test
  void laterFragmentsOfAnOpenedTunnelAreNoPacketsOfTheirOwn() {
    PacketDecoder opening = new PacketDecoder(TunnelPolicy.INNERMOST, FragmentPolicy.ASSIGN);
    byte[] inner = Frames.ipv4(17, 5, 6, Frames.udp(7, 8, 36));
    byte[] first = Frames.fragment4(4, 1, 2, 0, 1, inner);
    byte[] rest = Frames.fragment4(4, 1, 2, 64, 0, REST);
    assertThat(decode(opening, first)).isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.sourcePort()).isEqualTo(7);
    assertThat(decode(opening, rest)).isEqualTo(PacketVerdict.TUNNEL_FRAGMENT);
    assertThat(decode(opening, Frames.ipv4(41, 1, 2, rest)))
        .isEqualTo(PacketVerdict.OTHER_PROTOCOL);
  }

  @Test
  void fragmentsInsideATunnelFindEachOther() {
    PacketDecoder opening = new PacketDecoder(TunnelPolicy.INNERMOST, FragmentPolicy.ASSIGN);
    decode(opening, Frames.ipv4(4, 1, 2, Frames.fragment4(17, 5, 6, 0, 1, UDP)));
    assertThat(decode(opening, Frames.ipv4(4, 1, 2, Frames.fragment4(17, 5, 6, 64, 0, REST))))
        .isEqualTo(PacketVerdict.KEPT);
    assertThat(packet.sourcePort()).isEqualTo(1234);
    assertThat(packet.sourceLow()).isEqualTo(5);
    assertThat(packet.size()).isEqualTo(20 + REST.length);
  }

  /** Compared with a map that forgets the oldest of more than the table may hold. */
  @ParameterizedTest
  @ValueSource(longs = {61, 62, 63})
  void theTableRemembersTheLatestFourThousandAndNinetySix(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Integer, Integer> ports = new HashMap<>();
    Map<Integer, Integer> ages = new LinkedHashMap<>();
    for (int i = 0; i < 60_000; i++) {
      int id = random.nextInt(3 * FragmentTable.CAPACITY);
      int source = id >>> 4;
      if (random.nextInt(3) > 0 && !ages.containsKey(id)) {
        int port = random.nextInt(1, 65536);
        decode(identified(id, Frames.fragment4(17, source, 2, 0, 1, Frames.udp(port, 53, 56))));
        ports.put(id, port);
        ages.put(id, i);
        if (ages.size() > FragmentTable.CAPACITY) {
          int oldest = ages.keySet().iterator().next();
          ages.remove(oldest);
          ports.remove(oldest);
        }
      } else {
        PacketVerdict verdict =
            decode(identified(id, Frames.fragment4(17, source, 2, 64, 0, REST)));
        Integer port = ports.get(id);
        assertThat(verdict)
            .isEqualTo(port == null ? PacketVerdict.UNASSIGNED_FRAGMENT : PacketVerdict.KEPT);
        if (port != null) {
          assertThat(packet.sourcePort()).isEqualTo(port);
        }
      }
    }
  }

  private static byte[] identified(int id, byte[] datagram) {
    datagram[4] = (byte) (id >>> 8);
    datagram[5] = (byte) id;
    return datagram;
  }

  private PacketVerdict decode(byte[] datagram) {
    return decode(decoder, datagram);
  }

  private PacketVerdict decode(PacketDecoder used, byte[] datagram) {
    packet.stamp(0, timeMicros, 0);
    return used.decode(datagram, 0, datagram.length, datagram.length, LinkType.RAW, packet);
  }
}
