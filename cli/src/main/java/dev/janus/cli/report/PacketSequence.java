package dev.janus.cli.report;

import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;
import java.util.Locale;

/**
 * Draws a flow's packets, each a bar as high as it is large: upwards those of the initiator,
 * downwards those of the responder. Below stand the gaps before them, and the TCP windows.
 */
final class PacketSequence {
  private static final double WIDTH = 470;
  private static final double LEFT = 46;
  private static final double RIGHT = 8;
  private static final double TOP = 14;
  private static final double BARS = 58;
  private static final double LANE = 24;
  private static final double LANE_TITLE = 22;
  private static final int FEWEST_SLOTS = 16;
  private static final double WIDEST_BAR = 14;

  /** A flow of small packets is drawn larger, but not of ones smaller than this. */
  private static final double SMALLEST_SCALE_BYTES = 100;

  /** A gap that fills its lane: two minutes, after which a flow has ended. */
  private static final double LONGEST_MICROS = 120e6;

  private final float[] tokens;
  private final int first;
  private final int packets;
  private final double slot;
  private final double largest;
  private final double widest;
  private final Svg svg;

  private PacketSequence(float[] tokens, int first, int packets, String title) {
    this.tokens = tokens;
    this.first = first;
    this.packets = packets;
    this.slot = (WIDTH - LEFT - RIGHT) / Math.max(packets, FEWEST_SLOTS);
    this.largest = Math.max(SMALLEST_SCALE_BYTES, most(PacketChannel.SIZE));
    this.widest = most(PacketChannel.WINDOW);
    double lanes = widest > 0 ? 2 : 1;
    this.svg = new Svg(WIDTH, TOP + 2 * BARS + 14 + lanes * (LANE + LANE_TITLE), title);
  }

  /**
   * The picture.
   *
   * @param tokens raw packets {@code [n, 9]}, row-major
   * @param first row of the flow's first packet
   * @param packets its stored packets, at least 1
   * @param title what it shows, for those who do not see it
   */
  static String draw(float[] tokens, int first, int packets, String title) {
    PacketSequence sequence = new PacketSequence(tokens, first, packets, title);
    sequence.bars();
    double below = TOP + 2 * BARS + 14;
    sequence.gaps(below);
    if (sequence.widest > 0) {
      sequence.windows(below + LANE + LANE_TITLE);
    }
    return sequence.svg.close();
  }

  private void bars() {
    double middle = TOP + BARS;
    svg.text("lane", Svg.Anchor.END, LEFT - 5, TOP + 5, bytes(largest));
    svg.text("lane", Svg.Anchor.END, LEFT - 5, middle + 4, "0");
    svg.text("lane", Svg.Anchor.END, LEFT - 5, middle + BARS, bytes(largest));
    svg.line("grid", LEFT, TOP, WIDTH - RIGHT, TOP);
    svg.line("grid", LEFT, middle + BARS, WIDTH - RIGHT, middle + BARS);
    double width = Math.min(WIDEST_BAR, slot * 0.8);
    for (int i = 0; i < packets; i++) {
      boolean up = value(i, PacketChannel.DIRECTION) < 0.5;
      double height = Math.max(2, BARS * value(i, PacketChannel.SIZE) / largest);
      double x = middleOf(i) - width / 2;
      svg.rectangle(style(i), x, up ? middle - height : middle, width, height, words(i));
      String flag = flag(i);
      if (!flag.isEmpty()) {
        double y = up ? middle - height - 3 : middle + height + 10;
        svg.text("flag", Svg.Anchor.MIDDLE, middleOf(i), y, flag);
      }
    }
    svg.line("axis", LEFT, middle, WIDTH - RIGHT, middle);
  }

  private void gaps(double top) {
    double longest = most(PacketChannel.IAT);
    svg.text(
        "lane",
        Svg.Anchor.START,
        LEFT,
        top + 12,
        "gap before (logarithmic), longest " + time(longest));
    double bottom = top + LANE_TITLE + LANE;
    double width = Math.min(WIDEST_BAR, slot * 0.8);
    for (int i = 1; i < packets; i++) {
      double share = Math.log1p(value(i, PacketChannel.IAT)) / Math.log1p(LONGEST_MICROS);
      double height = LANE * Math.min(1, share);
      svg.rectangle("gap", middleOf(i) - width / 2, bottom - height, width, height);
    }
    svg.line("grid", LEFT, bottom, WIDTH - RIGHT, bottom);
  }

  private void windows(double top) {
    String most = TextTable.count(Math.round(widest));
    svg.text("lane", Svg.Anchor.START, LEFT, top + 15, "window, largest " + most + " bytes");
    double bottom = top + LANE_TITLE + LANE;
    SvgPath path = new SvgPath();
    for (int i = 0; i < packets; i++) {
      double y = bottom - LANE * value(i, PacketChannel.WINDOW) / widest;
      path.to(middleOf(i) - slot / 2, y).to(middleOf(i) + slot / 2, y);
    }
    svg.path("line s6", path);
    svg.line("grid", LEFT, bottom, WIDTH - RIGHT, bottom);
  }

  /** The rarest of a packet's flags gives its colour. */
  private String style(int packet) {
    return has(packet, PacketChannel.RST)
        ? "rst"
        : has(packet, PacketChannel.SYN)
            ? "syn"
            : has(packet, PacketChannel.FIN)
                ? "fin"
                : has(packet, PacketChannel.PSH) ? "psh" : "packet";
  }

  /** A letter, so that no colour is needed to tell what begins and ends a connection. */
  private String flag(int packet) {
    return has(packet, PacketChannel.RST)
        ? "R"
        : has(packet, PacketChannel.SYN) ? "S" : has(packet, PacketChannel.FIN) ? "F" : "";
  }

  private String words(int packet) {
    StringBuilder words = new StringBuilder();
    words.append(packet + 1).append(". ");
    words.append(bytes(value(packet, PacketChannel.SIZE)));
    for (PacketChannel channel : PacketChannel.values()) {
      if (channel.kind() == PacketChannel.Kind.BIT
          && channel != PacketChannel.DIRECTION
          && has(packet, channel)) {
        words.append(' ').append(channel.label().toUpperCase(Locale.ROOT));
      }
    }
    return words.append(", after ").append(time(value(packet, PacketChannel.IAT))).toString();
  }

  private double middleOf(int packet) {
    return LEFT + (packet + 0.5) * slot;
  }

  private boolean has(int packet, PacketChannel bit) {
    return value(packet, bit) >= 0.5;
  }

  private double value(int packet, PacketChannel channel) {
    return tokens[(first + packet) * PacketSchema.CHANNELS + channel.index()];
  }

  private double most(PacketChannel channel) {
    double most = 0;
    for (int i = 0; i < packets; i++) {
      most = Math.max(most, value(i, channel));
    }
    return most;
  }

  private static String bytes(double value) {
    return Math.round(value) + " B";
  }

  /** A time in the largest unit that leaves a digit before the point. */
  static String time(double micros) {
    return micros < 1e3
        ? Math.round(micros) + " µs"
        : micros < 1e6
            ? TextTable.number(micros / 1e3, 1) + " ms"
            : TextTable.number(micros / 1e6, 1) + " s";
  }
}
