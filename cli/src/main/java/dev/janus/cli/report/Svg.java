package dev.janus.cli.report;

/**
 * An inline SVG picture under construction; y grows downwards. Colours come from the classes of the
 * page's style, so that they fit light and dark. Not thread-safe.
 */
final class Svg {
  /** Where a text has its x. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  private final StringBuilder text = new StringBuilder();

  /**
   * Starts a picture.
   *
   * @param title what it shows, for those who do not see it
   */
  Svg(double width, double height, String title) {
    text.append("<svg viewBox=\"0 0 ");
    number(width).append(' ');
    number(height).append("\" role=\"img\" aria-label=\"");
    text.append(HtmlPage.escaped(title)).append("\">\n");
  }

  Svg line(String style, double x1, double y1, double x2, double y2) {
    text.append("<line class=\"").append(style).append('"');
    attribute("x1", x1);
    attribute("y1", y1);
    attribute("x2", x2);
    attribute("y2", y2);
    text.append("/>\n");
    return this;
  }

  Svg rectangle(String style, double x, double y, double width, double height) {
    return rectangle(style, x, y, width, height, "");
  }

  /**
   * A rectangle.
   *
   * @param tip what is shown when a pointer rests on it; "" for nothing
   */
  Svg rectangle(String style, double x, double y, double width, double height, String tip) {
    text.append("<rect class=\"").append(style).append('"');
    attribute("x", x);
    attribute("y", y);
    attribute("width", width);
    attribute("height", height);
    if (tip.isEmpty()) {
      text.append("/>\n");
    } else {
      text.append("><title>").append(HtmlPage.escaped(tip)).append("</title></rect>\n");
    }
    return this;
  }

  Svg text(Anchor anchor, double x, double y, String words) {
    return text("", anchor, x, y, words);
  }

  Svg text(String style, Anchor anchor, double x, double y, String words) {
    text.append("<text");
    if (!style.isEmpty()) {
      text.append(" class=\"").append(style).append('"');
    }
    attribute("x", x);
    attribute("y", y);
    switch (anchor) {
      case START -> {}
      case MIDDLE -> text.append(" text-anchor=\"middle\"");
      case END -> text.append(" text-anchor=\"end\"");
    }
    text.append('>').append(HtmlPage.escaped(words)).append("</text>\n");
    return this;
  }

  /** Words that run upwards, their middle at a point. */
  Svg upwards(double x, double y, String words) {
    text.append("<text text-anchor=\"middle\" transform=\"translate(");
    number(x).append(' ');
    number(y).append(") rotate(-90)\">");
    text.append(HtmlPage.escaped(words)).append("</text>\n");
    return this;
  }

  /** A path as {@link SvgPath} made it. */
  Svg path(String style, SvgPath path) {
    if (!path.isEmpty()) {
      text.append("<path class=\"").append(style).append("\" d=\"");
      text.append(path.commands()).append("\"/>\n");
    }
    return this;
  }

  /** The whole picture. */
  String close() {
    return text + "</svg>\n";
  }

  private void attribute(String name, double value) {
    text.append(' ').append(name).append("=\"");
    number(value).append('"');
  }

  private StringBuilder number(double value) {
    return append(text, value);
  }

  /** One digit after the point: a tenth of a pixel. */
  static StringBuilder append(StringBuilder text, double value) {
    long tenths = Math.round(value * 10);
    if (tenths < 0) {
      text.append('-');
    }
    text.append(Math.abs(tenths) / 10);
    long rest = Math.abs(tenths) % 10;
    return rest == 0 ? text : text.append('.').append(rest);
  }
}
