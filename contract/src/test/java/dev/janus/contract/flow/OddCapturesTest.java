package dev.janus.contract.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.capture.CaptureReader;
import dev.janus.contract.capture.CaptureStatistics;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.Tunnel;
import dev.janus.contract.packet.TunnelPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads public captures of unusual structure. They are not ours to ship: {@code
 * -Djanus.public.captures=FOLDER} names where {@code odd} lies. The expected packets were counted
 * with tshark's protocol paths of every frame, and differ from them only here:
 *
 * <ul>
 *   <li>tshark counts custom blocks of pcapng as frames ({@code pcapng/*018*}, {@code *102*},
 *       {@code *202*}) and takes two damaged files for another form of pcap ({@code
 *       broken/corrupted}, {@code huge_caplen});
 *   <li>tshark reads ports where the captured part ends before the TCP window or the ports ({@code
 *       mpls/21}, {@code pppoe/27}), behind an authentication header that is too short ({@code
 *       ah/17}) and behind PPPoE headers of another type or code ({@code pppoe/29}, {@code 33}).
 * </ul>
 *
 * <p>The flows are those of the captures' list, but for tunnels, fragments and idle times.
 */
@EnabledIfSystemProperty(named = "janus.public.captures", matches = ".+")
class OddCapturesTest {
  /** A line of the table; the counts are all behind the file's name. */
  record Expected(String file, List<Long> counts) {
    static Expected parse(String line) {
      String[] cells = line.split(",", -1);
      return new Expected(cells[0], Arrays.stream(cells).skip(1).map(Long::parseLong).toList());
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static List<Expected> captures() throws IOException {
    InputStream table =
        Objects.requireNonNull(
            CaptureReader.class.getResourceAsStream("odd-captures.csv"), "odd-captures.csv");
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      assertThat(in.readLine())
          .isEqualTo(
              "file,read,kept,kept_innermost,assigned_fragments,unassigned_fragments,tunnels,flows,"
                  + "flows_innermost");
      return in.lines().map(Expected::parse).toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("captures")
  void packetsFragmentsTunnelsAndFlowsAreThoseExpected(Expected expected) {
    Path file =
        Path.of(System.getProperty("janus.public.captures")).resolve("odd", expected.file());
    Extracted outer = Extracted.of(file, TunnelPolicy.OUTER);
    Extracted innermost = Extracted.of(file, TunnelPolicy.INNERMOST);
    CaptureStatistics statistics = outer.statistics();
    long tunnels = Arrays.stream(Tunnel.values()).mapToLong(statistics.decoding()::tunnels).sum();
    assertThat(
            List.of(
                statistics.packetsRead(),
                statistics.packetsKept(),
                innermost.statistics().packetsKept(),
                statistics.decoding().assignedFragments(),
                statistics.decoding().unassignedFragments(),
                tunnels,
                outer.flows(),
                innermost.flows()))
        .as("read, kept, innermost, assigned, unassigned, tunnels, flows, innermost: %s", file)
        .isEqualTo(expected.counts());
    assertThat(innermost.statistics().packetsRead()).isEqualTo(statistics.packetsRead());
  }

  /** What came out of a capture. */
  private record Extracted(CaptureStatistics statistics, long flows) {
    static Extracted of(Path file, TunnelPolicy tunnels) {
      FlowTable table = new FlowTable(FlowTableConfig.defaults(), 0, flow -> {});
      CaptureOptions options = CaptureOptions.defaults().with(tunnels);
      try (CaptureReader reader = CaptureReader.open(file, options)) {
        PacketHeader packet = new PacketHeader();
        while (reader.next(packet)) {
          table.add(packet);
        }
        table.finish();
        return new Extracted(reader.statistics(), table.flows());
      }
    }
  }
}
