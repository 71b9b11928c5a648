package dev.janus.autograd;

/** Where the flow token stands among the tokens of a flow. */
public enum FlowTokenPlace {
  /** Behind the packets. */
  LAST,
  /** Before the packets, which read it where attention is causal. */
  FIRST;

  /** Row of the flow token in a flow of {@code packets} packets. */
  public int flowRow(int packets) {
    return this == LAST ? packets : 0;
  }

  /** Row of the first packet in a flow. */
  public int firstPacketRow() {
    return this == LAST ? 0 : 1;
  }
}
