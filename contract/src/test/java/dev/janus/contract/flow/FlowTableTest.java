package dev.janus.contract.flow;

import static dev.janus.contract.packet.PacketHeader.ACK;
import static dev.janus.contract.packet.PacketHeader.FIN;
import static dev.janus.contract.packet.PacketHeader.PSH;
import static dev.janus.contract.packet.PacketHeader.RST;
import static dev.janus.contract.packet.PacketHeader.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowTableTest {
  private static final long START = 1_700_000_000_000_000L;
  private static final long TIMEOUT = FlowTableConfig.DEFAULT_IDLE_TIMEOUT_MICROS;

  private final Packets packets = new Packets();
  private final List<Flow> ended = new ArrayList<>();
  private final FlowTable table = new FlowTable(FlowTableConfig.defaults(), 0, ended::add);

  private List<Flow> finished() {
    table.finish();
    ended.sort(Comparator.comparingLong(Flow::flowId));
    return ended;
  }

  @Test
  void bothDirectionsMakeOneFlowSeenFromTheFirstSender() {
    table.beginCapture(3);
    table.add(packets.tcp(START, 1, 4000, 2, 80, SYN));
    table.add(packets.tcp(START + 10, 2, 80, 1, 4000, SYN | ACK));
    table.add(packets.tcp(START + 30, 1, 4000, 2, 80, ACK | PSH | FIN));

    Flow flow = finished().getFirst();

    assertThat(ended).hasSize(1);
    assertThat(flow.tuple())
        .isEqualTo(
            new FlowTuple(IpAddress.parse("10.0.0.1"), 4000, IpAddress.parse("10.0.0.2"), 80, 6));
    assertThat(flow.tokens())
        .containsExactly(
            43, 0, 0, 1, 0, 0, 0, 0, 1001, //
            43, 10, 1, 1, 1, 0, 0, 0, 1002, //
            43, 20, 0, 0, 1, 1, 0, 1, 1001);
    assertThat(flow.startMicros()).isEqualTo(START);
    assertThat(flow.endMicros()).isEqualTo(START + 30);
    assertThat(flow.packets()).isEqualTo(3);
    assertThat(flow.capture()).isEqualTo(3);
    assertThat(flow.origin().firstPacketIndex()).isZero();
    assertThat(flow.endReason()).isEqualTo(EndReason.CAPTURE_END);
  }

  @Test
  void protocolAddressFamilyAndPortsSeparateFlows() {
    table.add(packets.udp(START, 1, 53, 2, 53));
    table.add(packets.tcp(START, 1, 53, 2, 53, ACK));
    table.add(packets.udp(START, 1, 54, 2, 53));
    table.add(packets.udp(START, 1, 53, 3, 53));
    table.add(packets.udpOverIpv6(START, 1, 53, 2, 53));
    table.add(packets.icmp(START, 1, 2));
    table.add(packets.udp(START, 2, 53, 1, 53));
    table.add(packets.udpOverIpv6(START, 2, 53, 1, 53));
    table.add(packets.icmp(START, 2, 1));
    // Ports belong to their address: this is no reply to the third packet.
    table.add(packets.udp(START, 1, 53, 2, 54));
    assertThat(finished()).extracting(Flow::packets).containsExactly(2L, 1L, 1L, 1L, 2L, 2L, 1L);
  }

  @Test
  void aHostThatTalksToItselfIsItsOwnInitiator() {
    table.add(packets.tcp(START, 1, 7, 1, 7, FIN));
    table.add(packets.tcp(START, 1, 7, 1, 7, FIN));
    table.add(packets.tcp(START, 1, 7, 1, 7, SYN));
    assertThat(finished()).hasSize(1);
    assertThat(ended.getFirst().tokens()[2]).isZero();
    assertThat(ended.getFirst().tokens()[11]).isZero();
  }

  @ParameterizedTest
  @CsvSource({"120000000, 1", "120000001, 2"})
  void onlyMoreThanTheIdleTimeoutStartsANewFlow(long gap, int flows) {
    table.add(packets.udp(START, 1, 1, 2, 2));
    table.add(packets.udp(START + gap, 2, 2, 1, 1));
    assertThat(finished()).hasSize(flows);
    if (flows == 2) {
      assertThat(ended.getFirst().endReason()).isEqualTo(EndReason.IDLE);
      assertThat(ended.getLast().tuple().initiator()).hasToString("10.0.0.2");
      assertThat(ended.getLast().origin().firstPacketIndex()).isEqualTo(1);
    }
  }

  @Test
  void aLiveFlowMayLastForever() {
    for (int i = 0; i < 1000; i++) {
      table.add(packets.udp(START + i * TIMEOUT, 1, 1, 2, 2));
    }
    assertThat(finished()).hasSize(1);
    assertThat(ended.getFirst().packets()).isEqualTo(1000);
    assertThat(ended.getFirst().length()).isEqualTo(64);
    assertThat(ended.getFirst().endMicros()).isEqualTo(START + 999 * TIMEOUT);
  }

  @ParameterizedTest
  @CsvSource({
    "rst from the initiator, 4, 0, 2, 2",
    "rst from the responder, 0, 4, 2, 2",
    "fin from each side, 1, 1, 2, 2",
    "fin from one side, 1, 0, 2, 1",
    "fin from the other side, 0, 1, 2, 1",
    "syn with ack, 1, 1, 18, 1",
    "no syn, 1, 1, 16, 1",
    "nothing closed, 16, 16, 2, 1",
    "syn with other flags, 4, 0, 10, 2",
  })
  void aClosedConnectionIsReopenedByASynWithoutAck(
      String name, int initiatorFlags, int responderFlags, int nextFlags, int flows) {
    table.add(packets.tcp(START, 1, 4000, 2, 80, SYN));
    table.add(packets.tcp(START, 1, 4000, 2, 80, initiatorFlags | ACK));
    table.add(packets.tcp(START, 2, 80, 1, 4000, responderFlags | ACK));
    table.add(packets.tcp(START, 2, 80, 1, 4000, nextFlags));
    assertThat(finished()).hasSize(flows);
    if (flows == 2) {
      assertThat(ended.getFirst().endReason()).isEqualTo(EndReason.REOPENED);
      assertThat(ended.getFirst().packets()).isEqualTo(3);
      assertThat(ended.getLast().tuple().initiatorPort()).isEqualTo(80);
    }
  }

  @Test
  void flagsOfPacketsThatAreNotStoredCloseAConnectionToo() {
    for (int i = 0; i < 100; i++) {
      table.add(packets.tcp(START, 1, 4000, 2, 80, ACK));
    }
    table.add(packets.tcp(START, 1, 4000, 2, 80, RST));
    table.add(packets.tcp(START, 1, 4000, 2, 80, SYN));
    assertThat(finished()).extracting(Flow::packets).containsExactly(101L, 1L);
  }

  @Test
  void anEarlierPacketHasNoGapAndLeavesTheLatestTime() {
    table.add(packets.udp(START, 1, 1, 2, 2));
    table.add(packets.udp(START + 100, 1, 1, 2, 2));
    table.add(packets.udp(START + 40, 1, 1, 2, 2));
    table.add(packets.udp(START + 130, 1, 1, 2, 2));
    float[] tokens = finished().getFirst().tokens();
    assertThat(List.of(tokens[1], tokens[10], tokens[19], tokens[28]))
        .containsExactly(0f, 100f, 0f, 30f);
    assertThat(ended.getFirst().endMicros()).isEqualTo(START + 130);
    assertThat(table.clampedTimestamps()).isEqualTo(1);
  }

  @Test
  void aFullTableEndsTheFlowThatWasIdleForLongest() {
    FlowTable small = new FlowTable(FlowTableConfig.defaults().withMaxOpenFlows(2), 10, ended::add);
    small.add(packets.udp(START, 1, 1, 2, 2));
    small.add(packets.udp(START + 1, 1, 2, 2, 2));
    small.add(packets.udp(START + 2, 2, 2, 1, 1));
    small.add(packets.udp(START + 3, 1, 3, 2, 2));
    assertThat(ended).hasSize(1);
    assertThat(ended.getFirst().flowId()).isEqualTo(11);
    assertThat(ended.getFirst().endReason()).isEqualTo(EndReason.EVICTED);
    assertThat(small.evicted()).isEqualTo(1);
    assertThat(small.openFlows()).isEqualTo(2);
    small.finish();
    assertThat(ended).extracting(Flow::flowId).containsExactly(11L, 10L, 12L);
    assertThat(small.openFlows()).isZero();
  }

  @Test
  void numbersContinueAfterTheEndOfACapture() {
    table.add(packets.udp(START, 1, 1, 2, 2));
    table.finish();
    table.beginCapture(1);
    table.add(packets.udp(START + 1, 1, 1, 2, 2));
    assertThat(finished()).extracting(Flow::flowId).containsExactly(0L, 1L);
    assertThat(ended).extracting(Flow::capture).containsExactly(0, 1);
    assertThat(table.flows()).isEqualTo(2);
    assertThat(table.packets()).isEqualTo(2);
  }

  @Test
  void idleFlowsLeaveWhileTheCaptureGoesOn() {
    for (int i = 0; i < 100_000; i++) {
      table.add(packets.udp(START + i * 1_000_000L, 1, i & 0xffff, 2, 2 + (i >> 16)));
      // 120 s at one flow a second, and the packets between two looks.
      assertThat(table.openFlows()).isLessThan(120 + 2 * 256);
    }
    assertThat(ended).hasSizeGreaterThan(99_000).allMatch(f -> f.endReason() == EndReason.IDLE);
  }

  @Test
  void aFewTimeStampsInTheFutureEndNoOtherFlow() {
    for (int i = 0; i < 2_000; i++) {
      table.add(packets.udp(START + i * 1_000, 1, 1, 2, 2));
      if (i % 300 == 7) {
        table.add(packets.udp(START + 1_000_000_000_000L, 1, 2, 2, 2));
      }
    }
    assertThat(finished()).extracting(Flow::packets).containsExactly(2_000L, 7L);
  }

  @Test
  void aFlowFromTheFutureDoesNotKeepIdleOnesInTheTable() {
    table.add(packets.udp(START + 1_000_000_000_000L, 9, 9, 9, 9));
    for (int i = 0; i < 5_000; i++) {
      table.add(packets.udp(START + i * 1_000_000L, 1, i, 2, 2));
    }
    assertThat(table.openFlows()).isLessThan(120 + 2 * 256);
  }

  @Test
  void aLiveCaptureEndsIdleFlowsByItsOwnClock() {
    table.add(packets.udp(START, 1, 1, 2, 2));
    table.finishIdle(START + TIMEOUT);
    assertThat(ended).isEmpty();
    table.finishIdle(START + TIMEOUT + 1);
    assertThat(ended).hasSize(1);
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlowTableConfig.defaults().withIdleTimeoutMicros(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlowTableConfig.defaults().withMaxOpenFlows(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlowTableConfig.defaults().withMaxOpenFlows(1 << 25));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlowTableConfig.defaults().withMaxPackets(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlowTableConfig.defaults().withMaxPackets(65));
  }
}
