package dev.janus.contract.flow;

/** The text forms of {@link IpAddress}. The JDK's own parser would ask the resolver for names. */
final class IpAddressText {
  private static final int GROUPS = 8;

  private IpAddressText() {}

  static IpAddress parse(String text) {
    return text.indexOf(':') < 0 ? IpAddress.ofV4(dottedQuad(text, 0, text)) : parseV6(text);
  }

  static String format(IpAddress address) {
    return address.family() == IpAddress.Family.IPV4
        ? formatV4((int) address.low())
        : formatV6(address.high(), address.low());
  }

  private static int dottedQuad(String text, int from, String whole) {
    int bits = 0;
    int octets = 0;
    int at = from;
    while (octets < 4) {
      int digits = 0;
      int octet = 0;
      int first = at;
      while (at < text.length() && isDigit(text.charAt(at)) && digits < 3) {
        octet = octet * 10 + text.charAt(at++) - '0';
        digits++;
      }
      // Some tools read 010 as octal 8: better no address than the wrong one.
      boolean leadingZero = digits > 1 && text.charAt(first) == '0';
      if (digits == 0 || octet > 255 || leadingZero) {
        throw malformed(whole);
      }
      bits = bits << 8 | octet;
      octets++;
      if (octets < 4 && (at == text.length() || text.charAt(at++) != '.')) {
        throw malformed(whole);
      }
    }
    if (at != text.length()) {
      throw malformed(whole);
    }
    return bits;
  }

  private static IpAddress parseV6(String text) {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gapAt = -1;
    int at = 0;
    if (text.startsWith("::")) {
      gapAt = 0;
      at = 2;
    }
    while (at < text.length()) {
      int end = text.indexOf(':', at);
      String group = text.substring(at, end < 0 ? text.length() : end);
      if (count == GROUPS) {
        throw malformed(text);
      }
      if (end < 0 && group.indexOf('.') >= 0) {
        if (count > GROUPS - 2) {
          throw malformed(text);
        }
        int quad = dottedQuad(text, at, text);
        groups[count++] = quad >>> 16;
        groups[count++] = quad & 0xffff;
        break;
      }
      groups[count++] = hexGroup(group, text);
      if (end < 0) {
        break;
      }
      at = end + 1;
      if (at == text.length()) {
        throw malformed(text);
      }
      if (text.charAt(at) == ':') {
        if (gapAt >= 0) {
          throw malformed(text);
        }
        gapAt = count;
        at++;
      }
    }
    if (gapAt < 0 ? count != GROUPS : count == GROUPS) {
      throw malformed(text);
    }
    return assemble(groups, count, gapAt);
  }

  private static IpAddress assemble(int[] groups, int count, int gapAt) {
    long[] halves = new long[2];
    int gap = GROUPS - count;
    for (int i = 0; i < count; i++) {
      int slot = gapAt >= 0 && i >= gapAt ? i + gap : i;
      halves[slot / 4] |= (long) groups[i] << (48 - 16 * (slot % 4));
    }
    return IpAddress.ofV6(halves[0], halves[1]);
  }

  private static int hexGroup(String group, String whole) {
    if (group.isEmpty() || group.length() > 4) {
      throw malformed(whole);
    }
    int value = 0;
    for (int i = 0; i < group.length(); i++) {
      char c = group.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw malformed(whole);
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static String formatV4(int bits) {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xff)
        + "."
        + (bits >>> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }

  private static String formatV6(long high, long low) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      long half = i < 4 ? high : low;
      groups[i] = (int) (half >>> (48 - 16 * (i % 4))) & 0xffff;
    }
    int gapStart = -1;
    int gapLength = 1; // a single zero group is written out (RFC 5952, section 4.2.2)
    for (int i = 0; i < GROUPS; i++) {
      int run = 0;
      while (i + run < GROUPS && groups[i + run] == 0) {
        run++;
      }
      if (run > gapLength) {
        gapStart = i;
        gapLength = run;
      }
      i += run;
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (i == gapStart) {
        text.append("::");
        i += gapLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException("not an IP address: \"" + text + "\"");
  }
}
