package dev.janus.contract.packet;

/** What became of a captured packet: kept, or why it was dropped (method, section 1.2). */
public enum PacketVerdict {
  /** TCP, UDP, ICMP or ICMPv6 with everything a token needs. */
  KEPT("kept"),
  /** ARP, LLC without IP, encrypted radio frames and whatever else holds no IP datagram. */
  NOT_IP("not IP"),
  /** MPLS around something that is no IP datagram: which kind of frame, the labels do not say. */
  PSEUDO_WIRE("MPLS pseudo-wire"),
  /**
   * A fragment without ports, or an IPv6 packet with a fragment header, with {@link
   * FragmentPolicy#DROP}.
   */
  FRAGMENT("fragment"),
  /** A fragment without ports whose first fragment was not seen shortly before. */
  UNASSIGNED_FRAGMENT("later fragment without its first"),
  /** A later fragment of a tunnel packet that was opened: its bytes count there already. */
  TUNNEL_FRAGMENT("later fragment of an opened tunnel"),
  /** The captured part, or the datagram, ends before addresses, ports or TCP window. */
  TOO_SHORT("captured part too short"),
  /** The IP version does not fit, or the IPv4 header length is below 20 bytes. */
  MALFORMED_HEADER("malformed IP header"),
  /** IP, but neither TCP, UDP, ICMP nor ICMPv6. */
  OTHER_PROTOCOL("other IP protocol"),
  /** An IPv6 header that cannot be passed: ESP, mobility and others, or too many of them. */
  UNSUPPORTED_EXTENSION_HEADER("unsupported IPv6 extension header"),
  /** The interface's frames are none of those that {@link LinkType} lists. */
  UNSUPPORTED_LINK_TYPE("unsupported link type"),
  /** The very same frame was seen shortly before, and duplicates are to be removed. */
  DUPLICATE("exact duplicate");

  private final String label;

  PacketVerdict(String label) {
    this.label = label;
  }

  /** A few words for people, without the count. */
  public String label() {
    return label;
  }
}
