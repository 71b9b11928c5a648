package dev.janus.contract.capture;

/** Where the current packet lies in memory, and what its record says about it. */
final class PacketRecord {
  /** Position in the capture, from 0; packets whose record was unusable are counted too. */
  long index = -1;

  /** Holds the frame. */
  byte[] bytes = new byte[0];

  /** Index of the frame's first byte in {@link #bytes}. */
  int offset;

  /** Bytes of the frame in {@link #bytes}. */
  int available;

  /** Captured length the record states. */
  int captured;

  /** Length on the wire the record states. */
  long original;

  int linkType;

  /** Epoch microseconds; meaningless when {@link #timed} is false. */
  long timeMicros;

  /** False when the record has no usable time stamp. */
  boolean timed;

  /** Offset of the record in the uncompressed file. */
  long fileOffset;

  /** Becomes a copy of another record, whose frame it shares. */
  void copy(PacketRecord other) {
    index = other.index;
    bytes = other.bytes;
    offset = other.offset;
    available = other.available;
    captured = other.captured;
    original = other.original;
    linkType = other.linkType;
    timeMicros = other.timeMicros;
    timed = other.timed;
    fileOffset = other.fileOffset;
  }
}
