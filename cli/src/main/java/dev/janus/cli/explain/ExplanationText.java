package dev.janus.cli.explain;

import dev.janus.cli.config.IpProtocol;
import dev.janus.cli.terminal.Quantity;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.artifact.FlowRecord;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import dev.janus.explain.Evidence;
import dev.janus.explain.FlowExplanation;
import dev.janus.explain.MeasurePart;
import dev.janus.explain.ScorePart;
import dev.janus.score.VerdictName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An explained flow as text for a terminal. */
public final class ExplanationText {
  /** What a reader of percentages has to know. */
  private static final String SQUARES = " (a share of a terminal score is one of its square)";

  private ExplanationText() {}

  /** The whole of it. */
  public static List<String> lines(ExplainedFlow explained) {
    FlowExplanation explanation = explained.explanation();
    List<String> lines = new ArrayList<>(heading(explained.flow(), explanation));
    lines.add("");
    indent(lines, scores(explanation).lines());
    lines.add("");
    indent(lines, measures(explanation).lines());
    section(
        lines,
        explanation.leading().measure().label() + ", which makes the verdict",
        explanation.leading().value(),
        explained.fusedEvidence(),
        explained);
    section(lines, "d2" + SQUARES, explanation.d2(), explained.evidence(), explained);
    section(
        lines,
        VerdictName.HIDDEN.label(),
        explanation.hidden(),
        explained.hiddenEvidence(),
        explained);
    return lines;
  }

  private static List<String> heading(FlowRecord flow, FlowExplanation explanation) {
    FlowTuple tuple = flow.tuple();
    int read = explanation.packets().size();
    String packets =
        read == flow.packets()
            ? Quantity.of(read, "packet")
            : "%s, of which the first %,d are read"
                .formatted(Quantity.of(flow.packets(), "packet"), read);
    return List.of(
        "Flow %d, %s: %s %s -> %s, %s"
            .formatted(
                flow.flowId(),
                flow.label(),
                new IpProtocol(tuple.protocol()).title(),
                end(tuple.initiator(), tuple.initiatorPort()),
                end(tuple.responder(), tuple.responderPort()),
                packets),
        "  from %s, %s on"
            .formatted(flow.capture(), Instant.EPOCH.plus(flow.startMicros(), ChronoUnit.MICROS)),
        "  fused %s (p-value %s), d2 %s (p-value %s), hidden %s (p-value %s)"
            .formatted(
                number(explanation.fused()),
                pValue(explanation.fusedPValue()),
                number(explanation.d2()),
                pValue(explanation.pValue()),
                number(explanation.hidden()),
                pValue(explanation.hiddenPValue())));
  }

  private static TextTable measures(FlowExplanation explanation) {
    TextTable table = new TextTable("measure", "value", "surprise (nats)");
    for (MeasurePart part : explanation.measures()) {
      table.row(part.measure().label(), number(part.value()), number(part.surprise()));
    }
    table.row("largest: fused", "", number(explanation.fused()));
    return table;
  }

  private static TextTable scores(FlowExplanation explanation) {
    TextTable table = new TextTable("score", "value", "benign mean", "part of d2");
    for (ScorePart score : explanation.scores()) {
      table.row(
          score.name().label(),
          TextTable.number(score.value(), 4),
          TextTable.number(score.benignMean(), 4),
          number(score.d2()));
    }
    table.row("sum", "", "", number(explanation.d2()));
    return table;
  }

  /** The first lines, and one for all others, so that a reader can add them up. */
  private static void section(
      List<String> lines,
      String distanceName,
      double distance,
      List<Evidence> all,
      ExplainedFlow explained) {
    List<Evidence> shown = explained.shown(all);
    lines.add("");
    lines.add("  Evidence, by its part of " + distanceName);
    double rest = distance;
    for (Evidence evidence : shown) {
      lines.add("  %10s  %s".formatted(number(evidence.part()), evidence.text()));
      rest -= evidence.part();
    }
    int others = all.size() - shown.size();
    if (others > 0) {
      lines.add("  %10s  %s".formatted(number(rest), Quantity.of(others, "other part")));
    }
  }

  private static void indent(List<String> lines, List<String> more) {
    more.forEach(line -> lines.add("  " + line));
  }

  private static String end(IpAddress address, int port) {
    return address.family() == IpAddress.Family.IPV6
        ? "[%s]:%d".formatted(address, port)
        : "%s:%d".formatted(address, port);
  }

  private static String number(double value) {
    return TextTable.number(value, 2);
  }

  private static String pValue(double value) {
    return String.format(Locale.ROOT, "%.2g", value);
  }
}
