package dev.janus.cli;

import dev.janus.cli.config.IpProtocol;
import dev.janus.cli.terminal.Quantity;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.label.DuplicateReport;
import dev.janus.contract.label.FlowCensus;
import dev.janus.contract.label.JoinAudit;
import dev.janus.contract.label.LabelFileReport;
import dev.janus.contract.label.LabelJoinReport;
import dev.janus.contract.label.OffsetTable;
import dev.janus.contract.label.RuleReport;
import java.util.ArrayList;
import java.util.List;

/** An audit as tables. */
final class LabelsAuditText {
  private static final int OFFSETS_SHOWN = 5;
  private static final int HOURS_SHOWN = 24;

  private LabelsAuditText() {}

  /** Everything for a person to read. */
  static List<String> lines(LabelsAudit audit) {
    List<String> lines = new ArrayList<>();
    lines.add("Labels of " + audit.dataset() + ", policy " + audit.policy().key());
    lines.add("");
    TextTable flows = new TextTable("label", "flows");
    audit.counts().forEach((label, count) -> flows.row(label, TextTable.count(count)));
    lines.addAll(flows.lines());
    audit.join().ifPresent(join -> addJoin(lines, join));
    audit.origin().rules().ifPresent(report -> addRules(lines, report));
    if (audit.origin().choice().isPresent()) {
      lines.addAll(audit.origin().lines("see above"));
    }
    return lines;
  }

  private static void addJoin(List<String> lines, JoinAudit audit) {
    LabelJoinReport join = audit.join();
    lines.add("");
    lines.add(
        "%,d of %s found a row (%s) with the time offset %s; %,d had a row with another label"
                .formatted(
                    join.matched(),
                    Quantity.of(join.flows(), "flow"),
                    LabelsAudit.percent(join.hitRate()),
                    join.offset(),
                    join.ambiguous())
            + " as near, %,d shared a row".formatted(join.shared()));
    lines.add("");
    TextTable captures = new TextTable("capture", "flows", "with row", "share");
    for (LabelJoinReport.CaptureHits hits : join.captures()) {
      captures.row(
          hits.capture(),
          TextTable.count(hits.flows()),
          TextTable.count(hits.matched()),
          LabelsAudit.percent(hits.hitRate()));
    }
    lines.addAll(captures.lines());
    lines.add("");
    TextTable files =
        new TextTable("label file", "rows", "blank", "dropped", "not understood", "never matched");
    for (int i = 0; i < join.files().size(); i++) {
      LabelFileReport file = join.files().get(i);
      files.row(
          file.file(),
          TextTable.count(file.rows()),
          TextTable.count(file.blank()),
          TextTable.count(file.dropped()),
          TextTable.count(file.unreadable()),
          TextTable.count(audit.rowsByFile().get(i).use().unused()));
    }
    lines.addAll(files.lines());
    for (LabelFileReport file : join.files()) {
      file.problems().forEach(problem -> lines.add("  " + problem));
    }
    lines.add("");
    TextTable rows = new TextTable("label in rows", "rows", "never matched");
    audit
        .rowsByLabel()
        .forEach((label, use) ->
            rows.row(label, TextTable.count(use.rows()), TextTable.count(use.unused())));
    lines.addAll(rows.lines());
    addDuplicates(lines, audit.duplicates());
    addOffsets(lines, audit);
    addUnlabelled(lines, audit.census());
  }

  private static void addDuplicates(List<String> lines, DuplicateReport duplicates) {
    lines.add("");
    lines.add(
        "%s %s an earlier one, %,d %s the 5-tuple and time of a row with another label, %,d %s"
                .formatted(
                    Quantity.of(duplicates.repeated(), "row"),
                    Quantity.word(duplicates.repeated(), "repeats", "repeat"),
                    duplicates.contradicted(),
                    Quantity.word(duplicates.contradicted(), "has", "have"),
                    duplicates.overlapped(),
                    Quantity.word(duplicates.overlapped(), "begins", "begin"))
            + " while such a row lasts");
    duplicates.examples().forEach(example -> lines.add("  " + example));
  }

  private static void addOffsets(List<String> lines, JoinAudit audit) {
    OffsetTable offsets = audit.offsets();
    lines.add("");
    TextTable best = new TextTable("time offset", "flows with row");
    for (OffsetTable.Hits hits : offsets.best(OFFSETS_SHOWN)) {
      best.row(hits.offset().toString(), LabelsAudit.percent(hits.hitRate()));
    }
    for (OffsetTable.Hits hits : offsets.fine()) {
      best.row(hits.offset() + " (where they pile up)", LabelsAudit.percent(hits.hitRate()));
    }
    lines.addAll(best.lines());
    if (audit.join().suspicious() || offsets.advice().recommended()) {
      offsets.advice().text().lines().forEach(lines::add);
    }
  }

  private static void addUnlabelled(List<String> lines, FlowCensus census) {
    if (census.unlabelled() == 0) {
      return;
    }
    lines.add("");
    lines.add(Quantity.of(census.unlabelled(), "flow") + " found no row:");
    TextTable services = new TextTable("protocol", "port", "flows");
    census
        .unlabelledByService(LabelsAudit.SERVICES_TOLD)
        .forEach((service, count) ->
            services.row(
                new IpProtocol(service.protocol()).toString(),
                String.valueOf(service.port()),
                TextTable.count(count)));
    lines.addAll(services.lines());
    lines.add("");
    TextTable hours = new TextTable("hour (UTC)", "flows");
    census.unlabelledByHour().entrySet().stream()
        .limit(HOURS_SHOWN)
        .forEach(
            hour -> hours.row(LabelsAudit.hour(hour.getKey()), TextTable.count(hour.getValue())));
    lines.addAll(hours.lines());
  }

  private static void addRules(List<String> lines, RuleReport report) {
    lines.add("");
    TextTable rules = new TextTable("rule", "label", "fitted", "decided");
    for (RuleReport.RuleHits hits : report.rules()) {
      rules.row(
          String.valueOf(hits.number()),
          hits.label(),
          TextTable.count(hits.fitted()),
          TextTable.count(hits.decided()));
    }
    lines.addAll(rules.lines());
    for (RuleReport.Overlap overlap : report.overlaps()) {
      lines.add(
          "  rule %d changed the label that rule %d had given %s"
              .formatted(overlap.later(), overlap.earlier(), Quantity.of(overlap.flows(), "flow")));
    }
    lines.add("");
  }
}
