package dev.janus.cli.download;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A cookie of a cookie file.
 *
 * @param domain host it belongs to, without a leading dot; empty for the host of the first request
 * @param below whether it belongs to the hosts below the domain too
 * @param path start of the paths it is sent to
 * @param secure whether it is sent over https alone
 * @param pair {@code name=value}
 */
record Cookie(String domain, boolean below, String path, boolean secure, String pair) {
  private static final String HTTP_ONLY = "#HttpOnly_";
  private static final int FIELDS = 7;

  /**
   * Reads a cookie file as browsers and curl export it (Netscape's, seven fields divided by tabs),
   * or the text of a {@code Cookie} header.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static List<Cookie> parse(String text) {
    List<Cookie> cookies = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String entry = line.startsWith(HTTP_ONLY) ? line.substring(HTTP_ONLY.length()) : line;
      if (!entry.isBlank() && !entry.startsWith("#")) {
        cookies.addAll(
            entry.indexOf('\t') >= 0 ? exported(entry).stream().toList() : header(entry));
      }
    }
    if (cookies.isEmpty()) {
      throw new IllegalArgumentException("holds no cookie");
    }
    return cookies;
  }

  private static Optional<Cookie> exported(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("a line with tabs must have " + FIELDS + " fields");
    }
    String domain = fields[0].strip().toLowerCase(Locale.ROOT);
    boolean below = fields[1].strip().equalsIgnoreCase("TRUE");
    return Optional.of(
        new Cookie(
            domain.startsWith(".") ? domain.substring(1) : domain,
            below,
            fields[2].isBlank() ? "/" : fields[2].strip(),
            fields[3].strip().equalsIgnoreCase("TRUE"),
            pair(fields[5] + "=" + fields[6])));
  }

  private static List<Cookie> header(String line) {
    String pairs = line.strip().replaceFirst("(?i)^cookie:\\s*", "");
    List<Cookie> cookies = new ArrayList<>();
    for (String pair : pairs.split(";", -1)) {
      if (!pair.isBlank()) {
        cookies.add(new Cookie("", false, "/", false, pair(pair)));
      }
    }
    return cookies;
  }

  private static String pair(String text) {
    String pair = text.strip();
    if (pair.indexOf('=') < 1 || pair.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
      throw new IllegalArgumentException("a cookie must be name=value");
    }
    return pair;
  }

  /** Whether it goes with a request, after a chain of redirects that began at the origin. */
  boolean goesTo(URI request, URI origin) {
    if (domain.isEmpty()) {
      return WebAddress.sameOrigin(request, origin);
    }
    String host = String.valueOf(request.getHost()).toLowerCase(Locale.ROOT);
    boolean here = host.equals(domain) || below && host.endsWith("." + domain);
    boolean way = !secure || "https".equalsIgnoreCase(request.getScheme());
    return here && way && isBelow(String.valueOf(request.getRawPath()));
  }

  private boolean isBelow(String requested) {
    return path.equals("/")
        || requested.equals(path)
        || requested.startsWith(path.endsWith("/") ? path : path + "/");
  }

  /** Without the value: this may end up in a message. */
  @Override
  public String toString() {
    return "cookie for " + (domain.isEmpty() ? "the first host" : domain);
  }
}
