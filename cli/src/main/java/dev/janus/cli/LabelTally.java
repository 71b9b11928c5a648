package dev.janus.cli;

import dev.janus.contract.artifact.FlowSequence;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.label.CaptureLabels;
import dev.janus.contract.label.ConversationLabeler;
import dev.janus.contract.label.CsvLabels;
import dev.janus.contract.label.FlowLabeler;
import dev.janus.contract.label.LabelJoin;
import dev.janus.contract.label.LabelJoinReport;
import dev.janus.contract.label.LabelPolicy;
import dev.janus.contract.label.LabelRules;
import dev.janus.contract.label.OffsetAdvice;
import dev.janus.contract.label.OffsetScan;
import dev.janus.contract.label.RuleLabeler;
import dev.janus.contract.label.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Labels flows and counts them by label. Not thread-safe. */
final class LabelTally implements FlowLabeler {
  private final Optional<LabelSource.Rows> rows;
  private final List<String> captures;
  private final FlowLabeler labeler;
  private final FlowLabeler conversations;
  private final Map<String, Long> counts = new TreeMap<>();

  private LabelTally(Optional<LabelSource.Rows> rows, List<String> captures) {
    this.rows = rows;
    this.captures = captures;
    this.labeler = rows.map(LabelTally::labeler).orElse(flow -> LabelRules.UNLABELLED);
    this.conversations = new ConversationLabeler(labeler);
  }

  /** Labels as was read; without anything read, every flow is unlabelled. */
  static LabelTally of(Optional<LabelSource.Rows> rows, List<String> captures) {
    return new LabelTally(rows, captures);
  }

  private static FlowLabeler labeler(LabelSource.Rows read) {
    LabelRules rules = read.description().labels();
    return switch (read.policy()) {
      case CsvLabels csv -> new LabelJoin(read.description(), read.tables(), read.timeOffset());
      case RuleSet set -> new RuleLabeler(set, rules);
      case CaptureLabels byCapture -> {
        List<String> labels = new ArrayList<>();
        for (Optional<String> label : read.captureLabels()) {
          labels.add(label.map(rules::normalise).orElse(rules.unmatched()));
        }
        yield flow -> labels.get(flow.capture());
      }
      case LabelPolicy.Constant constant -> {
        String label = rules.normalise(constant.label());
        yield flow -> label;
      }
    };
  }

  @Override
  public String label(Flow flow) {
    String label = conversations.label(flow);
    counts.merge(label, 1L, Long::sum);
    return label;
  }

  /** Flows per label. */
  Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  /** How well flows and rows fitted, where they were joined. */
  Optional<LabelJoinReport> report() {
    return labeler instanceof LabelJoin join
        ? Optional.of(join.report(captures))
        : Optional.empty();
  }

  /** What the labels come from and what became of it. */
  LabelOrigin origin() {
    if (rows.isEmpty()) {
      return LabelOrigin.NONE;
    }
    List<String> unlabelled = new ArrayList<>();
    for (int i = 0; i < rows.get().captureLabels().size(); i++) {
      if (rows.get().captureLabels().get(i).isEmpty()) {
        unlabelled.add(captures.get(i));
      }
    }
    return new LabelOrigin(
        Optional.of(
            new LabelOrigin.Choice(
                rows.get().description().name(),
                rows.get().policy().kind(),
                rows.get().description().labels().attempted())),
        labeler instanceof RuleLabeler byRules ? Optional.of(byRules.report()) : Optional.empty(),
        unlabelled);
  }

  /** What would fit better, when the present time offset fits too few flows. */
  Optional<OffsetAdvice> advice(FlowSequence flows) {
    boolean suspicious = report().map(LabelJoinReport::suspicious).orElse(false);
    return suspicious
        ? rows.map(r -> OffsetScan.run(r.description(), r.tables(), r.timeOffset(), flows))
        : Optional.empty();
  }
}
