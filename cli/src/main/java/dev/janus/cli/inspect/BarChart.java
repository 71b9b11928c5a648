package dev.janus.cli.inspect;

import dev.janus.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a histogram as lines of text: label, bar, count, share. */
final class BarChart {
  private static final int NARROWEST_BAR = 10;
  private static final int EIGHTHS = 8;

  /** A bar's last character, from nothing to seven eighths. */
  private static final String PARTS = " \u258f\u258e\u258d\u258c\u258b\u258a\u2589";

  private static final String FULL = "\u2588";

  private BarChart() {}

  /**
   * The lines; none when nothing was counted.
   *
   * @param columns width of the terminal, used as far as it goes
   */
  static List<String> lines(CountHistogram histogram, int columns) {
    List<CountHistogram.Bin> bins = histogram.bins();
    long most = bins.stream().mapToLong(CountHistogram.Bin::count).max().orElse(0);
    long sum = bins.stream().mapToLong(CountHistogram.Bin::count).sum();
    List<String> lines = new ArrayList<>();
    if (sum == 0) {
      return lines;
    }
    int labels = bins.stream().mapToInt(bin -> bin.label().length()).max().orElse(0);
    int numbers = TextTable.count(most).length();
    int width = Math.max(NARROWEST_BAR, columns - labels - numbers - 14);
    for (CountHistogram.Bin bin : bins) {
      lines.add(
          String.format(
                  Locale.ROOT,
                  "  %" + labels + "s %s %" + numbers + "s %5.1f %%",
                  bin.label(),
                  bar(bin.count(), most, width),
                  TextTable.count(bin.count()),
                  100.0 * bin.count() / sum)
              .stripTrailing());
    }
    return lines;
  }

  /** A bar in eighths of a character, padded to the width; what is there is seen. */
  private static String bar(long count, long most, int width) {
    int eighths = (int) Math.round((double) count / most * width * EIGHTHS);
    eighths = count > 0 ? Math.max(eighths, 1) : 0;
    int full = eighths / EIGHTHS;
    String part =
        eighths % EIGHTHS == 0 ? "" : PARTS.substring(eighths % EIGHTHS, eighths % EIGHTHS + 1);
    return FULL.repeat(full) + part + " ".repeat(width - full - part.length());
  }
}
