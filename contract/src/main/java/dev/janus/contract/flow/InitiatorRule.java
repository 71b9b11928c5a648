package dev.janus.contract.flow;

/** Who is taken for the initiator of a flow. */
public enum InitiatorRule {
  /** The sender of the first packet seen, whatever it is (method, section 1.4). */
  FIRST_SENDER,
  /**
   * As {@link #FIRST_SENDER}, but the receiver when the first packet is a TCP SYN with ACK: it
   * answers a SYN that was lost or captured out of order.
   */
  SYN_SENDER
}
