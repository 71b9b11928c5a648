package dev.janus.contract.packet;

/** Ways to carry a datagram or frame inside an IP datagram that are known. */
public enum Tunnel {
  /** IP protocol 4 in IPv4. */
  IPV4_IN_IPV4("4in4", Carrier.IP),
  /** IP protocol 41 in IPv4; 6to4 and ISATAP too. */
  IPV6_IN_IPV4("6in4", Carrier.IP),
  /** IP protocol 4 in IPv6. */
  IPV4_IN_IPV6("4in6", Carrier.IP),
  /** IP protocol 41 in IPv6. */
  IPV6_IN_IPV6("6in6", Carrier.IP),
  /** IP protocol 47, version 0 with any of its fields and version 1 (PPTP). */
  GRE("GRE", Carrier.IP),
  /** Mirrored Ethernet frames in GRE, types I to III. */
  ERSPAN("ERSPAN", Carrier.IP),
  /** UDP port 4789. */
  VXLAN("VXLAN", Carrier.UDP),
  /** UDP port 6081. */
  GENEVE("Geneve", Carrier.UDP),
  /** UDP port 3544. */
  TEREDO("Teredo", Carrier.UDP),
  /** User plane of mobile networks, UDP port 2152, data messages only. */
  GTP_U("GTP-U", Carrier.UDP);

  /** What a tunnel runs over: with {@link TunnelPolicy#OUTER} only those over UDP are kept. */
  public enum Carrier {
    IP,
    UDP
  }

  private final String label;
  private final Carrier carrier;

  Tunnel(String label, Carrier carrier) {
    this.label = label;
    this.carrier = carrier;
  }

  /** Name for people. */
  public String label() {
    return label;
  }

  public Carrier carrier() {
    return carrier;
  }
}
