package dev.janus.cli.extraction;

import dev.janus.contract.capture.CaptureIssue;
import dev.janus.contract.capture.CaptureStatistics;
import dev.janus.contract.flow.ExtractionReport;
import dev.janus.contract.packet.PacketVerdict;
import dev.janus.contract.packet.Tunnel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What was counted in one capture, as it is kept until the extraction is whole.
 *
 * @param file the capture
 * @param format pcap or pcapng
 * @param packetsRead records that could be read whole
 * @param packetsKept packets that went into flows
 * @param flows flows whose first packet it held
 * @param dropped packets by the reason why they were dropped
 * @param issues what was wrong with the file, by kind
 * @param counts tunnels, fragments, duplicates and the like, where there were any
 * @param stoppedAt offset behind which nothing could be read
 * @param remarks the same for people
 */
public record CaptureOutcome(
    String file,
    String format,
    long packetsRead,
    long packetsKept,
    long flows,
    Map<String, Long> dropped,
    Map<String, Long> issues,
    Map<String, Long> counts,
    OptionalLong stoppedAt,
    List<String> remarks) {
  private static final String STOPPED_AT = "stopped_at_offset";

  public CaptureOutcome {
    remarks = List.copyOf(remarks);
  }

  static CaptureOutcome of(ExtractionReport.CaptureReport report) {
    CaptureStatistics statistics = report.statistics();
    Map<String, Long> dropped = new LinkedHashMap<>();
    for (PacketVerdict verdict : PacketVerdict.values()) {
      if (verdict != PacketVerdict.KEPT) {
        dropped.put(key(verdict), statistics.count(verdict));
      }
    }
    Map<String, Long> issues = new LinkedHashMap<>();
    for (CaptureIssue issue : CaptureIssue.values()) {
      putPositive(issues, key(issue), statistics.count(issue));
    }
    return new CaptureOutcome(
        report.file().toString(),
        key(report.format()),
        statistics.packetsRead(),
        statistics.packetsKept(),
        report.flows(),
        dropped,
        issues,
        counts(statistics),
        statistics.stoppedAt(),
        statistics.describe());
  }

  private static Map<String, Long> counts(CaptureStatistics statistics) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Tunnel tunnel : Tunnel.values()) {
      putPositive(counts, "tunnel_" + key(tunnel), statistics.decoding().tunnels(tunnel));
    }
    putPositive(counts, "fragments_first", statistics.decoding().firstFragments());
    putPositive(counts, "fragments_assigned", statistics.decoding().assignedFragments());
    putPositive(counts, "fragments_unassigned", statistics.decoding().unassignedFragments());
    putPositive(counts, "cut_by_snapshot_length", statistics.cutPackets());
    putPositive(counts, "duplicates_removed", statistics.duplicates());
    putPositive(counts, "resorted", statistics.resorted());
    putPositive(counts, "too_late_to_resort", statistics.tooLate());
    return counts;
  }

  private static void putPositive(Map<String, Long> counts, String key, long count) {
    if (count > 0) {
      counts.put(key, count);
    }
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** For {@code extract.json}. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file);
    json.put("format", format);
    json.put("packets_read", packetsRead);
    json.put("packets_kept", packetsKept);
    json.put("flows", flows);
    json.put("dropped", dropped);
    json.put("issues", issues);
    json.put("counts", counts);
    stoppedAt.ifPresent(at -> json.put(STOPPED_AT, at));
    json.put("remarks", remarks);
    return json;
  }

  static CaptureOutcome fromJson(Saved saved) {
    return new CaptureOutcome(
        saved.text("file"),
        saved.text("format"),
        saved.number("packets_read"),
        saved.number("packets_kept"),
        saved.number("flows"),
        saved.numbers("dropped"),
        saved.numbers("issues"),
        saved.numbers("counts"),
        saved.has(STOPPED_AT) ? OptionalLong.of(saved.number(STOPPED_AT)) : OptionalLong.empty(),
        new ArrayList<>(saved.texts("remarks")));
  }
}
