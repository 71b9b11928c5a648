package dev.janus.contract.capture;

import dev.janus.contract.packet.PacketVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Counters of one capture, kept up to date while it is read. Always {@code packetsRead ==
 * packetsKept + sum of dropped}. Not thread-safe.
 */
public final class CaptureStatistics {
  private final long[] verdicts = new long[PacketVerdict.values().length];
  private final long[] issues = new long[CaptureIssue.values().length];
  private final long[] firstOffsets = new long[CaptureIssue.values().length];
  private OptionalInt unsupportedLinkType = OptionalInt.empty();
  private OptionalLong stoppedAt = OptionalLong.empty();

  CaptureStatistics() {}

  /** Packet records that could be read whole. */
  public long packetsRead() {
    long sum = 0;
    for (long count : verdicts) {
      sum += count;
    }
    return sum;
  }

  /** Packets handed out. */
  public long packetsKept() {
    return verdicts[PacketVerdict.KEPT.ordinal()];
  }

  /** Packets with this verdict. */
  public long count(PacketVerdict verdict) {
    return verdicts[verdict.ordinal()];
  }

  /** How often this happened. */
  public long count(CaptureIssue issue) {
    return issues[issue.ordinal()];
  }

  /** Offset in the (uncompressed) file where this happened first; empty if it never did. */
  public OptionalLong firstOffset(CaptureIssue issue) {
    return count(issue) == 0
        ? OptionalLong.empty()
        : OptionalLong.of(firstOffsets[issue.ordinal()]);
  }

  /** Link-layer number of the first packet whose link type is not supported. */
  public OptionalInt unsupportedLinkType() {
    return unsupportedLinkType;
  }

  /**
   * Offset in the (uncompressed) file behind which nothing could be read; empty when the capture
   * was read to its end or has not ended yet.
   */
  public OptionalLong stoppedAt() {
    return stoppedAt;
  }

  /** One line for each dropping verdict and each issue that occurred, for people. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    for (PacketVerdict verdict : PacketVerdict.values()) {
      long count = count(verdict);
      if (verdict != PacketVerdict.KEPT && count > 0) {
        String detail =
            verdict == PacketVerdict.UNSUPPORTED_LINK_TYPE
                ? " " + unsupportedLinkType.orElseThrow()
                : "";
        lines.add(count + " packets dropped: " + verdict.label() + detail);
      }
    }
    for (CaptureIssue issue : CaptureIssue.values()) {
      if (count(issue) > 0) {
        lines.add(
            count(issue)
                + " x "
                + issue.label()
                + ", first at offset "
                + firstOffsets[issue.ordinal()]);
      }
    }
    stoppedAt.ifPresent(at -> lines.add("reading stopped at offset " + at));
    return List.copyOf(lines);
  }

  void packet(PacketVerdict verdict) {
    verdicts[verdict.ordinal()]++;
  }

  void unsupportedLink(int linkType) {
    if (unsupportedLinkType.isEmpty()) {
      unsupportedLinkType = OptionalInt.of(linkType);
    }
  }

  void issue(CaptureIssue issue, long offset) {
    int at = issue.ordinal();
    if (issues[at]++ == 0) {
      firstOffsets[at] = offset;
    }
  }

  void stop(CaptureIssue issue, long offset) {
    issue(issue, offset);
    stoppedAt = OptionalLong.of(offset);
  }

  /** The file ended; {@code betweenRecords} says whether where it may. */
  void endOfInput(InputBuffer in, boolean betweenRecords) {
    if (in.isDamaged()) {
      stop(CaptureIssue.DAMAGED_GZIP, in.offset());
    } else if (!betweenRecords) {
      stop(CaptureIssue.TRUNCATED_TAIL, in.offset());
    }
  }
}
