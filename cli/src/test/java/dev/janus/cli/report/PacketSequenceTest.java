package dev.janus.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PacketSequenceTest {
  /** Size, gap, direction, SYN, ACK, FIN, RST, PSH, window. */
  private static final float[] HANDSHAKE = {
    60, 0, 0, 1, 0, 0, 0, 0, 64240, //
    60, 150, 1, 1, 1, 0, 0, 0, 65160,
    52, 90, 0, 0, 1, 0, 0, 0, 502,
    1200, 2_500_000, 1, 0, 1, 0, 0, 1, 510,
    40, 80, 0, 0, 1, 0, 1, 0, 0,
  };

  private record Bar(String style, double y, double height, String words) {}

  @Test
  void barsAreAsHighAsPacketsAreLargeAndPointTheirWay() {
    List<Bar> bars = bars(PacketSequence.draw(HANDSHAKE, 0, 5, "flow"));
    assertThat(bars).extracting(Bar::style).containsExactly("syn", "syn", "packet", "psh", "rst");
    double middle = bars.get(1).y();
    assertThat(bars.get(3).y()).isEqualTo(middle);
    assertThat(bars.get(0).y() + bars.get(0).height()).isCloseTo(middle, within(0.11));
    assertThat(bars.get(4).y() + bars.get(4).height()).isCloseTo(middle, within(0.11));
    assertThat(bars.get(3).height() / bars.get(0).height()).isCloseTo(20, within(1.0));
    assertThat(bars)
        .extracting(Bar::words)
        .containsExactly(
            "1. 60 B SYN, after 0 µs",
            "2. 60 B SYN ACK, after 150 µs",
            "3. 52 B ACK, after 90 µs",
            "4. 1200 B ACK PSH, after 2.5 s",
            "5. 40 B ACK RST, after 80 µs");
  }

  @Test
  void aFlowInTheMiddleOfABatchIsDrawnAlone() {
    String picture = PacketSequence.draw(HANDSHAKE, 2, 2, "flow");
    assertThat(bars(picture)).extracting(Bar::style).containsExactly("packet", "psh");
    assertThat(picture).contains("longest 2.5 s", "window, largest 510 bytes", "1200 B");
  }

  @Test
  void packetsWithoutWindowHaveNoLaneForIt() {
    float[] datagram = {80, 0, 0, 0, 0, 0, 0, 0, 0};
    String picture = PacketSequence.draw(datagram, 0, 1, "a \"flow\"");
    assertThat(picture)
        .doesNotContain("window", "NaN")
        .contains("aria-label=\"a &quot;flow&quot;\"", "longest 0 µs");
  }

  private static List<Bar> bars(String picture) {
    return Pattern.compile(
            "<rect class=\"(\\w+)\" x=\"[^\"]+\" y=\"([^\"]+)\" width=\"[^\"]+\" height=\"([^\"]+)\"><title>([^<]*)<")
        .matcher(picture)
        .results()
        .map(PacketSequenceTest::bar)
        .toList();
  }

  private static Bar bar(MatchResult found) {
    return new Bar(
        found.group(1),
        Double.parseDouble(found.group(2)),
        Double.parseDouble(found.group(3)),
        found.group(4));
  }
}
