package dev.janus.cli;

import dev.janus.cli.config.IpProtocol;
import dev.janus.contract.label.DuplicateReport;
import dev.janus.contract.label.FlowCensus;
import dev.janus.contract.label.JoinAudit;
import dev.janus.contract.label.LabelFileReport;
import dev.janus.contract.label.OffsetTable;
import dev.janus.contract.label.RuleReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An audit as JSON. */
final class LabelsAuditJson {
  private LabelsAuditJson() {}

  /** The content of {@code labels-audit.json}. */
  static Map<String, Object> of(LabelsAudit audit) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dataset", audit.dataset());
    json.put("policy", audit.policy().key());
    json.put("labels", audit.counts());
    audit
        .join()
        .ifPresent(found -> {
          json.put("join", LabelJoinJson.of(found.join()));
          json.put("label_files", files(found));
          Map<String, Object> rows = new LinkedHashMap<>();
          found.rowsByLabel().forEach((label, use) -> rows.put(label, json(use)));
          json.put("rows_by_label", rows);
          json.put("duplicates", json(found.duplicates()));
          json.put("time_offsets", json(found.offsets()));
          json.put("flows_without_row", json(found.census()));
        });
    if (audit.origin().choice().isPresent()) {
      json.put("labels_from", audit.origin().json());
    }
    audit.origin().rules().ifPresent(report -> json.put("rules", json(report)));
    return json;
  }

  private static List<Map<String, Object>> files(JoinAudit audit) {
    List<Map<String, Object>> files = new ArrayList<>();
    for (int i = 0; i < audit.join().files().size(); i++) {
      LabelFileReport report = audit.join().files().get(i);
      Map<String, Object> file = new LinkedHashMap<>();
      file.put("file", report.file());
      file.put("rows", report.rows());
      file.put("blank", report.blank());
      file.put("dropped", report.dropped());
      file.put("not_understood", report.unreadable());
      file.put("never_matched", audit.rowsByFile().get(i).use().unused());
      file.put("problems", report.problems());
      files.add(file);
    }
    return files;
  }

  private static Map<String, Object> json(JoinAudit.RowUse use) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", use.rows());
    json.put("never_matched", use.unused());
    return json;
  }

  private static Map<String, Object> json(DuplicateReport duplicates) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("repeated", duplicates.repeated());
    json.put("contradicted", duplicates.contradicted());
    json.put("overlapped", duplicates.overlapped());
    json.put("examples", duplicates.examples());
    return json;
  }

  private static Map<String, Object> json(OffsetTable offsets) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sampled_flows", offsets.advice().sampled());
    json.put("recommendation", LabelJoinJson.of(offsets.advice()));
    json.put("recommended", offsets.advice().recommended());
    json.put("grid", hits(offsets.grid()));
    json.put("fine", hits(offsets.fine()));
    return json;
  }

  private static Map<String, Object> hits(List<OffsetTable.Hits> offsets) {
    Map<String, Object> rates = new LinkedHashMap<>();
    offsets.forEach(hits -> rates.put(hits.offset().toString(), hits.hitRate()));
    return rates;
  }

  private static Map<String, Object> json(FlowCensus census) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("flows", census.unlabelled());
    Map<String, Object> protocols = new LinkedHashMap<>();
    census
        .unlabelledByProtocol()
        .forEach((number, n) -> protocols.put(new IpProtocol(number).toString(), n));
    json.put("by_protocol", protocols);
    Map<String, Object> services = new LinkedHashMap<>();
    census
        .unlabelledByService(LabelsAudit.SERVICES_TOLD)
        .forEach((service, count) ->
            services.put(new IpProtocol(service.protocol()) + "/" + service.port(), count));
    json.put("by_service", services);
    Map<String, Object> hours = new LinkedHashMap<>();
    census.unlabelledByHour().forEach((hour, count) -> hours.put(LabelsAudit.hour(hour), count));
    json.put("by_hour", hours);
    return json;
  }

  private static Map<String, Object> json(RuleReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Map<String, Object>> rules = new ArrayList<>();
    for (RuleReport.RuleHits hits : report.rules()) {
      Map<String, Object> rule = new LinkedHashMap<>();
      rule.put("rule", hits.number());
      rule.put("label", hits.label());
      rule.put("fitted", hits.fitted());
      rule.put("decided", hits.decided());
      rules.add(rule);
    }
    json.put("rules", rules);
    List<Map<String, Object>> overlaps = new ArrayList<>();
    for (RuleReport.Overlap overlap : report.overlaps()) {
      Map<String, Object> pair = new LinkedHashMap<>();
      pair.put("earlier", overlap.earlier());
      pair.put("later", overlap.later());
      pair.put("flows", overlap.flows());
      overlaps.add(pair);
    }
    json.put("overlaps", overlaps);
    return json;
  }
}
