package dev.janus.cli.report;

import java.util.Locale;

/** Draws a {@link Histogram} as an inline SVG picture. */
final class HistogramSvg {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 240;
  private static final int LEFT = 10;
  private static final int BOTTOM = 30;
  private static final int TOP = 10;

  private HistogramSvg() {}

  static String draw(Histogram histogram) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"distribution of d2\">%n",
            WIDTH,
            HEIGHT));
    bars(svg, histogram, histogram.benign(), "benign");
    bars(svg, histogram, histogram.attack(), "attack");
    axis(svg, histogram);
    return svg.append("</svg>\n").toString();
  }

  private static void bars(StringBuilder svg, Histogram histogram, double[] shares, String style) {
    double width = (double) (WIDTH - 2 * LEFT) / shares.length;
    double scale = (HEIGHT - BOTTOM - TOP) / histogram.peak();
    for (int bin = 0; bin < shares.length; bin++) {
      if (shares[bin] > 0) {
        double height = Math.max(1, shares[bin] * scale);
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n",
                style,
                LEFT + bin * width,
                HEIGHT - BOTTOM - height,
                width,
                height));
      }
    }
  }

  private static void axis(StringBuilder svg, Histogram histogram) {
    int y = HEIGHT - BOTTOM;
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n",
            LEFT,
            y,
            WIDTH - LEFT,
            y));
    double span = histogram.high() - histogram.low();
    int step = span > 12 ? 2 : 1;
    for (int power = (int) Math.ceil(histogram.low()); power <= histogram.high(); power += step) {
      double x = LEFT + (power - histogram.low()) / span * (WIDTH - 2 * LEFT);
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">1e%d</text>%n",
              x,
              HEIGHT - 10,
              power));
    }
  }
}
