package dev.janus.contract.flow;

import static dev.janus.contract.packet.PacketHeader.ACK;
import static dev.janus.contract.packet.PacketHeader.FIN;
import static dev.janus.contract.packet.PacketHeader.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules that a user can choose: who began a flow, and when a long one is cut. */
class FlowRulesTest {
  private static final long START = 1_700_000_000_000_000L;
  private static final long SECOND = 1_000_000;

  private final Packets packets = new Packets();
  private final List<Flow> ended = new ArrayList<>();

  private FlowTable table(FlowTableConfig config) {
    return new FlowTable(config, 0, ended::add);
  }

  private List<Flow> finished(FlowTable table) {
    table.finish();
    ended.sort(Comparator.comparingLong(Flow::flowId));
    return ended;
  }

  @ParameterizedTest
  @CsvSource({"2, SYN", "18, SYN_ACK", "16, MID_STREAM", "0, MID_STREAM", "4, MID_STREAM"})
  void theFirstPacketTellsHowAConnectionBegan(int flags, FlowStart start) {
    FlowTable table = table(FlowTableConfig.defaults());
    table.add(packets.tcp(START, 1, 4000, 2, 80, flags));
    table.add(packets.tcp(START + 1, 2, 80, 1, 4000, ACK));
    assertThat(finished(table)).extracting(Flow::start).containsExactly(start);
  }

  @Test
  void datagramsHaveNoBeginning() {
    FlowTable table = table(FlowTableConfig.defaults());
    table.add(packets.udp(START, 1, 4000, 2, 80));
    table.add(packets.icmp(START, 1, 2));
    assertThat(finished(table)).extracting(Flow::start).containsOnly(FlowStart.DATAGRAM);
  }

  @ParameterizedTest
  @EnumSource(InitiatorRule.class)
  void anAnswerThatCameFirstTurnsTheFlowOnlyWhenAskedFor(InitiatorRule rule) {
    FlowTable table = table(FlowTableConfig.defaults().withInitiator(rule));
    table.add(packets.tcp(START, 2, 80, 1, 4000, SYN | ACK));
    table.add(packets.tcp(START + 1, 1, 4000, 2, 80, ACK));
    Flow flow = finished(table).getFirst();
    boolean turned = rule == InitiatorRule.SYN_SENDER;
    assertThat(ended).hasSize(1);
    assertThat(flow.start()).isEqualTo(FlowStart.SYN_ACK);
    assertThat(flow.tuple().initiatorPort()).isEqualTo(turned ? 4000 : 80);
    assertThat(flow.tuple().responder()).hasToString(turned ? "10.0.0.2" : "10.0.0.1");
    assertThat(flow.tokens()[2]).isEqualTo(turned ? 1f : 0f);
    assertThat(flow.tokens()[11]).isEqualTo(turned ? 0f : 1f);
  }

  @ParameterizedTest
  @EnumSource(InitiatorRule.class)
  void otherFirstPacketsNeverTurnAFlow(InitiatorRule rule) {
    FlowTable table = table(FlowTableConfig.defaults().withInitiator(rule));
    table.add(packets.tcp(START, 2, 80, 1, 4000, ACK));
    table.add(packets.tcp(START, 3, 80, 1, 4000, SYN));
    table.add(packets.udp(START, 4, 80, 1, 4000));
    assertThat(finished(table)).extracting(flow -> flow.tuple().initiatorPort()).containsOnly(80);
  }

  @Test
  void aFlowThatIsTooOldGoesOnAsItsOwnChild() {
    FlowTable table = table(FlowTableConfig.defaults().withActiveTimeoutMicros(10 * SECOND));
    table.beginCapture(4);
    table.add(packets.udp(START, 7, 7, 8, 8));
    for (int i = 0; i <= 25; i++) {
      // The responder sends the packet that comes first after each cut.
      boolean reply = i % 11 == 0 && i > 0;
      table.add(
          reply
              ? packets.udp(START + i * SECOND, 2, 53, 1, 4000)
              : packets.udp(START + i * SECOND, 1, 4000, 2, 53));
    }
    List<Flow> parts = finished(table).subList(1, 4);
    assertThat(ended).hasSize(4);
    assertThat(parts).extracting(Flow::packets).containsExactly(11L, 11L, 4L);
    assertThat(parts)
        .extracting(Flow::part)
        .containsExactly(new FlowPart(1, 0), new FlowPart(1, 1), new FlowPart(1, 2));
    assertThat(parts)
        .extracting(Flow::start)
        .containsExactly(FlowStart.DATAGRAM, FlowStart.CONTINUED, FlowStart.CONTINUED);
    assertThat(parts)
        .extracting(Flow::endReason)
        .containsExactly(EndReason.ACTIVE, EndReason.ACTIVE, EndReason.CAPTURE_END);
    assertThat(parts).extracting(Flow::tuple).containsOnly(parts.getFirst().tuple());
    assertThat(parts)
        .extracting(flow -> flow.origin().firstPacketIndex())
        .containsExactly(1L, 12L, 23L);
    assertThat(parts.get(1).tokens()).startsWith(48, 0, 1).hasSize(11 * 9);
    assertThat(parts.get(1).startMicros()).isEqualTo(START + 11 * SECOND);
  }

  @Test
  void anExactlyOldEnoughFlowIsNotCut() {
    FlowTable table = table(FlowTableConfig.defaults().withActiveTimeoutMicros(SECOND));
    table.add(packets.udp(START, 1, 1, 2, 2));
    table.add(packets.udp(START + SECOND, 1, 1, 2, 2));
    assertThat(finished(table)).hasSize(1);
  }

  @Test
  void aCutRemembersThatTheConnectionWasClosed() {
    FlowTable table = table(FlowTableConfig.defaults().withActiveTimeoutMicros(10 * SECOND));
    table.add(packets.tcp(START, 1, 4000, 2, 80, SYN));
    table.add(packets.tcp(START + SECOND, 1, 4000, 2, 80, FIN | ACK));
    table.add(packets.tcp(START + 2 * SECOND, 2, 80, 1, 4000, FIN | ACK));
    table.add(packets.tcp(START + 11 * SECOND, 1, 4000, 2, 80, ACK));
    table.add(packets.tcp(START + 12 * SECOND, 2, 80, 1, 4000, SYN));
    assertThat(finished(table))
        .extracting(Flow::endReason)
        .containsExactly(EndReason.ACTIVE, EndReason.REOPENED, EndReason.CAPTURE_END);
    assertThat(ended.getLast().part()).isEqualTo(new FlowPart(2, 0));
  }

  @Test
  void aTimeoutOfNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlowTableConfig.defaults().withActiveTimeoutMicros(0))
        .withMessageContaining("active timeout");
  }
}
