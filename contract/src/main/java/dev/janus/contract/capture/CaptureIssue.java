package dev.janus.contract.capture;

/** What can be wrong with a capture file without making it unreadable. */
public enum CaptureIssue {
  /** The file ends inside a record or block; everything before it was read. */
  TRUNCATED_TAIL("file ends inside a record"),
  /** A gzip stream that ends early or is damaged; everything before that place was read. */
  DAMAGED_GZIP("gzip stream cut or damaged"),
  /**
   * A record longer than any packet, a packet longer than its block, or a block too short for one.
   * In classic pcap the next record cannot be found, so reading ends there; in pcapng only that
   * packet is lost.
   */
  ABSURD_LENGTH("absurd record length"),
  /**
   * A pcapng block whose length cannot be right: reading ends there. Or one whose two lengths
   * differ, or a description of an interface that is too short; these are passed over.
   */
  BAD_BLOCK("bad pcapng block"),
  /** A pcapng packet of an interface that was never described; the packet is lost. */
  UNKNOWN_INTERFACE("packet of an undescribed interface"),
  /**
   * A time stamp whose fraction is a second or more (carried over), or that lies outside the years
   * 1 to 9999 (the time of the packet before is taken; at the beginning of a file, 0).
   */
  INVALID_TIMESTAMP("invalid time stamp"),
  /**
   * A pcapng simple packet block: it has no time, the time of the packet before is taken. Before
   * the first packet with a time that is 0, the beginning of 1970: times of a file of simple
   * packets alone say nothing, and nobody knows how long before a later packet an early one came.
   */
  NO_TIMESTAMP("no time stamp"),
  /** A packet earlier than the one before it. */
  TIME_GOES_BACK("time goes back");

  private final String label;

  CaptureIssue(String label) {
    this.label = label;
  }

  /** A few words for people, without the count. */
  public String label() {
    return label;
  }
}
