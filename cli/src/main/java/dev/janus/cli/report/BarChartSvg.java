package dev.janus.cli.report;

import dev.janus.cli.terminal.TextTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Draws counts of labelled bins as an inline SVG picture, one bar a line. */
public final class BarChartSvg {
  private static final int WIDTH = 720;
  private static final int LINE = 20;
  private static final int BAR = 14;
  private static final int LABELS = 130;
  private static final int NUMBERS = 110;

  private BarChartSvg() {}

  /**
   * The picture.
   *
   * @param title what it shows, for those who do not see it
   * @param labels one for each bin
   * @param counts one for each bin, 0 or more
   */
  public static String draw(String title, List<String> labels, long[] counts) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
            WIDTH,
            LINE * counts.length,
            HtmlPage.escaped(title)));
    double most = Math.max(1, Arrays.stream(counts).max().orElse(1));
    for (int bin = 0; bin < counts.length; bin++) {
      int middle = LINE * bin + LINE / 2;
      double length = counts[bin] / most * (WIDTH - LABELS - NUMBERS);
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
              LABELS - 8,
              middle + 4,
              HtmlPage.escaped(labels.get(bin))));
      if (counts[bin] > 0) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"count\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                LABELS,
                middle - BAR / 2,
                Math.max(1, length),
                BAR));
      }
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
              LABELS + length + 8,
              middle + 4,
              TextTable.count(counts[bin])));
    }
    return svg.append("</svg>\n").toString();
  }
}
