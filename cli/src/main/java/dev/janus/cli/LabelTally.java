package dev.janus.cli;

import dev.janus.contract.artifact.FlowSequence;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.label.FlowLabeler;
import dev.janus.contract.label.LabelJoin;
import dev.janus.contract.label.LabelJoinReport;
import dev.janus.contract.label.LabelRules;
import dev.janus.contract.label.OffsetAdvice;
import dev.janus.contract.label.OffsetScan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Labels flows and counts them by label. Not thread-safe. */
final class LabelTally implements FlowLabeler {
  private final Optional<LabelSource.Rows> rows;
  private final List<String> captures;
  private final Optional<LabelJoin> join;
  private final Map<String, Long> counts = new TreeMap<>();

  private LabelTally(Optional<LabelSource.Rows> rows, List<String> captures) {
    this.rows = rows;
    this.captures = captures;
    this.join = rows.map(r -> new LabelJoin(r.description(), r.tables(), r.timeOffset()));
  }

  /** Joins with the given rows; without any, every flow is unlabelled. */
  static LabelTally of(Optional<LabelSource.Rows> rows, List<String> captures) {
    return new LabelTally(rows, captures);
  }

  @Override
  public String label(Flow flow) {
    String label = join.map(j -> j.label(flow)).orElse(LabelRules.UNLABELLED);
    counts.merge(label, 1L, Long::sum);
    return label;
  }

  /** Flows per label. */
  Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  /** How well flows and rows fitted. */
  Optional<LabelJoinReport> report() {
    return join.map(j -> j.report(captures));
  }

  /** What would fit better, when the present time offset fits too few flows. */
  Optional<OffsetAdvice> advice(FlowSequence flows) {
    boolean suspicious = report().map(LabelJoinReport::suspicious).orElse(false);
    return suspicious
        ? rows.map(r -> OffsetScan.run(r.description(), r.tables(), r.timeOffset(), flows))
        : Optional.empty();
  }
}
