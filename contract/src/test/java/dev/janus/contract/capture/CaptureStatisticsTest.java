package dev.janus.contract.capture;

import static dev.janus.contract.capture.PcapReadingTest.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.janus.contract.packet.Frames;
import dev.janus.contract.packet.LinkType;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.PacketVerdict;
import dev.janus.contract.packet.Tunnel;
import dev.janus.contract.packet.TunnelPolicy;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class CaptureStatisticsTest {
  private static final byte[] DATAGRAM = Frames.ipv4(PacketHeader.UDP, 1, 2, Frames.udp(5, 6, 0));

  @Test
  void linkTypesTimeSpanAndCutPacketsAreCounted() {
    PcapngFile file =
        new PcapngFile()
            .section(ByteOrder.LITTLE_ENDIAN)
            .networkInterface(LinkType.ETHERNET, 0)
            .networkInterface(LinkType.RAW, 0)
            .networkInterface(195, 0)
            .enhancedPacket(0, 50, udp(1))
            .enhancedPacket(1, 20, DATAGRAM)
            .enhancedPacket(2, 90, new byte[40])
            .simplePacket(1_000, udp(2))
            .enhancedPacket(1, 60, DATAGRAM.length - 1, DATAGRAM);
    CaptureStatistics statistics = Captured.read(file.bytes()).statistics();
    assertThat(statistics.linkTypes())
        .containsExactly(entry(1, 2L), entry(101, 2L), entry(195, 1L));
    assertThat(statistics.firstMicros()).hasValue(20);
    assertThat(statistics.lastMicros()).hasValue(90);
    assertThat(statistics.cutPackets()).isEqualTo(2);
    assertThat(statistics.wireBytes()).isEqualTo(udp(1).length + 2L * DATAGRAM.length + 40 + 1_000);
  }

  @Test
  void linkTypesBeyondManyAreCountedTogether() {
    PcapngFile file = new PcapngFile().section(ByteOrder.LITTLE_ENDIAN);
    for (int type = 0; type < 200; type++) {
      file.networkInterface(1000 + type, 0).enhancedPacket(type, 0, DATAGRAM);
      file.enhancedPacket(type, 0, DATAGRAM);
    }
    CaptureStatistics statistics = Captured.read(file.bytes()).statistics();
    assertThat(statistics.linkTypes().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(400);
    assertThat(statistics.linkTypes()).containsKey(CaptureStatistics.OTHER_LINK_TYPES);
    assertThat(statistics.linkTypes().size()).isLessThan(70);
  }

  @Test
  void aCaptureWithoutPacketsHasNoTimeSpan() {
    CaptureStatistics statistics = Captured.read(PcapFile.usual().bytes()).statistics();
    assertThat(statistics.firstMicros()).isEmpty();
    assertThat(statistics.lastMicros()).isEmpty();
    assertThat(statistics.linkTypes()).isEmpty();
  }

  @Test
  void tunnelsAreOpenedAndFragmentsAssignedAsTheOptionsSay() {
    byte[] tunnelled =
        Frames.ethernet(
            Frames.IPV4,
            Frames.ipv4(47, 1, 2, Frames.concat(Frames.words(0, Frames.IPV4), DATAGRAM)));
    byte[] first = Frames.fragment4(PacketHeader.UDP, 1, 2, 0, 1, Frames.udp(7, 8, 8));
    byte[] later = Frames.fragment4(PacketHeader.UDP, 1, 2, 16, 0, new byte[24]);
    byte[] file =
        PcapFile.usual()
            .packet(1, 0, tunnelled)
            .packet(1, 1, Frames.ethernet(Frames.IPV4, first))
            .packet(1, 2, Frames.ethernet(Frames.IPV4, later))
            .bytes();
    Captured usual = Captured.read(file);
    assertThat(usual.ports()).containsExactly(7, 7);
    assertThat(usual.statistics().count(PacketVerdict.OTHER_PROTOCOL)).isEqualTo(1);
    assertThat(usual.statistics().decoding().tunnels(Tunnel.GRE)).isEqualTo(1);
    assertThat(usual.statistics().decoding().assignedFragments()).isEqualTo(1);

    Captured opened = Captured.read(file, CaptureOptions.defaults().with(TunnelPolicy.INNERMOST));
    assertThat(opened.ports()).containsExactly(5, 7, 7);
    assertThat(opened.statistics().decoding().opened(Tunnel.GRE)).isEqualTo(1);
  }
}
