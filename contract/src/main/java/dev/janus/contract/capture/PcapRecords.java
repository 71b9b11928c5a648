package dev.janus.contract.capture;

import dev.janus.contract.ContractException;

/** Records of a classic pcap file in any of its three forms. */
final class PcapRecords implements RecordSource {
  /** libpcap's own limit on a captured packet; nothing on a real network is longer. */
  static final int USUAL_LONGEST_PACKET = 1 << 18;

  /** A file whose header announces longer packets may have them up to here. */
  static final int LONGEST_PACKET = 1 << 24;

  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int MODIFIED_RECORD_HEADER = 24;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final InputBuffer in;
  private final CaptureStatistics statistics;
  private final int recordHeader;
  private final boolean nanos;
  private final int linkType;
  private final long longestPacket;
  private long toSkip;
  private boolean ended;

  /**
   * @throws ContractException when the file header is cut
   */
  PcapRecords(InputBuffer in, CaptureMagic magic, CaptureStatistics statistics) {
    this.in = in;
    this.statistics = statistics;
    if (!in.ensure(FILE_HEADER)) {
      throw new ContractException(
          in.name()
              + ": offset "
              + in.available()
              + ": the file ends inside its pcap header of "
              + FILE_HEADER
              + " bytes");
    }
    in.bigEndian(magic.bigEndian());
    recordHeader =
        magic.format() == CaptureFormat.PCAP_MODIFIED ? MODIFIED_RECORD_HEADER : RECORD_HEADER;
    nanos = magic.format() == CaptureFormat.PCAP_NANOS;
    long snapLength = in.unsignedInt(16);
    longestPacket =
        snapLength <= LONGEST_PACKET
            ? Math.max(snapLength, USUAL_LONGEST_PACKET)
            : USUAL_LONGEST_PACKET;
    // The upper bits tell the length of the frame check sequence, not the type.
    linkType = in.int32(20) & 0x03ff_ffff;
    toSkip = FILE_HEADER;
  }

  @Override
  public boolean next(PacketRecord record) {
    if (ended) {
      return false;
    }
    if (!in.skip(toSkip)) {
      return end(false);
    }
    if (!in.ensure(recordHeader)) {
      return end(in.available() == 0);
    }
    long captured = in.unsignedInt(8);
    if (captured > longestPacket) {
      ended = true;
      statistics.stop(CaptureIssue.ABSURD_LENGTH, in.offset());
      return false;
    }
    int inWindow = (int) Math.min(captured, InputBuffer.LOOK_AHEAD - recordHeader);
    if (!in.ensure(recordHeader + inWindow)) {
      return end(false);
    }
    record.index++;
    record.fileOffset = in.offset();
    record.bytes = in.array();
    record.offset = in.position() + recordHeader;
    record.available = inWindow;
    record.captured = (int) captured;
    record.original = in.unsignedInt(12);
    record.linkType = linkType;
    record.timeMicros = micros(in.unsignedInt(0), in.unsignedInt(4));
    record.timed = true;
    toSkip = recordHeader + captured;
    return true;
  }

  /** The half microsecond goes up; an overfull fraction is carried into the seconds. */
  private long micros(long seconds, long fraction) {
    if (fraction >= (nanos ? NANOS_PER_SECOND : MICROS_PER_SECOND)) {
      statistics.issue(CaptureIssue.INVALID_TIMESTAMP, in.offset());
    }
    return seconds * MICROS_PER_SECOND + (nanos ? (fraction + 500) / 1000 : fraction);
  }

  private boolean end(boolean betweenRecords) {
    ended = true;
    statistics.endOfInput(in, betweenRecords);
    return false;
  }
}
