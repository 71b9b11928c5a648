package dev.janus.contract.artifact;

import java.util.Optional;

/** The values of one column in the row group being filled, and how they are laid out in pages. */
sealed interface ColumnBuffer permits NumberBuffer, BitBuffer, TextBuffer {
  /** Smallest and largest value as Parquet stores them. */
  @SuppressWarnings("ArrayRecordComponent")
  record Bounds(byte[] min, byte[] max) {}

  /** Values held. */
  int rows();

  /** Settles how this row group is encoded; called once, when it is full. */
  void seal();

  /** The values that data pages refer to by number; empty when pages hold the values themselves. */
  Optional<DictionaryPage> dictionary();

  /** Content of a data page with the rows {@code from} (inclusive) to {@code to}. */
  byte[] page(int from, int to);

  /** Empty where the values have no bounds worth stating. */
  Optional<Bounds> bounds();

  /** Forgets the values and keeps the memory. */
  void clear();

  /** A dictionary in plain encoding. */
  @SuppressWarnings("ArrayRecordComponent")
  record DictionaryPage(byte[] bytes, int values) {}

  /** An empty buffer for up to {@code capacity} rows. */
  static ColumnBuffer of(ColumnType type, int capacity) {
    return switch (type) {
      case INT32, INT64, FLOAT, DOUBLE -> new NumberBuffer(type, capacity);
      case BOOLEAN -> new BitBuffer();
      case STRING -> new TextBuffer(capacity);
      case OTHER -> throw new IllegalArgumentException("columns of other types are only read");
    };
  }
}
