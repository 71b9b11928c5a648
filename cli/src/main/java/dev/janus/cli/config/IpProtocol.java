package dev.janus.cli.config;

import java.util.Locale;
import java.util.Map;

/**
 * An IP protocol, written by its name where it is a usual one.
 *
 * @param number 0..255
 */
public record IpProtocol(int number) {
  private static final Map<String, Integer> NAMES =
      Map.of("tcp", 6, "udp", 17, "icmp", 1, "icmpv6", 58);

  /**
   * Reads a name or a number.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static IpProtocol parse(String text) {
    Integer named = NAMES.get(text.toLowerCase(Locale.ROOT));
    if (named != null) {
      return new IpProtocol(named);
    }
    if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > 0xff) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no protocol; write tcp, udp, icmp, icmpv6 or a number");
    }
    return new IpProtocol(Integer.parseInt(text));
  }

  @Override
  public String toString() {
    return NAMES.entrySet().stream()
        .filter(name -> name.getValue() == number)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> Integer.toString(number));
  }
}
