package dev.janus.cli;

import dev.janus.contract.label.AttemptedFlows;
import dev.janus.contract.label.LabelPolicy;
import dev.janus.contract.label.RuleReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What labels come from, as summaries tell it.
 *
 * @param choice data set and policy; empty without labels
 * @param rules what rules did, where they were used
 * @param unlabelledCaptures captures that no pattern fits, where labels go by capture
 */
record LabelOrigin(
    Optional<Choice> choice, Optional<RuleReport> rules, List<String> unlabelledCaptures) {
  static final LabelOrigin NONE = new LabelOrigin(Optional.empty(), Optional.empty(), List.of());

  private static final int NAMES_SHOWN = 10;

  /**
   * What was chosen.
   *
   * @param dataset name of the data set
   * @param policy kind of labels
   * @param attempted what becomes of attempts
   */
  record Choice(String dataset, LabelPolicy.Kind policy, AttemptedFlows attempted) {}

  LabelOrigin {
    unlabelledCaptures = List.copyOf(unlabelledCaptures);
  }

  /** For a person to read. */
  List<String> lines() {
    if (choice.isEmpty()) {
      return List.of("No labels were given (--dataset, --labels); every flow is UNLABELLED.");
    }
    List<String> lines = new ArrayList<>();
    rules.ifPresent(report -> {
      lines.add(
          "Labels by the rules of %s: %,d of %,d flows fitted none and are BENIGN"
              .formatted(report.source(), report.untouched(), report.flows()));
      if (report.estimated() > 0) {
        lines.add(
            "  %,d flows have more packets than are stored; their payload and packets per"
                    .formatted(report.estimated())
                + " direction are estimates");
      }
      if (!report.idle().isEmpty()) {
        lines.add(
            "  %d of %d rules fitted no flow; janus labels audit lists them"
                .formatted(report.idle().size(), report.rules().size()));
      }
    });
    if (!unlabelledCaptures.isEmpty()) {
      lines.add(
          "labels.by_capture has no label for %,d captures: %s%s"
              .formatted(
                  unlabelledCaptures.size(),
                  String.join(
                      ", ",
                      unlabelledCaptures.subList(
                          0, Math.min(NAMES_SHOWN, unlabelledCaptures.size()))),
                  unlabelledCaptures.size() > NAMES_SHOWN ? ", ..." : ""));
    }
    return lines;
  }

  /** For {@code extract.json}; empty without labels. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    choice.ifPresent(chosen -> {
      json.put("dataset", chosen.dataset());
      json.put("policy", chosen.policy().key());
      json.put("attempted", chosen.attempted().key());
    });
    rules.ifPresent(report -> {
      json.put("rules_file", report.source());
      json.put("rules_sha256", report.sha256());
      json.put("untouched_flows", report.untouched());
      json.put("estimated_flows", report.estimated());
    });
    if (!unlabelledCaptures.isEmpty()) {
      json.put("captures_without_label", unlabelledCaptures);
    }
    return json;
  }
}
