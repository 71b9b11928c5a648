package dev.janus.contract.capture;

import dev.janus.contract.packet.DecodingStatistics;
import dev.janus.contract.packet.PacketVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Counters of one capture, kept up to date while it is read. Always {@code packetsRead ==
 * packetsKept + sum of dropped}. Not thread-safe.
 */
public final class CaptureStatistics {
  /** Stands for link types that are not counted one by one. */
  public static final int OTHER_LINK_TYPES = -1;

  private static final int MOST_LINK_TYPES = 64;

  private final long[] verdicts = new long[PacketVerdict.values().length];
  private final long[] issues = new long[CaptureIssue.values().length];
  private final long[] firstOffsets = new long[CaptureIssue.values().length];
  private final DecodingStatistics decoding;
  private int[] linkTypes = {0};
  private long[] linkPackets = {0};

  /** Index of the link type of the latest packet, that type, and how many came since another. */
  private int latestLink;

  private int latestLinkType;
  private long latestLinkPackets;
  private long firstMicros = Long.MAX_VALUE;
  private long lastMicros = Long.MIN_VALUE;
  private long wireBytes;
  private long cutPackets;
  private long duplicates;
  private long resorted;
  private long tooLate;
  private OptionalInt unsupportedLinkType = OptionalInt.empty();
  private OptionalLong stoppedAt = OptionalLong.empty();

  CaptureStatistics(DecodingStatistics decoding) {
    this.decoding = decoding;
  }

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

  /** Tunnels and fragments; the same object at each call. */
  public DecodingStatistics decoding() {
    return decoding;
  }

  /**
   * Packets read by link-layer number, in the order of the numbers. Numbers beyond the first
   * {@value #MOST_LINK_TYPES} different ones are counted together as {@link #OTHER_LINK_TYPES}.
   */
  public Map<Integer, Long> linkTypes() {
    Map<Integer, Long> packets = new TreeMap<>();
    for (int i = 0; i < linkTypes.length; i++) {
      long count = linkPackets[i] + (i == latestLink ? latestLinkPackets : 0);
      if (count > 0) {
        packets.put(linkTypes[i], count);
      }
    }
    return packets;
  }

  /** Epoch microseconds of the earliest packet read, kept or not; empty before the first. */
  public OptionalLong firstMicros() {
    return firstMicros > lastMicros ? OptionalLong.empty() : OptionalLong.of(firstMicros);
  }

  /** Epoch microseconds of the latest packet read, kept or not; empty before the first. */
  public OptionalLong lastMicros() {
    return firstMicros > lastMicros ? OptionalLong.empty() : OptionalLong.of(lastMicros);
  }

  /** Sum of the lengths that the packets read had on the wire. */
  public long wireBytes() {
    return wireBytes;
  }

  /** Packets of which less was captured than was on the wire. */
  public long cutPackets() {
    return cutPackets;
  }

  /** Exact duplicates, removed or not; 0 with {@link DuplicatePolicy#KEEP}. */
  public long duplicates() {
    return duplicates;
  }

  /** Packets earlier than the one before them that the window put into their place. */
  public long resorted() {
    return resorted;
  }

  /** Packets that came later than the window for re-sorting allows. */
  public long tooLate() {
    return tooLate;
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
        lines.add(packets(count) + " dropped: " + verdict.label() + detail);
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
    if (tooLate > 0) {
      lines.add(packets(tooLate) + " came too late to be re-sorted");
    }
    stoppedAt.ifPresent(at -> lines.add("reading stopped at offset " + at));
    return List.copyOf(lines);
  }

  private static String packets(long count) {
    return count + (count == 1 ? " packet" : " packets");
  }

  void packet(PacketVerdict verdict, PacketRecord record) {
    verdicts[verdict.ordinal()]++;
    if (record.linkType != latestLinkType) {
      changeLink(record.linkType);
    }
    latestLinkPackets++;
    wireBytes += record.original;
    if (record.original > record.captured) {
      cutPackets++;
    }
    if (record.timed) {
      firstMicros = Math.min(firstMicros, record.timeMicros);
      lastMicros = Math.max(lastMicros, record.timeMicros);
    }
  }

  private void changeLink(int linkType) {
    linkPackets[latestLink] += latestLinkPackets;
    latestLinkPackets = 0;
    latestLinkType = linkType;
    int known = linkTypes.length;
    for (latestLink = 0; latestLink < known; latestLink++) {
      if (linkTypes[latestLink] == linkType) {
        return;
      }
    }
    if (known > MOST_LINK_TYPES) {
      latestLink = known - 1;
      return;
    }
    linkTypes = Arrays.copyOf(linkTypes, known + 1);
    linkPackets = Arrays.copyOf(linkPackets, known + 1);
    linkTypes[known] = known == MOST_LINK_TYPES ? OTHER_LINK_TYPES : linkType;
  }

  void duplicate() {
    duplicates++;
  }

  /** A packet earlier than the one before it. */
  void outOfOrder(boolean inWindow) {
    if (inWindow) {
      resorted++;
    } else {
      tooLate++;
    }
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
