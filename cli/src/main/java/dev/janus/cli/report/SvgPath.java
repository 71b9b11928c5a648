package dev.janus.cli.report;

/**
 * A line through points, without those that no eye tells from the one before: a curve of millions
 * of points takes no more of the page than one of hundreds. Not thread-safe.
 */
final class SvgPath {
  /** Pixels that the next point is away at least. */
  private static final double RESOLUTION = 0.7;

  private final StringBuilder commands = new StringBuilder();
  private double drawnX;
  private double drawnY;
  private double heldX;
  private double heldY;
  private boolean holds;

  /** Goes on to a point, or begins there. */
  SvgPath to(double x, double y) {
    if (commands.isEmpty()) {
      draw('M', x, y);
      return this;
    }
    if (Math.abs(x - drawnX) < RESOLUTION && Math.abs(y - drawnY) < RESOLUTION) {
      heldX = x;
      heldY = y;
      holds = true;
      return this;
    }
    release();
    draw('L', x, y);
    return this;
  }

  /** Closes the line to an area. */
  SvgPath closed() {
    release();
    commands.append('Z');
    return this;
  }

  boolean isEmpty() {
    return commands.isEmpty();
  }

  String commands() {
    release();
    return commands.toString();
  }

  /** The last point before a step is drawn too: a corner would become a slope without it. */
  private void release() {
    if (holds) {
      draw('L', heldX, heldY);
    }
    holds = false;
  }

  private void draw(char command, double x, double y) {
    commands.append(command);
    Svg.append(commands, x).append(' ');
    Svg.append(commands, y);
    drawnX = x;
    drawnY = y;
    holds = false;
  }
}
