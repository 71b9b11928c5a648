package dev.janus.contract.capture;

/** Where in the input buffer the current packet lies, and what its record says about it. */
final class PacketRecord {
  /** Position in the capture, from 0; packets whose record was unusable are counted too. */
  long index = -1;

  /** Index of the frame's first byte in the buffer's array. */
  int offset;

  /** Bytes of the frame in the buffer. */
  int available;

  /** Captured length the record states. */
  int captured;

  int linkType;

  /** Epoch microseconds; meaningless when {@link #timed} is false. */
  long timeMicros;

  /** False when the record has no usable time stamp. */
  boolean timed;

  /** Offset of the record in the uncompressed file. */
  long fileOffset;
}
