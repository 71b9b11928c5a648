package dev.janus.contract.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.capture.CaptureSelection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares extraction with the exact truth of the test beds, flow by flow. The captures are too
 * large for the repository: {@code -Djanus.testbeds=FOLDER} names where {@code
 * testbed-a/NAME.pcap.gz} and {@code testbed-a/truth/NAME.truth.csv.gz} (and the same for site C)
 * lie.
 */
@EnabledIfSystemProperty(named = "janus.testbeds", matches = ".+")
class TestbedTruthTest {
  static List<Path> captures() {
    Path folder = Path.of(System.getProperty("janus.testbeds"));
    return Stream.of("testbed-a", "testbed-c")
        .map(site -> CaptureSelection.of(List.of(folder.resolve(site))).captures())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void everyFlowOfTheTruthIsExtractedAndNoOther(Path capture) throws IOException {
    List<Flow> flows = new ArrayList<>();
    FlowExtractor extractor =
        new FlowExtractor(FlowTableConfig.defaults(), CaptureBoundary.ENDS_FLOWS, 0, flows::add);
    ExtractionReport report = extractor.run(List.of(capture), ExtractionProgress.NONE, () -> false);

    Map<Row, Integer> unmatched = new HashMap<>();
    int rows = 0;
    for (Row row : truth(capture)) {
      unmatched.merge(row, 1, Integer::sum);
      rows++;
    }
    for (Flow flow : flows) {
      unmatched.computeIfPresent(Row.of(flow), (row, count) -> count == 1 ? null : count - 1);
    }
    int matched = rows - unmatched.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        "%s: %d rows, %d flows, %d matched (%.4f %%), %s%n",
        capture.getFileName(),
        rows,
        flows.size(),
        matched,
        100.0 * matched / rows,
        report.captures().getFirst().statistics().describe());
    assertThat(flows).hasSize(rows);
    assertThat(unmatched).isEmpty();
  }

  private static List<Row> truth(Path capture) throws IOException {
    String name = capture.getFileName().toString().replace(".pcap.gz", ".truth.csv.gz");
    Path file = capture.resolveSibling("truth").resolve(name);
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      assertThat(in.readLine()).startsWith("row,start_epoch_us,end_epoch_us,src_ip,src_port");
      return in.lines().map(line -> Row.of(line.split(",", -1))).toList();
    }
  }

  private record Row(FlowTuple tuple, long startMicros, long endMicros, long packets) {
    static Row of(Flow flow) {
      return new Row(flow.tuple(), flow.startMicros(), flow.endMicros(), flow.packets());
    }

    static Row of(String[] cells) {
      FlowTuple tuple =
          new FlowTuple(
              IpAddress.parse(cells[3]),
              Integer.parseInt(cells[4]),
              IpAddress.parse(cells[5]),
              Integer.parseInt(cells[6]),
              Integer.parseInt(cells[7]));
      return new Row(
          tuple,
          Long.parseLong(cells[1]),
          Long.parseLong(cells[2]),
          Long.parseLong(cells[8]) + Long.parseLong(cells[9]));
    }
  }
}
