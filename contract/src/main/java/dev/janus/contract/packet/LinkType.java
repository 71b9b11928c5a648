package dev.janus.contract.packet;

/** Link-layer numbers of capture files (LINKTYPE and the DLT values that leak into files). */
public final class LinkType {
  public static final int NULL = 0;
  public static final int ETHERNET = 1;
  public static final int PPP = 9;
  public static final int RAW_BSD = 12;
  public static final int RAW_OPENBSD = 14;

  /** PPP in frames like those of HDLC, or Cisco's HDLC. */
  public static final int PPP_HDLC = 50;

  /** PPPoE session, without Ethernet around it. */
  public static final int PPP_ETHER = 51;

  public static final int RAW = 101;
  public static final int CISCO_HDLC = 104;
  public static final int IEEE802_11 = 105;
  public static final int LOOP = 108;
  public static final int LINUX_SLL = 113;
  public static final int IEEE802_11_RADIOTAP = 127;
  public static final int IPV4 = 228;
  public static final int IPV6 = 229;
  public static final int NFLOG = 239;
  public static final int LINUX_SLL2 = 276;

  private LinkType() {}

  /** Whether {@link PacketDecoder} can find the IP datagram in frames of this type. */
  public static boolean isSupported(int linkType) {
    return !name(linkType).isEmpty();
  }

  /** What the frames are, for people; empty when the type is not supported. */
  public static String name(int linkType) {
    return switch (linkType) {
      case NULL -> "BSD null";
      case ETHERNET -> "Ethernet";
      case PPP -> "PPP";
      case RAW_BSD, RAW_OPENBSD, RAW -> "raw IP";
      case PPP_HDLC -> "PPP in HDLC";
      case PPP_ETHER -> "PPPoE";
      case CISCO_HDLC -> "Cisco HDLC";
      case IEEE802_11 -> "802.11";
      case LOOP -> "BSD loop";
      case LINUX_SLL -> "Linux cooked";
      case IEEE802_11_RADIOTAP -> "802.11 with radiotap";
      case IPV4 -> "raw IPv4";
      case IPV6 -> "raw IPv6";
      case NFLOG -> "NFLOG";
      case LINUX_SLL2 -> "Linux cooked v2";
      default -> "";
    };
  }
}
