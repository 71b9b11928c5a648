package dev.janus.contract.capture;

import dev.janus.contract.ContractException;

/** Packets of a pcapng file: several sections, each in its own byte order, several interfaces. */
final class PcapngRecords implements RecordSource {
  /** The same in both byte orders. */
  static final int SECTION_HEADER = 0x0a0d0d0a;

  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int OLD_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;

  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int SHORTEST_BLOCK = 12;
  private static final int SHORTEST_SECTION_HEADER = 28;
  private static final int SHORTEST_INTERFACE = 20;
  private static final int SHORTEST_SIMPLE_PACKET = 16;
  private static final int SHORTEST_PACKET = 32;
  private static final int SIMPLE_PACKET_DATA = 12;
  private static final int PACKET_DATA = 28;

  private final InputBuffer in;
  private final CaptureStatistics statistics;
  private final PcapngInterfaces interfaces = new PcapngInterfaces();
  private long blockLength;
  private boolean ended;

  /**
   * @throws ContractException when the first section header is cut or wrong
   */
  PcapngRecords(InputBuffer in, CaptureStatistics statistics) {
    this.in = in;
    this.statistics = statistics;
    if (!in.ensure(SHORTEST_SECTION_HEADER)) {
      throw new ContractException(
          in.name()
              + ": offset "
              + in.available()
              + ": the file ends inside its pcapng section header");
    }
    if (!startSection()) {
      throw new ContractException(
          in.name()
              + ": offset 0: the pcapng section header has no valid byte order, length or version");
    }
  }

  @Override
  public boolean next(PacketRecord record) {
    while (!ended && finishBlock() && startBlock()) {
      switch (in.int32(0)) {
        case SECTION_HEADER -> {
          if (!startSection()) {
            stop();
          }
        }
        case INTERFACE_DESCRIPTION -> describeInterface();
        case ENHANCED_PACKET, OLD_PACKET -> {
          if (packet(record)) {
            return true;
          }
        }
        case SIMPLE_PACKET -> {
          if (simplePacket(record)) {
            return true;
          }
        }
        default -> {}
      }
    }
    return false;
  }

  /** Goes behind the current block and compares the length at its end with the one in front. */
  private boolean finishBlock() {
    if (!in.skip(blockLength - 4) || !in.ensure(4)) {
      return end(false);
    }
    if (in.unsignedInt(0) != blockLength) {
      statistics.issue(CaptureIssue.BAD_BLOCK, in.offset());
    }
    return in.skip(4);
  }

  private boolean startBlock() {
    if (!in.ensure(SHORTEST_BLOCK)) {
      return end(in.available() == 0);
    }
    if (in.int32(0) == SECTION_HEADER) {
      return true;
    }
    blockLength = in.unsignedInt(4);
    return isPossible(blockLength) || stop();
  }

  private static boolean isPossible(long length) {
    return length >= SHORTEST_BLOCK && length % 4 == 0;
  }

  /** Takes byte order and length from the section header at the position. */
  private boolean startSection() {
    in.bigEndian(false);
    int magic = in.int32(8);
    in.bigEndian(magic == Integer.reverseBytes(BYTE_ORDER_MAGIC));
    if (in.int32(8) != BYTE_ORDER_MAGIC || !in.ensure(SHORTEST_SECTION_HEADER)) {
      return false;
    }
    blockLength = in.unsignedInt(4);
    interfaces.clear();
    boolean knownVersion = in.unsignedShort(12) == 1;
    return knownVersion && blockLength >= SHORTEST_SECTION_HEADER && isPossible(blockLength);
  }

  private void describeInterface() {
    int inWindow = (int) Math.min(blockLength, InputBuffer.LOOK_AHEAD);
    if (blockLength < SHORTEST_INTERFACE) {
      statistics.issue(CaptureIssue.BAD_BLOCK, in.offset());
    } else if (in.ensure(inWindow)) {
      interfaces.add(in, inWindow);
    } else {
      end(false);
    }
  }

  /** Enhanced and old packet blocks differ only in the width of the interface number. */
  private boolean packet(PacketRecord record) {
    record.index++;
    if (blockLength < SHORTEST_PACKET) {
      return lost(CaptureIssue.ABSURD_LENGTH);
    }
    if (!in.ensure(PACKET_DATA)) {
      return end(false);
    }
    long number = in.int32(0) == OLD_PACKET ? in.unsignedShort(8) : in.unsignedInt(8);
    if (!interfaces.has(number)) {
      return lost(CaptureIssue.UNKNOWN_INTERFACE);
    }
    long captured = in.unsignedInt(20);
    if (captured > blockLength - SHORTEST_PACKET || captured > PcapRecords.LONGEST_PACKET) {
      return lost(CaptureIssue.ABSURD_LENGTH);
    }
    long ticks = in.unsignedInt(12) << 32 | in.unsignedInt(16);
    record.timeMicros = interfaces.resolution((int) number).toMicros(ticks);
    record.timed = record.timeMicros != TimestampResolution.UNUSABLE;
    record.original = in.unsignedInt(24);
    return frame(record, PACKET_DATA, (int) captured, (int) number)
        && (record.timed || noted(CaptureIssue.INVALID_TIMESTAMP));
  }

  /** A simple packet belongs to the first interface and has no time. */
  private boolean simplePacket(PacketRecord record) {
    record.index++;
    if (blockLength < SHORTEST_SIMPLE_PACKET) {
      return lost(CaptureIssue.ABSURD_LENGTH);
    }
    if (!interfaces.has(0)) {
      return lost(CaptureIssue.UNKNOWN_INTERFACE);
    }
    long captured = Math.min(in.unsignedInt(8), blockLength - SHORTEST_SIMPLE_PACKET);
    if (interfaces.snapLength(0) > 0) {
      captured = Math.min(captured, interfaces.snapLength(0));
    }
    if (captured > PcapRecords.LONGEST_PACKET) {
      return lost(CaptureIssue.ABSURD_LENGTH);
    }
    record.timed = false;
    record.original = in.unsignedInt(8);
    return frame(record, SIMPLE_PACKET_DATA, (int) captured, 0) && noted(CaptureIssue.NO_TIMESTAMP);
  }

  private boolean frame(PacketRecord record, int dataAt, int captured, int number) {
    int inWindow = Math.min(captured, InputBuffer.LOOK_AHEAD - dataAt);
    if (!in.ensure(dataAt + inWindow)) {
      return end(false);
    }
    record.fileOffset = in.offset();
    record.bytes = in.array();
    record.offset = in.position() + dataAt;
    record.available = inWindow;
    record.captured = captured;
    record.linkType = interfaces.linkType(number);
    return true;
  }

  private boolean noted(CaptureIssue issue) {
    statistics.issue(issue, in.offset());
    return true;
  }

  private boolean lost(CaptureIssue issue) {
    statistics.issue(issue, in.offset());
    return false;
  }

  /** Without a length that can be right, the next block cannot be found. */
  private boolean stop() {
    ended = true;
    statistics.stop(CaptureIssue.BAD_BLOCK, in.offset());
    return false;
  }

  private boolean end(boolean betweenBlocks) {
    ended = true;
    statistics.endOfInput(in, betweenBlocks);
    return false;
  }
}
