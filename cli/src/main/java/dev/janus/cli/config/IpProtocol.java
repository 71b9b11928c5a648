package dev.janus.cli.config;

import java.util.Locale;
import java.util.Map;

/**
 * An IP protocol, written by its name where it is a usual one.
 *
 * @param number 0..255
 */
public record IpProtocol(int number) {
  private static final Map<Integer, String> NAMES =
      Map.of(6, "TCP", 17, "UDP", 1, "ICMP", 58, "ICMPv6");

  /**
   * Reads a name or a number.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static IpProtocol parse(String text) {
    for (Map.Entry<Integer, String> name : NAMES.entrySet()) {
      if (name.getValue().equalsIgnoreCase(text)) {
        return new IpProtocol(name.getKey());
      }
    }
    if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > 0xff) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no protocol; write tcp, udp, icmp, icmpv6 or a number");
    }
    return new IpProtocol(Integer.parseInt(text));
  }

  /** Its name in a sentence: "TCP", or "IP protocol 47". */
  public String title() {
    return NAMES.getOrDefault(number, "IP protocol " + number);
  }

  /** Its name in files, as configurations have it: "tcp", or "47". */
  @Override
  public String toString() {
    return NAMES.getOrDefault(number, Integer.toString(number)).toLowerCase(Locale.ROOT);
  }
}
