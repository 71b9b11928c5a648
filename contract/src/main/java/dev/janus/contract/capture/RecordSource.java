package dev.janus.contract.capture;

/** Packets one after the other. Frames stay valid until the next call. */
sealed interface RecordSource permits PcapRecords, PcapngRecords, ReorderWindow, DuplicateFilter {
  /**
   * Moves {@code record} to the next packet and counts what it must leave out.
   *
   * @return false at the end of what can be read
   */
  boolean next(PacketRecord record);
}
