package dev.janus.contract.packet;

/** The nine channels of a packet token, in token order (method, section 2). */
public enum PacketChannel {
  /** IP datagram length. */
  SIZE("size", Kind.CONTINUOUS, "bytes"),
  /** Time since the previous packet of the same flow in either direction; 0 for the first. */
  IAT("iat", Kind.CONTINUOUS, "microseconds"),
  /** 0 from the initiator to the responder, 1 for the reverse. */
  DIRECTION("direction", Kind.BIT, "bit"),
  SYN("syn", Kind.BIT, "bit"),
  ACK("ack", Kind.BIT, "bit"),
  FIN("fin", Kind.BIT, "bit"),
  RST("rst", Kind.BIT, "bit"),
  PSH("psh", Kind.BIT, "bit"),
  /** TCP window field as on the wire, not scaled; 0 when the packet is not TCP. */
  WINDOW("window", Kind.CONTINUOUS, "bytes");

  /** How the model treats a channel. */
  public enum Kind {
    CONTINUOUS,
    BIT
  }

  private final String label;
  private final Kind kind;
  private final String unit;

  PacketChannel(String label, Kind kind, String unit) {
    this.label = label;
    this.kind = kind;
    this.unit = unit;
  }

  /** Position in the token, 0..8. */
  public int index() {
    return ordinal();
  }

  public String label() {
    return label;
  }

  public Kind kind() {
    return kind;
  }

  public String unit() {
    return unit;
  }
}
