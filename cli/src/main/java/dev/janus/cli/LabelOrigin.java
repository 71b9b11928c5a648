package dev.janus.cli;

import dev.janus.cli.terminal.Quantity;
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

  /** Why the labels cannot be what was wanted, and what to look at; empty when they may be. */
  Optional<String> warning() {
    return rules
        .filter(RuleReport::allUntouched)
        .map(report ->
            "no rule of %s fitted any of %s; "
                    .formatted(report.source(), Quantity.of(report.flows(), "flow"))
                + (report.elsewhere()
                        ? "the rules are for %s, the flows start from %s: are these captures"
                            + " of other days, of one without attacks, or are from and to in another"
                            + " time zone?"
                        : "the times of the rules (%s) and of the flows (%s) meet: look at"
                            + " their addresses, ports and windows")
                    .formatted(report.window(), report.span().orElseThrow()));
  }

  /**
   * For a person to read.
   *
   * @param whereRulesAre where each rule can be seen
   */
  List<String> lines(String whereRulesAre) {
    if (choice.isEmpty()) {
      return List.of(
          "No labels were given (--dataset, with --labels or --label-policy rules); every flow is"
              + " UNLABELLED.");
    }
    List<String> lines = new ArrayList<>();
    rules.ifPresent(report -> {
      lines.add(
          "Labels by the rules of %s: %,d of %s fitted none and %s BENIGN"
              .formatted(
                  report.source(),
                  report.untouched(),
                  Quantity.of(report.flows(), "flow"),
                  Quantity.word(report.untouched(), "is", "are")));
      if (report.estimated() > 0) {
        lines.add(
            "  %s %s more packets than are stored; payload and packets per direction of these are"
                    .formatted(
                        Quantity.of(report.estimated(), "flow"),
                        Quantity.word(report.estimated(), "has", "have"))
                + " estimates");
      }
      if (!report.idle().isEmpty() && !report.allUntouched()) {
        lines.add(
            "  %d of %s fitted no flow; %s"
                .formatted(
                    report.idle().size(),
                    Quantity.of(report.rules().size(), "rule"),
                    whereRulesAre));
      }
    });
    warning().ifPresent(text -> lines.add("Warning: " + text));
    if (!unlabelledCaptures.isEmpty()) {
      lines.add(
          "labels.by_capture has no label for %s: %s%s"
              .formatted(
                  Quantity.of(unlabelledCaptures.size(), "capture"),
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
      json.put("rules_from_us", report.window().fromMicros());
      json.put("rules_to_us", report.window().toMicros());
      json.put("untouched_flows", report.untouched());
      json.put("estimated_flows", report.estimated());
    });
    warning().ifPresent(text -> json.put("warning", text));
    if (!unlabelledCaptures.isEmpty()) {
      json.put("captures_without_label", unlabelledCaptures);
    }
    return json;
  }
}
