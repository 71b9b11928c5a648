package dev.janus.contract.label;

/**
 * A number about a flow that a rule may ask for. Forward is from the flow's initiator.
 *
 * <p>A flow keeps its first 64 packets. Numbers of a longer one are estimates: what the stored
 * packets show, scaled to all packets; the longest payload and {@link #DURATION_US} are taken as
 * they are. Payload is not stored either, and is worked out from packet lengths; see {@link
 * FlowFacts}.
 */
public enum FlowFact {
  PACKETS("packets"),
  FORWARD_PACKETS("forward_packets"),
  BACKWARD_PACKETS("backward_packets"),
  /** Bytes of payload. */
  FORWARD_BYTES("forward_bytes"),
  BACKWARD_BYTES("backward_bytes"),
  /** Longest payload of one packet. */
  FORWARD_LARGEST("forward_largest"),
  /** Packets with RST. */
  FORWARD_RESETS("forward_resets"),
  BACKWARD_RESETS("backward_resets"),
  /** Microseconds from the first packet to the last. */
  DURATION_US("duration_us");

  private final String key;

  FlowFact(String key) {
    this.key = key;
  }

  /** Name in rule files. */
  public String key() {
    return key;
  }
}
