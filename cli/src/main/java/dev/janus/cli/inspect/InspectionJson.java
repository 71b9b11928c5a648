package dev.janus.cli.inspect;

import dev.janus.contract.capture.CaptureIssue;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.capture.CaptureStatistics;
import dev.janus.contract.flow.ExtractionReport.CaptureReport;
import dev.janus.contract.packet.DecodingStatistics;
import dev.janus.contract.packet.PacketVerdict;
import dev.janus.contract.packet.Tunnel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An inspection as JSON. */
public final class InspectionJson {
  private InspectionJson() {}

  /**
   * The whole of it. {@code complete} says whether every capture was read to its end: neither
   * {@code interrupted} nor stopped by damage. A loss without {@code count} is of unknown size.
   */
  public static Map<String, Object> of(Inspection inspection) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("complete", inspection.complete());
    json.put("interrupted", inspection.report().stopped());
    json.put("options", options(inspection.options()));
    json.putAll(counts(inspection.totals()));
    json.put("flows", inspection.flows().flows());
    json.put("flows_by_protocol", inspection.flows().protocols());
    json.put("evicted_flows", inspection.report().evicted());
    json.put("packets_per_flow", histogram(inspection.flows().lengths()));
    json.put("packet_sizes", histogram(inspection.flows().sizes()));
    List<Map<String, Object>> losses = new ArrayList<>();
    for (Loss loss : Loss.of(inspection)) {
      Map<String, Object> entry = new LinkedHashMap<>();
      loss.count().ifPresent(count -> entry.put("count", count));
      entry.put("what", loss.what());
      entry.put("remedy", loss.remedy());
      losses.add(entry);
    }
    json.put("losses", losses);
    json.put("captures", inspection.captures().stream().map(InspectionJson::capture).toList());
    return json;
  }

  private static Map<String, Object> options(CaptureOptions options) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tunnels", name(options.tunnels()));
    json.put("fragments", name(options.fragments()));
    json.put("duplicates", name(options.duplicates()));
    json.put("reorder_window", options.reorderWindow());
    return json;
  }

  private static Map<String, Object> capture(CaptureReport capture) {
    CaptureStatistics statistics = capture.statistics();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", capture.file().toString());
    json.put("format", name(capture.format()));
    json.put("flows", capture.flows());
    json.putAll(counts(CaptureTotals.of(statistics)));
    List<Map<String, Object>> issues = new ArrayList<>();
    for (CaptureIssue issue : CaptureIssue.values()) {
      if (statistics.count(issue) > 0) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("issue", name(issue));
        entry.put("count", statistics.count(issue));
        entry.put("first_offset", statistics.firstOffset(issue).orElseThrow());
        issues.add(entry);
      }
    }
    json.put("issues", issues);
    statistics.stoppedAt().ifPresent(at -> json.put("stopped_at_offset", at));
    return json;
  }

  private static Map<String, Object> counts(CaptureTotals totals) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("packets_read", totals.sum(CaptureStatistics::packetsRead));
    json.put("packets_kept", totals.sum(CaptureStatistics::packetsKept));
    Map<String, Object> dropped = new LinkedHashMap<>();
    for (PacketVerdict verdict : PacketVerdict.values()) {
      if (verdict != PacketVerdict.KEPT) {
        dropped.put(name(verdict), totals.count(verdict));
      }
    }
    json.put("dropped", dropped);
    Map<String, Object> links = new LinkedHashMap<>();
    totals.linkTypes().forEach((type, packets) -> links.put(Integer.toString(type), packets));
    json.put("packets_by_link_type", links);
    totals.firstMicros().ifPresent(micros -> json.put("first_us", micros));
    totals.lastMicros().ifPresent(micros -> json.put("last_us", micros));
    json.put("wire_bytes", totals.sum(CaptureStatistics::wireBytes));
    json.put("cut_packets", totals.sum(CaptureStatistics::cutPackets));
    json.put("tunnels", tunnels(totals));
    json.put("first_fragments", totals.decoding(DecodingStatistics::firstFragments));
    json.put("assigned_fragments", totals.decoding(DecodingStatistics::assignedFragments));
    json.put("unassigned_fragments", totals.decoding(DecodingStatistics::unassignedFragments));
    json.put("duplicates", totals.sum(CaptureStatistics::duplicates));
    json.put("resorted", totals.sum(CaptureStatistics::resorted));
    json.put("too_late", totals.sum(CaptureStatistics::tooLate));
    return json;
  }

  private static Map<String, Object> tunnels(CaptureTotals totals) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (Tunnel tunnel : Tunnel.values()) {
      if (totals.tunnels(tunnel) > 0) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("packets", totals.tunnels(tunnel));
        entry.put("opened", totals.opened(tunnel));
        json.put(name(tunnel), entry);
      }
    }
    return json;
  }

  private static List<Map<String, Object>> histogram(CountHistogram histogram) {
    List<Map<String, Object>> bins = new ArrayList<>();
    for (CountHistogram.Bin bin : histogram.bins()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("from", bin.from());
      if (bin.to() != Long.MAX_VALUE) {
        json.put("to", bin.to());
      }
      json.put("count", bin.count());
      bins.add(json);
    }
    return bins;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
