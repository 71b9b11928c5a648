package dev.janus.cli.inspect;

import dev.janus.cli.terminal.Quantity;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.capture.CaptureIssue;
import dev.janus.contract.capture.CaptureStatistics;
import dev.janus.contract.flow.ExtractionReport.CaptureReport;
import dev.janus.contract.packet.DecodingStatistics;
import dev.janus.contract.packet.LinkType;
import dev.janus.contract.packet.PacketVerdict;
import dev.janus.contract.packet.Tunnel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An inspection as text for a terminal. */
public final class InspectionText {
  private static final double BITS_PER_BYTE = 8;
  private static final double MEGA = 1e6;

  private InspectionText() {}

  /**
   * The whole of it.
   *
   * @param columns width of the terminal
   */
  public static List<String> lines(Inspection inspection, int columns) {
    List<String> lines = new ArrayList<>(captures(inspection).lines());
    lines.add("");
    facts(inspection).forEach((name, text) -> lines.add("%-12s %s".formatted(name, text)));
    issues(inspection, lines);
    section(lines, "Packets per flow", BarChart.lines(inspection.flows().lengths(), columns));
    section(
        lines,
        "Size of kept packets, bytes of the IP datagram",
        BarChart.lines(inspection.flows().sizes(), columns));
    List<Loss> losses = Loss.of(inspection);
    lines.add("");
    boolean stopped = inspection.report().stopped();
    lines.add(
        losses.isEmpty()
            ? (stopped ? "Of the part that was read, an" : "An") + " extraction would lose nothing."
            : "An extraction with these options would lose or blur:");
    losses.forEach(loss -> lines.add("  " + text(loss)));
    return lines;
  }

  /** One row for each capture. */
  static TextTable captures(Inspection inspection) {
    TextTable table =
        new TextTable("capture", "format", "link type", "packets", "kept", "dropped", "flows");
    List<CaptureReport> captures = inspection.captures();
    for (int i = 0; i < captures.size(); i++) {
      CaptureReport capture = captures.get(i);
      CaptureStatistics statistics = capture.statistics();
      table.row(
          inspection.nameOf(i),
          capture.format().label(),
          linkTypes(statistics.linkTypes()),
          TextTable.count(statistics.packetsRead()),
          TextTable.count(statistics.packetsKept()),
          TextTable.count(statistics.packetsRead() - statistics.packetsKept()),
          TextTable.count(capture.flows()));
    }
    return table;
  }

  /** What is there, by name; absent things are left out. */
  static Map<String, String> facts(Inspection inspection) {
    CaptureTotals totals = inspection.totals();
    Map<String, String> facts = new LinkedHashMap<>();
    long read = totals.sum(CaptureStatistics::packetsRead);
    facts.put("Packets", packets(totals, read));
    if (totals.firstMicros().isPresent()) {
      facts.put("Time", time(totals));
      facts.put("Rate", rate(totals, read));
    }
    facts.put("Flows", flows(inspection));
    put(facts, "Tunnels", tunnels(totals));
    put(facts, "Fragments", fragments(totals));
    put(facts, "Duplicates", duplicates(totals));
    put(facts, "Order", order(totals));
    long cut = totals.sum(CaptureStatistics::cutPackets);
    put(
        facts,
        "Cut packets",
        cut == 0
            ? ""
            : "%,d %s longer on the wire than captured"
                .formatted(cut, Quantity.word(cut, "was", "were")));
    return facts;
  }

  /** The drops, each with its cause. */
  static String packets(CaptureTotals totals, long read) {
    List<String> causes = new ArrayList<>();
    for (PacketVerdict verdict : PacketVerdict.values()) {
      if (verdict != PacketVerdict.KEPT && totals.count(verdict) > 0) {
        causes.add("%,d %s".formatted(totals.count(verdict), verdict.label()));
      }
    }
    long kept = totals.sum(CaptureStatistics::packetsKept);
    return "%,d read, %,d kept, %,d dropped".formatted(read, kept, read - kept)
        + (causes.isEmpty() ? "" : ": " + String.join(", ", causes));
  }

  static String linkTypes(Map<Integer, Long> packets) {
    return packets.keySet().stream()
        .map(InspectionText::linkType)
        .collect(Collectors.joining(", "));
  }

  static String linkType(int type) {
    if (type == CaptureStatistics.OTHER_LINK_TYPES) {
      return "others";
    }
    String name = LinkType.name(type);
    return name.isEmpty() ? "type " + type : name;
  }

  private static String time(CaptureTotals totals) {
    Duration span =
        Duration.of(
            totals.lastMicros().orElseThrow() - totals.firstMicros().orElseThrow(),
            ChronoUnit.MICROS);
    return "%s to %s (%d:%02d:%02d.%03d)"
        .formatted(
            instant(totals.firstMicros().orElseThrow()),
            instant(totals.lastMicros().orElseThrow()),
            span.toHours(),
            span.toMinutesPart(),
            span.toSecondsPart(),
            span.toMillisPart());
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static String rate(CaptureTotals totals, long read) {
    double seconds = totals.seconds();
    long bytes = totals.sum(CaptureStatistics::wireBytes);
    return seconds == 0
        ? "%s on the wire, all at one time".formatted(Quantity.of(bytes, "byte"))
        : String.format(
            Locale.ROOT,
            "%,.1f packets/s, %,.3f Mbit/s (%,d bytes on the wire)",
            read / seconds,
            bytes * BITS_PER_BYTE / MEGA / seconds,
            bytes);
  }

  private static String flows(Inspection inspection) {
    String protocols =
        inspection.flows().protocols().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    return "%,d".formatted(inspection.flows().flows())
        + (protocols.isEmpty() ? "" : " (" + protocols + ")");
  }

  private static String tunnels(CaptureTotals totals) {
    List<String> kinds = new ArrayList<>();
    for (Tunnel tunnel : Tunnel.values()) {
      long packets = totals.tunnels(tunnel);
      if (packets > 0) {
        kinds.add(
            "%s %s, %,d opened"
                .formatted(tunnel.label(), Quantity.of(packets, "packet"), totals.opened(tunnel)));
      }
    }
    return String.join("; ", kinds);
  }

  private static String fragments(CaptureTotals totals) {
    long first = totals.decoding(DecodingStatistics::firstFragments);
    long assigned = totals.decoding(DecodingStatistics::assignedFragments);
    long unassigned = totals.decoding(DecodingStatistics::unassignedFragments);
    return first + assigned + unassigned == 0
        ? ""
        : "%,d first, %,d later with their first, %,d later without"
            .formatted(first, assigned, unassigned);
  }

  private static String duplicates(CaptureTotals totals) {
    long duplicates = totals.sum(CaptureStatistics::duplicates);
    long removed = totals.count(PacketVerdict.DUPLICATE);
    return duplicates == 0
        ? ""
        : "%,d exact, %s".formatted(duplicates, removed == 0 ? "kept" : "removed");
  }

  private static String order(CaptureTotals totals) {
    long resorted = totals.sum(CaptureStatistics::resorted);
    long tooLate = totals.sum(CaptureStatistics::tooLate);
    return resorted + tooLate == 0
        ? ""
        : "%s put into place, %,d came too late for it"
            .formatted(Quantity.of(resorted, "packet"), tooLate);
  }

  private static void put(Map<String, String> facts, String name, String text) {
    if (!text.isEmpty()) {
      facts.put(name, text);
    }
  }

  /** Damage by file: a place is of use only with its file. */
  private static void issues(Inspection inspection, List<String> lines) {
    List<CaptureReport> captures = inspection.captures();
    for (int i = 0; i < captures.size(); i++) {
      for (String issue : issues(captures.get(i).statistics())) {
        lines.add("%-12s %s: %s".formatted("Issue", inspection.nameOf(i), issue));
      }
    }
  }

  static List<String> issues(CaptureStatistics statistics) {
    List<String> issues = new ArrayList<>();
    for (CaptureIssue issue : CaptureIssue.values()) {
      if (statistics.count(issue) > 0) {
        issues.add(
            "%,d x %s, first at offset %d"
                .formatted(
                    statistics.count(issue),
                    issue.label(),
                    statistics.firstOffset(issue).orElseThrow()));
      }
    }
    statistics.stoppedAt().ifPresent(at -> issues.add("reading stopped at offset " + at));
    return issues;
  }

  static String text(Loss loss) {
    String count = loss.count().isPresent() ? "%,d ".formatted(loss.count().getAsLong()) : "";
    return count + loss.what() + (loss.remedy().isEmpty() ? "" : " (" + loss.remedy() + ")");
  }

  private static void section(List<String> lines, String title, List<String> content) {
    if (!content.isEmpty()) {
      lines.add("");
      lines.add(title);
      lines.addAll(content);
    }
  }
}
