package dev.janus.cli.explain;

import dev.janus.cli.terminal.TextTable;
import dev.janus.explain.Evidence;
import dev.janus.explain.FlowExplanation;
import dev.janus.explain.MeasurePart;
import dev.janus.score.VerdictName;
import java.util.ArrayList;
import java.util.List;

/** The parts of a verdict that say most of why a flow is an alarm, a line each. */
public final class AlarmEvidence {
  private static final int SHOWN = 3;

  private AlarmEvidence() {}

  /** The lines, most telling first; none that speaks for a benign flow. */
  public static List<String> lines(FlowExplanation explanation, VerdictName verdict) {
    return switch (verdict) {
      case FUSED -> fused(explanation);
      case D2 -> parts(explanation.evidence(), verdict.label());
      case HIDDEN -> parts(explanation.hiddenEvidence(), verdict.label());
    };
  }

  private static List<String> fused(FlowExplanation explanation) {
    MeasurePart leading = explanation.leading();
    String measure = leading.measure().label();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s surprises most: %s nats at %s"
            .formatted(measure, number(leading.surprise()), number(leading.value())));
    lines.addAll(parts(explanation.fusedEvidence(), measure));
    return lines;
  }

  private static List<String> parts(List<Evidence> evidence, String of) {
    return evidence.stream()
        .filter(fact -> fact.part() > 0)
        .limit(SHOWN)
        .map(fact -> "%s of %s: %s".formatted(number(fact.part()), of, fact.text()))
        .toList();
  }

  private static String number(double value) {
    return TextTable.number(value, 2);
  }
}
