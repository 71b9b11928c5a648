package dev.janus.cli;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.capture.CaptureIssue;
import dev.janus.contract.capture.CaptureStatistics;
import dev.janus.contract.flow.ExtractionReport;
import dev.janus.contract.packet.PacketSchema;
import dev.janus.contract.packet.PacketVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an extraction found.
 *
 * @param report counters of the captures and of the flow table
 * @param labels flows per label
 * @param folder where the files are
 * @param build which build did it
 */
record ExtractionSummary(
    ExtractionReport report, Map<String, Long> labels, Path folder, ProductBuild build) {
  /** Prints tables, or JSON when that was asked for. */
  void print(CommandContext context) {
    if (context.json()) {
      context.print(Json.pretty(json()).stripTrailing());
      return;
    }
    captureTable().lines().forEach(context::print);
    for (ExtractionReport.CaptureReport capture : report.captures()) {
      for (String line : capture.statistics().describe()) {
        context.print("  " + capture.file().getFileName() + ": " + line);
      }
    }
    if (report.evicted() > 0) {
      context.print(
          "  %,d flows ended early because the flow table was full; see --max-flows"
              .formatted(report.evicted()));
    }
    context.print("");
    TextTable table = new TextTable("label", "flows");
    labels.forEach((label, flows) -> table.row(label, TextTable.count(flows)));
    table.lines().forEach(context::print);
    if (labels.containsKey(FlowSplit.UNLABELLED) && labels.size() == 1) {
      context.print("No labels were given (--dataset, --labels); every flow is UNLABELLED.");
    }
    context.print("Wrote %,d flows to %s".formatted(report.flows(), folder));
  }

  /** The content of {@code extract.json}. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", build.version());
    json.put("commit", build.commit());
    json.put("schema_version", PacketSchema.VERSION);
    json.put("packets", report.packets());
    json.put("flows", report.flows());
    json.put("evicted_flows", report.evicted());
    json.put("clamped_timestamps", report.clampedTimestamps());
    json.put("labels", labels);
    List<Map<String, Object>> captures = new ArrayList<>();
    for (ExtractionReport.CaptureReport capture : report.captures()) {
      captures.add(json(capture));
    }
    json.put("captures", captures);
    return json;
  }

  private static Map<String, Object> json(ExtractionReport.CaptureReport capture) {
    CaptureStatistics statistics = capture.statistics();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", capture.file().toString());
    json.put("format", capture.format().name().toLowerCase(Locale.ROOT));
    json.put("packets_read", statistics.packetsRead());
    json.put("packets_kept", statistics.packetsKept());
    json.put("flows", capture.flows());
    Map<String, Object> dropped = new LinkedHashMap<>();
    for (PacketVerdict verdict : PacketVerdict.values()) {
      if (verdict != PacketVerdict.KEPT) {
        dropped.put(verdict.name().toLowerCase(Locale.ROOT), statistics.count(verdict));
      }
    }
    json.put("dropped", dropped);
    Map<String, Object> issues = new LinkedHashMap<>();
    for (CaptureIssue issue : CaptureIssue.values()) {
      if (statistics.count(issue) > 0) {
        issues.put(issue.name().toLowerCase(Locale.ROOT), statistics.count(issue));
      }
    }
    json.put("issues", issues);
    statistics.stoppedAt().ifPresent(at -> json.put("stopped_at_offset", at));
    return json;
  }

  private TextTable captureTable() {
    TextTable table = new TextTable("capture", "packets", "kept", "dropped", "flows");
    for (ExtractionReport.CaptureReport capture : report.captures()) {
      CaptureStatistics statistics = capture.statistics();
      table.row(
          capture.file().getFileName().toString(),
          TextTable.count(statistics.packetsRead()),
          TextTable.count(statistics.packetsKept()),
          TextTable.count(statistics.packetsRead() - statistics.packetsKept()),
          TextTable.count(capture.flows()));
    }
    return table;
  }
}
