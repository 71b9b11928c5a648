package dev.janus.cli.report;

import dev.janus.cli.config.IpProtocol;
import dev.janus.cli.results.Alarm;
import dev.janus.cli.results.EvaluatedFlows;
import dev.janus.cli.results.EvaluatedRun;
import dev.janus.cli.results.ScoreEvidence;
import dev.janus.cli.terminal.Quantity;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.ContractException;
import dev.janus.contract.artifact.FlowRecord;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowTuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The flows of a run that are worth a look, with their packets. */
final class AlarmGallery {
  private static final List<ReportBlock.Key> KEYS =
      List.of(
          new ReportBlock.Key("syn", "SYN (S)"),
          new ReportBlock.Key("fin", "FIN (F)"),
          new ReportBlock.Key("rst", "RST (R)"),
          new ReportBlock.Key("psh", "PSH"),
          new ReportBlock.Key("packet", "none of these"));

  private final EvaluatedRun run;
  private final EvaluatedFlows flows;
  private final ScoreEvidence evidence;

  private final Map<Integer, List<String>> explained;

  private AlarmGallery(
      EvaluatedRun run, EvaluatedFlows flows, Map<Integer, List<String>> explained) {
    this.explained = explained;
    this.run = run;
    this.flows = flows;
    this.evidence = new ScoreEvidence(run);
  }

  /**
   * The gallery of a run.
   *
   * @param explained what verdicts are made of, by flow; for others it is told in which single
   *     scores they stand out
   */
  static ReportBlock of(
      EvaluatedRun run, EvaluatedFlows flows, Map<Integer, List<String>> explained) {
    AlarmGallery gallery = new AlarmGallery(run, flows, explained);
    return new ReportBlock.Gallery(
        flows instanceof EvaluatedFlows.Present ? KEYS : List.of(),
        Alarm.top(run).stream().map(gallery::card).toList());
  }

  private ReportBlock.Card card(Alarm alarm) {
    int flow = alarm.flow();
    String label = run.scores().label(flow);
    List<String> facts = new ArrayList<>();
    facts.add(capitalised(String.join(", ", alarm.reasons())) + ".");
    facts.add(score(alarm));
    String picture = "";
    if (flows instanceof EvaluatedFlows.Present present) {
      FlowRecord record = present.flow(flow);
      facts.add(endpoints(record.tuple()));
      try {
        FlowBatch packets = present.packets(flow);
        facts.add(times(record, packets.packets()));
        picture =
            PacketSequence.draw(
                packets.tokens(), 0, packets.packets(), "packets of flow " + flow + ", " + label);
      } catch (ContractException e) {
        facts.add("Its packets are not shown: " + e.getMessage() + ".");
      }
    }
    return new ReportBlock.Card("Flow " + flow + ": " + label, facts, picture, evidence(flow));
  }

  private List<String> evidence(int flow) {
    List<String> parts = explained.getOrDefault(flow, List.of());
    return parts.isEmpty() ? evidence.of(flow) : parts;
  }

  private String score(Alarm alarm) {
    String value = TextTable.number(run.scores().values(run.verdict())[alarm.flow()], 1);
    String pValue =
        run.scores()
            .pValues(run.verdict())
            .map(all -> ", p-value %.2g".formatted(all[alarm.flow()]))
            .orElse("");
    int others = run.scores().testedBenign().length - (run.scores().benign(alarm.flow()) ? 1 : 0);
    int asHigh = alarm.benignAsHigh();
    return "%s %s%s; %s of the %s tested benign flows %s as high."
        .formatted(
            run.verdict(),
            value,
            pValue,
            asHigh == 0 ? "none" : TextTable.count(asHigh),
            (run.scores().benign(alarm.flow()) ? "other " : "") + TextTable.count(others),
            asHigh > 1 ? "are" : "is");
  }

  private static String endpoints(FlowTuple tuple) {
    return "%s %s port %d to %s port %d"
        .formatted(
            new IpProtocol(tuple.protocol()).title(),
            tuple.initiator(),
            tuple.initiatorPort(),
            tuple.responder(),
            tuple.responderPort());
  }

  private static String times(FlowRecord flow, int drawn) {
    String start =
        Instant.EPOCH
            .plus(flow.startMicros(), ChronoUnit.MICROS)
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();
    String packets =
        flow.packets() > drawn
            ? "the first %d of %s".formatted(drawn, Quantity.of(flow.packets(), "packet"))
            : Quantity.of(flow.packets(), "packet");
    return "%s, %s, %s"
        .formatted(
            start, PacketSequence.time((double) flow.endMicros() - flow.startMicros()), packets);
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
