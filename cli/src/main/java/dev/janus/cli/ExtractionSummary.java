package dev.janus.cli;

import dev.janus.cli.extraction.CaptureOutcome;
import dev.janus.cli.extraction.ExtractionPlan;
import dev.janus.cli.extraction.PartOutcome;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Quantity;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.label.LabelFileReport;
import dev.janus.contract.label.LabelJoinReport;
import dev.janus.contract.label.OffsetAdvice;
import dev.janus.contract.packet.PacketSchema;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What an extraction found.
 *
 * @param plan what was read, and how
 * @param names names of the captures, in reading order
 * @param parts counters of the captures and of their flow tables
 * @param labels flows per label
 * @param origin what the labels come from
 * @param join how well flows and label rows fitted; empty without labels
 * @param advice what a scan for a better time offset found, when too few fitted
 * @param folder where the files are
 * @param build which build did it
 */
record ExtractionSummary(
    ExtractionPlan plan,
    List<String> names,
    List<PartOutcome> parts,
    Map<String, Long> labels,
    LabelOrigin origin,
    Optional<LabelJoinReport> join,
    Optional<OffsetAdvice> advice,
    Path folder,
    ProductBuild build) {
  /** Prints tables, or JSON when that was asked for. */
  void print(CommandContext context) {
    if (context.json()) {
      origin.warning().ifPresent(text -> context.terminal().warn("janus: warning: " + text));
      context.print(Json.pretty(json()).stripTrailing());
      return;
    }
    captureTable().lines().forEach(context::print);
    List<CaptureOutcome> captures = captures();
    for (int i = 0; i < captures.size(); i++) {
      for (String line : captures.get(i).remarks()) {
        context.print("  " + placeOf(i, captures.get(i)) + ": " + line);
      }
    }
    long evicted = sum(PartOutcome::evicted);
    if (evicted > 0) {
      context.print(
          "  %s ended early because the flow table was full; see --max-flows"
              .formatted(Quantity.of(evicted, "flow")));
    }
    context.print("");
    TextTable table = new TextTable("label", "flows");
    labels.forEach((label, flows) -> table.row(label, TextTable.count(flows)));
    table.lines().forEach(context::print);
    origin.lines("janus labels audit lists them").forEach(context::print);
    join.map(ExtractionSummary::lines).orElse(List.of()).forEach(context::print);
    advice.ifPresent(found -> found.text().lines().forEach(context::print));
    context.print("Wrote %s to %s".formatted(Quantity.of(flows(), "flow"), folder));
  }

  /** The content of {@code extract.json}. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", build.version());
    json.put("commit", build.commit());
    json.put("schema_version", PacketSchema.VERSION);
    json.put("rules", plan.rules());
    json.put("packets", packets());
    json.put("flows", flows());
    json.put(
        "most_open_flows", parts.stream().mapToLong(PartOutcome::mostOpenFlows).max().orElse(0));
    json.put("evicted_flows", sum(PartOutcome::evicted));
    json.put("clamped_timestamps", sum(PartOutcome::clampedTimestamps));
    json.put("labels", labels);
    if (origin.choice().isPresent()) {
      json.put("labels_from", origin.json());
    }
    join.ifPresent(report -> json.put("label_join", LabelJoinJson.of(report)));
    advice
        .filter(OffsetAdvice::recommended)
        .ifPresent(found -> json.put("recommended_time_offset", LabelJoinJson.of(found)));
    List<Map<String, Object>> captures = new ArrayList<>();
    for (CaptureOutcome capture : captures()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", names.get(captures.size()));
      entry.putAll(capture.json());
      captures.add(entry);
    }
    json.put("captures", captures);
    return json;
  }

  /** Packets that went into flows. */
  long packets() {
    return sum(PartOutcome::packets);
  }

  long flows() {
    return sum(PartOutcome::flows);
  }

  private long sum(ToLongFunction<PartOutcome> count) {
    return parts.stream().mapToLong(count).sum();
  }

  private List<CaptureOutcome> captures() {
    return parts.stream().flatMap(part -> part.captures().stream()).toList();
  }

  /** The capture's file name behind the folders that are part of its name. */
  private String placeOf(int number, CaptureOutcome capture) {
    String name = names.get(number);
    String file = capture.file();
    int folder = Math.max(file.lastIndexOf('/'), file.lastIndexOf(File.separatorChar));
    return name.substring(0, name.lastIndexOf('/') + 1) + file.substring(folder + 1);
  }

  private static List<String> lines(LabelJoinReport join) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Labels: %,d of %s found a row (%.2f %%); %,d of %s %s not needed"
            .formatted(
                join.matched(),
                Quantity.of(join.flows(), "flow"),
                100 * join.hitRate(),
                join.unusedRows(),
                Quantity.of(join.rows(), "row"),
                Quantity.word(join.unusedRows(), "was", "were")));
    if (join.ambiguous() > 0 || join.shared() > 0) {
      lines.add(
          "  %s had a row with another label as near, %,d shared a row"
              .formatted(Quantity.of(join.ambiguous(), "flow"), join.shared()));
    }
    for (LabelFileReport file : join.files()) {
      if (file.unreadable() > 0) {
        lines.add(
            "  %s: %s not understood"
                .formatted(file.file(), Quantity.of(file.unreadable(), "row")));
        file.problems().forEach(problem -> lines.add("    " + problem));
      }
    }
    return lines;
  }

  private TextTable captureTable() {
    TextTable table = new TextTable("capture", "packets", "kept", "dropped", "flows");
    List<CaptureOutcome> captures = captures();
    for (int i = 0; i < captures.size(); i++) {
      CaptureOutcome capture = captures.get(i);
      table.row(
          placeOf(i, capture),
          TextTable.count(capture.packetsRead()),
          TextTable.count(capture.packetsKept()),
          TextTable.count(capture.packetsRead() - capture.packetsKept()),
          TextTable.count(capture.flows()));
    }
    return table;
  }
}
