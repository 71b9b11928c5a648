package dev.janus.explain;

/** Who sent a packet. */
public enum Side {
  /** The sender of the flow's first packet. */
  INITIATOR("initiator"),
  RESPONDER("responder");

  private final String label;

  Side(String label) {
    this.label = label;
  }

  /** Name in texts and files. */
  public String label() {
    return label;
  }
}
