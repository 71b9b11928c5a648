package dev.janus.contract.packet;

/** What became of a captured packet: kept, or why it was dropped (method, section 1.2). */
public enum PacketVerdict {
  /** TCP, UDP, ICMP or ICMPv6 with everything a token needs. */
  KEPT("kept"),
  /** ARP, LLC, MPLS, PPPoE and whatever else is not directly an IP datagram. */
  NOT_IP("not IP"),
  /** An IPv4 fragment with a non-zero offset: it has no ports, so no flow can be found. */
  FRAGMENT("later IPv4 fragment"),
  /** The captured part ends before the addresses, the ports or the TCP window. */
  TOO_SHORT("captured part too short"),
  /** The IP version does not fit, or the IPv4 header length is below 20 bytes. */
  MALFORMED_HEADER("malformed IP header"),
  /** IP, but neither TCP, UDP, ICMP nor ICMPv6. */
  OTHER_PROTOCOL("other IP protocol"),
  /** An IPv6 header that is not skipped: fragment, AH, ESP, mobility, or too many of them. */
  UNSUPPORTED_EXTENSION_HEADER("unsupported IPv6 extension header"),
  /** The interface is not Ethernet, Linux cooked, raw IP or BSD null/loop. */
  UNSUPPORTED_LINK_TYPE("unsupported link type");

  private final String label;

  PacketVerdict(String label) {
    this.label = label;
  }

  /** A few words for people, without the count. */
  public String label() {
    return label;
  }
}
