package dev.janus.cli.report;

import java.util.function.IntToDoubleFunction;

/**
 * A picture with two axes. Lines, areas and bars are given in values of the axes. Not thread-safe.
 */
final class Chart {
  /** How much room a chart has. */
  enum Size {
    /** Two beside each other on a wide page. */
    LARGE(470, 300, 54, 46, 5),
    /** One of many small ones with the same axes. */
    SMALL(226, 138, 34, 24, 3);

    private final int width;
    private final int height;
    private final int left;
    private final int bottom;
    private final int marks;

    Size(int width, int height, int left, int bottom, int marks) {
      this.width = width;
      this.height = height;
      this.left = left;
      this.bottom = bottom;
      this.marks = marks;
    }
  }

  private static final double TOP = 10;
  private static final double RIGHT = 14;

  private final Size size;
  private final Axis x;
  private final Axis y;
  private final Svg svg;

  /**
   * Starts a chart with its axes.
   *
   * @param title what it shows, for those who do not see it
   * @param xWords what the values to the right are; small charts do not say
   * @param yWords what the values upwards are; small charts do not say
   */
  Chart(Size size, String title, Axis x, String xWords, Axis y, String yWords) {
    this.size = size;
    this.x = x;
    this.y = y;
    svg = new Svg(size.width, size.height, title);
    for (Axis.Mark mark : x.marks(size.marks)) {
      double at = right(mark.value());
      svg.line("grid", at, TOP, at, bottom());
      svg.text(Svg.Anchor.MIDDLE, at, bottom() + 15, mark.words());
    }
    for (Axis.Mark mark : y.marks(size.marks)) {
      double at = up(mark.value());
      svg.line("grid", size.left, at, size.width - RIGHT, at);
      svg.text(Svg.Anchor.END, size.left - 5, at + 4, mark.words());
    }
    if (size == Size.LARGE) {
      svg.text(Svg.Anchor.MIDDLE, (size.left + size.width - RIGHT) / 2, size.height - 8, xWords);
      svg.upwards(13, (TOP + bottom()) / 2, yWords);
    }
  }

  /** A line through points; points with NaN are left out. */
  Chart line(String style, int points, IntToDoubleFunction xs, IntToDoubleFunction ys) {
    SvgPath path = new SvgPath();
    for (int i = 0; i < points; i++) {
      double xValue = xs.applyAsDouble(i);
      double yValue = ys.applyAsDouble(i);
      if (!Double.isNaN(xValue) && !Double.isNaN(yValue)) {
        path.to(right(xValue), up(yValue));
      }
    }
    svg.path("line " + style, path);
    return this;
  }

  /** The area between two lines over the same points. */
  Chart band(
      String style,
      int points,
      IntToDoubleFunction xs,
      IntToDoubleFunction lower,
      IntToDoubleFunction upper) {
    SvgPath path = new SvgPath();
    for (int i = 0; i < points; i++) {
      path.to(right(xs.applyAsDouble(i)), up(upper.applyAsDouble(i)));
    }
    for (int i = points - 1; i >= 0; i--) {
      path.to(right(xs.applyAsDouble(i)), up(lower.applyAsDouble(i)));
    }
    if (points > 0) {
      svg.path(style, path.closed());
    }
    return this;
  }

  /** The whole height between two values of x. */
  Chart stripe(String style, double from, double to) {
    double at = right(from);
    svg.rectangle(style, at, TOP, right(to) - at, bottom() - TOP);
    return this;
  }

  /** Bars that stand side by side and fill the x axis. */
  Chart bars(String style, double[] heights) {
    SvgPath path = new SvgPath();
    double width = (size.width - RIGHT - size.left) / heights.length;
    path.to(size.left, bottom());
    for (int bin = 0; bin < heights.length; bin++) {
      path.to(size.left + bin * width, up(heights[bin]));
      path.to(size.left + (bin + 1) * width, up(heights[bin]));
    }
    svg.path(style, path.to(size.width - RIGHT, bottom()).closed());
    return this;
  }

  /** The whole picture. */
  String svg() {
    svg.line("axis", size.left, bottom(), size.width - RIGHT, bottom());
    svg.line("axis", size.left, TOP, size.left, bottom());
    return svg.close();
  }

  private double right(double value) {
    return size.left + x.place(value) * (size.width - RIGHT - size.left);
  }

  private double up(double value) {
    return bottom() - y.place(value) * (bottom() - TOP);
  }

  private double bottom() {
    return (double) size.height - size.bottom;
  }
}
