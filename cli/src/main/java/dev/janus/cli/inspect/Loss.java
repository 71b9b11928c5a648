package dev.janus.cli.inspect;

import dev.janus.cli.terminal.Quantity;
import dev.janus.contract.capture.CaptureIssue;
import dev.janus.contract.capture.CaptureStatistics;
import dev.janus.contract.flow.ExtractionReport.CaptureReport;
import dev.janus.contract.packet.PacketVerdict;
import dev.janus.contract.packet.Tunnel;
import dev.janus.contract.packet.TunnelPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Something that an extraction with the same options would lose or blur.
 *
 * @param count how many packets or flows; empty when nobody can know
 * @param what what they are
 * @param remedy what would keep them; empty when nothing does
 */
record Loss(OptionalLong count, String what, String remedy) {
  private static final String OPEN = "--tunnels innermost";

  private Loss(long count, String noun, String rest, String remedy) {
    this(OptionalLong.of(count), Quantity.noun(count, noun) + rest, remedy);
  }

  /** All that there are, without those of which there are none. */
  static List<Loss> of(Inspection inspection) {
    CaptureTotals totals = inspection.totals();
    List<Loss> losses = new ArrayList<>();
    unread(inspection, losses);
    dropped(totals, inspection, losses);
    order(totals, losses);
    losses.add(
        new Loss(
            inspection.flows().beyondTokens(),
            "packet",
            " behind the 64th of a flow, counted but not stored",
            ""));
    losses.add(
        new Loss(
            inspection.report().evicted(),
            "flow",
            " cut because the flow table was full",
            "--max-flows N"));
    losses.removeIf(loss -> loss.count().equals(OptionalLong.of(0)));
    return List.copyOf(losses);
  }

  /** Captures whose reading stopped early, and packets that could not be taken out of them. */
  private static void unread(Inspection inspection, List<Loss> losses) {
    long absurd = 0;
    List<CaptureReport> captures = inspection.captures();
    for (int i = 0; i < captures.size(); i++) {
      CaptureStatistics statistics = captures.get(i).statistics();
      OptionalLong stoppedAt = statistics.stoppedAt();
      if (stoppedAt.isPresent()) {
        losses.add(rest(inspection.nameOf(i), statistics, stoppedAt.getAsLong()));
      }
      boolean stoppedThere = stoppedAt.equals(statistics.firstOffset(CaptureIssue.ABSURD_LENGTH));
      absurd += stoppedThere ? 0 : statistics.count(CaptureIssue.ABSURD_LENGTH);
    }
    losses.add(new Loss(absurd, "packet", " not read: " + CaptureIssue.ABSURD_LENGTH.label(), ""));
    losses.add(
        new Loss(
            inspection.totals().count(CaptureIssue.UNKNOWN_INTERFACE),
            "packet",
            " not read: " + CaptureIssue.UNKNOWN_INTERFACE.label(),
            ""));
  }

  private static Loss rest(String capture, CaptureStatistics statistics, long offset) {
    String place = "from offset " + offset;
    String remedy;
    if (statistics.count(CaptureIssue.DAMAGED_GZIP) > 0) {
      place += " of its content";
      remedy = "copy or download it again; gzip -t checks it";
    } else if (statistics.count(CaptureIssue.TRUNCATED_TAIL) > 0) {
      remedy = "copy or download it again, unless the capturing itself was cut off";
    } else {
      remedy = "it is damaged there: copy or download it again";
    }
    return new Loss(
        OptionalLong.empty(), "rest of %s %s not read".formatted(capture, place), remedy);
  }

  private static void dropped(CaptureTotals totals, Inspection inspection, List<Loss> losses) {
    boolean closed = inspection.options().tunnels() == TunnelPolicy.OUTER;
    long inTunnels = closed ? overIp(totals) : 0;
    losses.add(new Loss(inTunnels, "packet", " dropped in tunnels over IP", OPEN));
    losses.add(
        new Loss(
            totals.count(PacketVerdict.OTHER_PROTOCOL) - inTunnels,
            "packet",
            " dropped: " + PacketVerdict.OTHER_PROTOCOL.label(),
            ""));
    losses.add(
        new Loss(
            closed ? sum(totals, Tunnel.Carrier.UDP) : 0,
            "packet",
            " in tunnels over UDP counted as the tunnel's own flow",
            OPEN));
    add(losses, totals, PacketVerdict.FRAGMENT, "--fragments assign");
    add(losses, totals, PacketVerdict.UNASSIGNED_FRAGMENT, "--reorder N, if the first came later");
    add(losses, totals, PacketVerdict.TUNNEL_FRAGMENT, "");
    add(losses, totals, PacketVerdict.TOO_SHORT, "a capture with a longer snap length");
    for (PacketVerdict verdict :
        List.of(
            PacketVerdict.NOT_IP,
            PacketVerdict.PSEUDO_WIRE,
            PacketVerdict.MALFORMED_HEADER,
            PacketVerdict.UNSUPPORTED_EXTENSION_HEADER,
            PacketVerdict.UNSUPPORTED_LINK_TYPE)) {
      add(losses, totals, verdict, "");
    }
    add(losses, totals, PacketVerdict.DUPLICATE, "no --dedup");
  }

  private static void order(CaptureTotals totals, List<Loss> losses) {
    losses.add(
        new Loss(
            totals.count(CaptureIssue.NO_TIMESTAMP) + totals.count(CaptureIssue.INVALID_TIMESTAMP),
            "packet",
            " without a time of its own: that of the packet before is taken, or 1970",
            ""));
    losses.add(
        new Loss(
            totals.sum(CaptureStatistics::duplicates) - totals.count(PacketVerdict.DUPLICATE),
            "exact duplicate",
            " counted, not removed",
            "--dedup removes them"));
    losses.add(
        new Loss(
            totals.count(CaptureIssue.TIME_GOES_BACK),
            "packet",
            " earlier than the one before",
            "--reorder N sorts them"));
  }

  private static void add(
      List<Loss> losses, CaptureTotals totals, PacketVerdict verdict, String remedy) {
    losses.add(new Loss(totals.count(verdict), "packet", " dropped: " + verdict.label(), remedy));
  }

  /** A packet may be in several of them, so no more than were dropped. */
  private static long overIp(CaptureTotals totals) {
    return Math.min(sum(totals, Tunnel.Carrier.IP), totals.count(PacketVerdict.OTHER_PROTOCOL));
  }

  private static long sum(CaptureTotals totals, Tunnel.Carrier carrier) {
    return Arrays.stream(Tunnel.values())
        .filter(tunnel -> tunnel.carrier() == carrier)
        .mapToLong(totals::tunnels)
        .sum();
  }
}
