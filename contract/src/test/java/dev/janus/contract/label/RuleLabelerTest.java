package dev.janus.contract.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowOrigin;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.flow.FlowStart;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleLabelerTest {
  private static final long START = 1_499_170_672_838_272L;
  private static final FlowTuple TUPLE = tuple("172.16.0.1", 52_108, "192.168.10.50", 21, 6);

  /** Size, direction and flags of a packet. */
  private record Packet(int size, boolean reverse, String flags) {}

  @ParameterizedTest
  @CsvSource({"-1,BENIGN", "0,FTP", "1000,FTP", "1001,BENIGN"})
  void bothEndsOfAWindowBelongToIt(long after, String label) {
    RuleLabeler labeler = labeler(rule("FTP", START, START + 1_000));
    assertThat(labeler.label(flow(TUPLE, START + after))).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({
    "172.16.0.1, 52108, 192.168.10.50, 21, 6, A",
    "172.16.0.1, 52109, 192.168.10.50, 21, 6, A",
    "172.16.1.1, 52108, 192.168.10.50, 21, 6, BENIGN",
    "172.16.0.1, 52108, 192.168.10.51, 21, 6, BENIGN",
    "172.16.0.1, 52108, 192.168.10.50, 22, 6, BENIGN",
    "172.16.0.1, 80,    192.168.10.50, 21, 6, BENIGN",
    "172.16.0.1, 40000, 192.168.10.50, 21, 6, BENIGN",
    "172.16.0.1, 52108, 192.168.10.50, 21, 17, BENIGN",
    "192.168.10.50, 21, 172.16.0.1, 52108, 6, BENIGN",
  })
  void addressesPortsAndProtocolMustAllFit(
      String source, int port, String destination, int service, int protocol, String label) {
    WindowRule rule =
        new WindowRule(
            "A",
            START,
            START,
            new EndpointFilter(
                List.of(AddressBlock.parse("172.16.0.0/24")),
                List.of(EndpointFilter.PortRange.parse("1024-65535")),
                List.of(EndpointFilter.PortRange.parse("40000"))),
            new EndpointFilter(
                List.of(AddressBlock.parse("192.168.10.50")),
                List.of(EndpointFilter.PortRange.parse("21")),
                List.of()),
            List.of(),
            Set.of(6),
            List.of(),
            WindowRule.Attempts.NONE);
    assertThat(
            labeler(rule).label(flow(tuple(source, port, destination, service, protocol), START)))
        .isEqualTo(label);
  }

  @Test
  void aHostMayBeEitherEnd() {
    WindowRule rule =
        new WindowRule(
            "Bot",
            START,
            START,
            EndpointFilter.ANY,
            EndpointFilter.ANY,
            List.of(AddressBlock.parse("2001:db8::/33")),
            Set.of(),
            List.of(),
            WindowRule.Attempts.NONE);
    assertThat(labeler(rule).label(flow(tuple("2001:db8::1", 1, "fe80::1", 2, 6), START)))
        .isEqualTo("Bot");
    assertThat(labeler(rule).label(flow(tuple("fe80::1", 2, "2001:db8:7fff::1", 1, 6), START)))
        .isEqualTo("Bot");
    assertThat(labeler(rule).label(flow(tuple("fe80::1", 2, "2001:db8:8000::1", 1, 6), START)))
        .isEqualTo("BENIGN");
  }

  @Test
  void theLastRuleThatFitsDecidesAndOverlapsAreCounted() {
    RuleLabeler labeler =
        labeler(
            rule("first", START, START + 9),
            rule("second", START + 5, START + 9),
            rule("BENIGN", START + 9, START + 9),
            rule("never", START + 100, START + 100));
    assertThat(labeler.label(flow(TUPLE, START))).isEqualTo("first");
    assertThat(labeler.label(flow(TUPLE, START + 6))).isEqualTo("second");
    assertThat(labeler.label(flow(TUPLE, START + 9))).isEqualTo("BENIGN");
    assertThat(labeler.label(flow(TUPLE, START + 10))).isEqualTo("BENIGN");
    RuleReport report = labeler.report();
    assertThat(report.flows()).isEqualTo(4);
    assertThat(report.untouched()).isEqualTo(1);
    assertThat(report.rules())
        .containsExactly(
            new RuleReport.RuleHits(1, "first", 3, 1),
            new RuleReport.RuleHits(2, "second", 2, 1),
            new RuleReport.RuleHits(3, "BENIGN", 1, 1),
            new RuleReport.RuleHits(4, "never", 0, 0));
    assertThat(report.overlaps())
        .containsExactly(new RuleReport.Overlap(1, 2, 2), new RuleReport.Overlap(2, 3, 1));
    assertThat(report.idle()).extracting(RuleReport.RuleHits::number).containsExactly(4);
  }

  @ParameterizedTest
  @CsvSource({"KEEP,FTP - Attempted", "ATTACK,FTP", "DROP,UNLABELLED", "BENIGN,BENIGN"})
  void flowsWithoutForwardPayloadAreAttempts(AttemptedFlows treatment, String label) {
    WindowRule rule = payloadRule();
    LabelRules labels = Descriptions.rules().withAttempted(treatment);
    RuleLabeler labeler = new RuleLabeler(new RuleSet("f", "0", List.of(rule)), labels);
    Flow refused = flow(TUPLE, 2, new Packet(60, false, "S"), new Packet(40, true, "RA"));
    Flow login =
        flow(
            TUPLE,
            4,
            new Packet(60, false, "S"),
            new Packet(60, true, "SA"),
            new Packet(52, false, "A"),
            new Packet(53, false, "AP"));
    assertThat(labeler.label(refused)).isEqualTo(label);
    assertThat(labeler.label(login)).isEqualTo("FTP");
  }

  @Test
  void payloadIsWorkedOutFromLengths() {
    FlowFacts facts = new FlowFacts();
    facts.read(
        flow(
            TUPLE,
            9,
            new Packet(60, false, "S"), // options, no payload
            new Packet(60, true, "SA"),
            new Packet(52, false, "A"), // the sender's headers: 52
            new Packet(64, false, "A"), // selective acknowledgement
            new Packet(152, false, "AP"), // 100
            new Packet(1500, false, "A"), // 1448, too long for headers
            new Packet(72, true, "AP"), // the receiver never acknowledged: 72 - 40
            new Packet(53, false, "FAP"), // 1
            new Packet(500, false, "R")), // resets carry none
        0);
    assertThat(facts.estimated()).isFalse();
    assertThat(facts.value(FlowFact.FORWARD_BYTES)).isEqualTo(100 + 1448 + 1);
    assertThat(facts.value(FlowFact.BACKWARD_BYTES)).isEqualTo(32);
    assertThat(facts.value(FlowFact.FORWARD_LARGEST)).isEqualTo(1448);
    assertThat(facts.value(FlowFact.FORWARD_PACKETS)).isEqualTo(7);
    assertThat(facts.value(FlowFact.BACKWARD_PACKETS)).isEqualTo(2);
    assertThat(facts.value(FlowFact.FORWARD_RESETS)).isEqualTo(1);
    assertThat(facts.value(FlowFact.BACKWARD_RESETS)).isZero();
  }

  @Test
  void datagramsHaveFixedHeaders() {
    FlowFacts facts = new FlowFacts();
    facts.read(
        flow(
            tuple("10.0.0.1", 1, "10.0.0.2", 53, 17),
            2,
            new Packet(60, false, ""),
            new Packet(28, true, "")),
        0);
    assertThat(facts.value(FlowFact.FORWARD_BYTES)).isEqualTo(32);
    assertThat(facts.value(FlowFact.BACKWARD_BYTES)).isZero();
    facts.read(
        flow(tuple("2001:db8::1", 1, "2001:db8::2", 53, 17), 1, new Packet(60, false, "")), 0);
    assertThat(facts.value(FlowFact.FORWARD_BYTES)).isEqualTo(12);
  }

  @Test
  void numbersOfLongFlowsAreScaledAndCounted() {
    FlowFacts facts = new FlowFacts();
    Flow flow =
        flow(
            TUPLE,
            40,
            new Packet(52, false, "A"),
            new Packet(152, false, "AP"),
            new Packet(52, true, "A"),
            new Packet(52, false, "A"));
    facts.read(flow, 0);
    assertThat(facts.estimated()).isTrue();
    assertThat(facts.value(FlowFact.FORWARD_PACKETS)).isEqualTo(30);
    assertThat(facts.value(FlowFact.BACKWARD_PACKETS)).isEqualTo(10);
    assertThat(facts.value(FlowFact.FORWARD_BYTES)).isEqualTo(1000);
    assertThat(facts.value(FlowFact.FORWARD_LARGEST)).isEqualTo(100);
    RuleLabeler labeler = labeler(payloadRule());
    labeler.label(flow);
    assertThat(labeler.report().estimated()).isEqualTo(1);
  }

  @Test
  void aFlowThatBeginsWithTheAnswerIsSeenFromTheEndThatAsked() {
    WindowRule rule =
        new WindowRule(
            "FTP",
            START,
            START,
            new EndpointFilter(List.of(AddressBlock.parse("172.16.0.1")), List.of(), List.of()),
            EndpointFilter.ANY,
            List.of(),
            Set.of(),
            List.of(new WindowRule.Limit(FlowFact.FORWARD_BYTES, 100, 100)),
            WindowRule.Attempts.NONE);
    Flow server =
        flow(
            SyntheticLabels.reversed(TUPLE),
            3,
            new Packet(60, false, "SA"),
            new Packet(52, true, "A"),
            new Packet(152, true, "AP"));
    assertThat(labeler(rule).label(starting(server, FlowStart.SYN_ACK))).isEqualTo("FTP");
    assertThat(labeler(rule).label(starting(server, FlowStart.MID_STREAM))).isEqualTo("BENIGN");
    Flow turnedBefore =
        flow(
            TUPLE,
            3,
            new Packet(60, true, "SA"),
            new Packet(52, false, "A"),
            new Packet(152, false, "AP"));
    assertThat(labeler(rule).label(starting(turnedBefore, FlowStart.SYN_ACK))).isEqualTo("FTP");
  }

  private static Flow starting(Flow flow, FlowStart start) {
    return new Flow(
        flow.flowId(),
        flow.tuple(),
        flow.startMicros(),
        flow.endMicros(),
        flow.packets(),
        flow.tokens(),
        flow.origin(),
        start,
        flow.endReason(),
        flow.part());
  }

  @Test
  void limitsHoldOnBothSides() {
    for (long[] bounds : new long[][] {{0, 1}, {2, 2}, {3, 9}}) {
      WindowRule rule =
          new WindowRule(
              "A",
              START,
              START,
              EndpointFilter.ANY,
              EndpointFilter.ANY,
              List.of(),
              Set.of(),
              List.of(new WindowRule.Limit(FlowFact.FORWARD_PACKETS, bounds[0], bounds[1])),
              WindowRule.Attempts.NONE);
      Flow flow = flow(TUPLE, 2, new Packet(52, false, "A"), new Packet(52, false, "A"));
      assertThat(labeler(rule).label(flow)).isEqualTo(bounds[0] == 2 ? "A" : "BENIGN");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowRule.Limit(FlowFact.PACKETS, 2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> rule("A", START, START - 1));
    assertThatIllegalArgumentException().isThrownBy(() -> rule(" ", START, START));
    assertThatIllegalArgumentException().isThrownBy(() -> new RuleSet("f", "0", List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "Scan - Attempted,ATTACK,Scan",
    "Scan - attempted,ATTACK,Scan",
    "Scan - Attempted,DROP,UNLABELLED",
    "DoS Hulk - Attempted,ATTACK,DoS",
    "Attempted,DROP,Attempted",
    "' - Attempted',DROP,- Attempted",
    "Scan,DROP,Scan",
  })
  void attemptsAreKnownByTheEndingOfTheirLabel(
      String written, AttemptedFlows treatment, String label) {
    LabelRules rules =
        new LabelRules(Set.of("BENIGN"), Map.of("DoS Hulk", "DoS"), List.of(), "UNLABELLED")
            .withAttempted(treatment);
    assertThat(rules.normalise(written)).isEqualTo(label);
  }

  private static WindowRule payloadRule() {
    return new WindowRule(
        "FTP",
        START,
        START,
        EndpointFilter.ANY,
        EndpointFilter.ANY,
        List.of(),
        Set.of(),
        List.of(),
        WindowRule.Attempts.WITHOUT_PAYLOAD);
  }

  private static WindowRule rule(String label, long from, long to) {
    return new WindowRule(
        label,
        from,
        to,
        EndpointFilter.ANY,
        EndpointFilter.ANY,
        List.of(),
        Set.of(),
        List.of(),
        WindowRule.Attempts.NONE);
  }

  private static RuleLabeler labeler(WindowRule... rules) {
    return new RuleLabeler(new RuleSet("f", "0", List.of(rules)), Descriptions.rules());
  }

  private static FlowTuple tuple(
      String source, int port, String destination, int service, int protocol) {
    return new FlowTuple(
        IpAddress.parse(source), port, IpAddress.parse(destination), service, protocol);
  }

  private static Flow flow(FlowTuple tuple, long start) {
    return SyntheticLabels.flow(0, tuple, start, 0);
  }

  private static Flow flow(FlowTuple tuple, long packets, Packet... stored) {
    float[] tokens = new float[stored.length * PacketSchema.CHANNELS];
    for (int i = 0; i < stored.length; i++) {
      int row = i * PacketSchema.CHANNELS;
      tokens[row + PacketChannel.SIZE.index()] = stored[i].size();
      tokens[row + PacketChannel.DIRECTION.index()] = stored[i].reverse() ? 1 : 0;
      for (PacketChannel flag :
          List.of(
              PacketChannel.SYN,
              PacketChannel.ACK,
              PacketChannel.FIN,
              PacketChannel.RST,
              PacketChannel.PSH)) {
        tokens[row + flag.index()] = stored[i].flags().indexOf(flag.name().charAt(0)) >= 0 ? 1 : 0;
      }
    }
    return new Flow(
        0,
        tuple,
        START,
        START,
        packets,
        tokens,
        new FlowOrigin(0, 0, 0),
        FlowStart.UNKNOWN,
        EndReason.CAPTURE_END,
        new FlowPart(0, 0));
  }
}
