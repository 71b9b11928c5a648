package dev.janus.cli.terminal;

import java.util.Locale;

/** Numbers with what they count, for people: "1 flow", "1,024 flows". */
public final class Quantity {
  private Quantity() {}

  /**
   * A number and its noun.
   *
   * @param noun in the singular; an s makes it the plural
   */
  public static String of(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s", count, noun(count, noun));
  }

  /** A noun as it stands behind a number. */
  public static String noun(long count, String noun) {
    return count == 1 ? noun : noun + "s";
  }

  /** Either word: what stands behind one thing, or behind several. */
  public static String word(long count, String one, String several) {
    return count == 1 ? one : several;
  }
}
