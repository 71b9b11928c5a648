package dev.janus.contract.label;

import dev.janus.contract.flow.IpAddress;

/**
 * An address, or all addresses with the same first bits.
 *
 * @param address any of them
 * @param prefix how many bits are the same, 0..32 or 0..128
 */
public record AddressBlock(IpAddress address, int prefix) {
  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;

  /**
   * @throws IllegalArgumentException when the prefix is longer than the address
   */
  public AddressBlock {
    if (prefix < 0 || prefix > bits(address)) {
      throw new IllegalArgumentException(
          "a block of %s has 0 to %d fixed bits, not %d".formatted(address, bits(address), prefix));
    }
  }

  /**
   * Reads {@code 192.168.10.50}, {@code 192.168.10.0/24} or an IPv6 form of either.
   *
   * @throws IllegalArgumentException when the text is neither
   */
  public static AddressBlock parse(String text) {
    String trimmed = text.strip();
    int slash = trimmed.indexOf('/');
    if (slash < 0) {
      IpAddress address = IpAddress.parse(trimmed);
      return new AddressBlock(address, bits(address));
    }
    String length = trimmed.substring(slash + 1);
    if (!length.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("\"" + text + "\" is no block of addresses");
    }
    return new AddressBlock(IpAddress.parse(trimmed.substring(0, slash)), Integer.parseInt(length));
  }

  /** Whether an address is one of them. */
  public boolean contains(IpAddress other) {
    if (other.family() != address.family()) {
      return false;
    }
    if (address.family() == IpAddress.Family.IPV4) {
      return same(other.low(), address.low(), V4_BITS, prefix);
    }
    return same(other.high(), address.high(), Long.SIZE, Math.min(prefix, Long.SIZE))
        && same(other.low(), address.low(), Long.SIZE, Math.max(prefix - Long.SIZE, 0));
  }

  /** As {@link #parse} reads it, with the number of fixed bits. */
  public String text() {
    return address + "/" + prefix;
  }

  private static boolean same(long one, long other, int width, int fixed) {
    return fixed == 0 || (one ^ other) >>> (width - fixed) == 0;
  }

  private static int bits(IpAddress address) {
    return address.family() == IpAddress.Family.IPV4 ? V4_BITS : V6_BITS;
  }
}
