package dev.janus.contract.label;

import java.util.regex.Pattern;

/** File and capture names with the wildcards {@code *} and {@code ?}. */
final class NamePattern {
  private static final String CAPTURE = "{capture}";

  private NamePattern() {}

  /**
   * The regular expression for a whole name.
   *
   * @param text wildcards stand for any letters but a slash
   * @param capture what <code>{capture}</code> stands for
   */
  static Pattern of(String text, String capture, int flags) {
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      if (text.startsWith(CAPTURE, at)) {
        regex.append(Pattern.quote(capture));
        at += CAPTURE.length();
      } else {
        char c = text.charAt(at++);
        regex.append(
            switch (c) {
              case '*' -> "[^/]*";
              case '?' -> "[^/]";
              default -> Pattern.quote(String.valueOf(c));
            });
      }
    }
    return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
  }

  /** How many parts there are between the slashes of a pattern. */
  static int parts(String text) {
    return 1 + (int) text.chars().filter(c -> c == '/').count();
  }

  /** The last parts of a capture's name, as many as asked for or as there are. */
  static String lastParts(String capture, int parts) {
    int at = capture.length();
    for (int i = 0; i < parts && at >= 0; i++) {
      at = capture.lastIndexOf('/', at - 1);
    }
    return capture.substring(at + 1);
  }

  /** How a name is shown in messages. */
  static String filled(String text, String capture) {
    return text.replace(CAPTURE, capture);
  }
}
