package dev.janus.cli.explain;

import dev.janus.contract.artifact.FlowRecord;
import dev.janus.explain.Evidence;
import dev.janus.explain.FlowExplanation;
import java.util.List;

/**
 * A flow with the explanation of its verdict.
 *
 * @param flow label, 5-tuple, times and origin
 * @param explanation the explanation
 * @param fusedEvidence what the leading measure of its fused verdict is made of
 * @param evidence what its d2 is made of, the largest part first
 * @param hiddenEvidence what the distance of its hidden state is made of, the largest part first
 * @param lines lines of each that people want to see
 */
public record ExplainedFlow(
    FlowRecord flow,
    FlowExplanation explanation,
    List<Evidence> fusedEvidence,
    List<Evidence> evidence,
    List<Evidence> hiddenEvidence,
    int lines) {
  public ExplainedFlow {
    fusedEvidence = List.copyOf(fusedEvidence);
    evidence = List.copyOf(evidence);
    hiddenEvidence = List.copyOf(hiddenEvidence);
  }

  public static ExplainedFlow of(FlowRecord flow, FlowExplanation explanation, int lines) {
    return new ExplainedFlow(
        flow,
        explanation,
        explanation.fusedEvidence(),
        explanation.evidence(),
        explanation.hiddenEvidence(),
        lines);
  }

  /** The lines to show: no more than asked for, and none that speaks for a benign flow. */
  List<Evidence> shown(List<Evidence> all) {
    return all.stream().filter(line -> line.part() > 0).limit(lines).toList();
  }
}
