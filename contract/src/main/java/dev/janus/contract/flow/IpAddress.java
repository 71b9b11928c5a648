package dev.janus.contract.flow;

/**
 * An IPv4 or IPv6 address as two longs, so that comparing and hashing allocate nothing.
 *
 * @param high upper 64 bits of an IPv6 address; 0 for IPv4
 * @param low lower 64 bits, or the 32-bit IPv4 address
 * @param family which of the two it is
 */
public record IpAddress(long high, long low, Family family) {
  /** Address families. */
  public enum Family {
    IPV4,
    IPV6
  }

  public static IpAddress ofV4(int bits) {
    return new IpAddress(0, bits & 0xffff_ffffL, Family.IPV4);
  }

  public static IpAddress ofV6(long high, long low) {
    return new IpAddress(high, low, Family.IPV6);
  }

  /**
   * Reads the text form: dotted quad for IPv4; RFC 4291 groups for IPv6, with {@code ::} and a
   * dotted-quad tail allowed, without zone.
   *
   * @throws IllegalArgumentException when the text is not an address; no name is ever looked up
   */
  public static IpAddress parse(String text) {
    return IpAddressText.parse(text);
  }

  /** Dotted quad, or the canonical IPv6 text of RFC 5952 (hexadecimal groups throughout). */
  @Override
  public String toString() {
    return IpAddressText.format(this);
  }
}
