package dev.janus.cli.extraction;

import dev.janus.contract.flow.ExtractionReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of captures that were read by one flow table.
 *
 * @param captures each of them
 * @param packets packets kept
 * @param flows flows cut
 * @param mostOpenFlows flows open at once at most
 * @param evicted flows ended early because the table was full
 * @param clampedTimestamps packets earlier than the latest one of their flow
 */
public record PartOutcome(
    List<CaptureOutcome> captures,
    long packets,
    long flows,
    long mostOpenFlows,
    long evicted,
    long clampedTimestamps) {
  public PartOutcome {
    captures = List.copyOf(captures);
  }

  static PartOutcome of(ExtractionReport report) {
    return new PartOutcome(
        report.captures().stream().map(CaptureOutcome::of).toList(),
        report.packets(),
        report.flows(),
        report.mostOpenFlows(),
        report.evicted(),
        report.clampedTimestamps());
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("packets", packets);
    json.put("flows", flows);
    json.put("most_open_flows", mostOpenFlows);
    json.put("evicted_flows", evicted);
    json.put("clamped_timestamps", clampedTimestamps);
    json.put("captures", captures.stream().map(CaptureOutcome::json).toList());
    return json;
  }

  static PartOutcome fromJson(Saved saved) {
    return new PartOutcome(
        saved.objects("captures").stream().map(CaptureOutcome::fromJson).toList(),
        saved.number("packets"),
        saved.number("flows"),
        saved.number("most_open_flows"),
        saved.number("evicted_flows"),
        saved.number("clamped_timestamps"));
  }
}
