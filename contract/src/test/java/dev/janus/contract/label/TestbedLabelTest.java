package dev.janus.contract.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.artifact.CaptureNames;
import dev.janus.contract.artifact.FlowSpill;
import dev.janus.contract.artifact.SpilledFlows;
import dev.janus.contract.capture.CaptureSelection;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.ExtractionProgress;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowExtractor;
import dev.janus.contract.flow.FlowTableConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Labels of the test beds' public label files against their exact truth. {@code
 * -Djanus.testbeds=FOLDER} names where {@code testbed-a} and {@code testbed-c} lie.
 */
@EnabledIfSystemProperty(named = "janus.testbeds", matches = ".+")
class TestbedLabelTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"testbed-a", "testbed-c"})
  void atLeast999OfAThousandFlowsGetTheLabelOfTheTruth(String site) throws IOException {
    DatasetDescription description =
        site.equals("testbed-a") ? Descriptions.siteA() : Descriptions.siteC();
    List<Path> captures = captures(site);
    List<String> names = CaptureNames.of(captures);
    Map<String, Map<Object, String>> truth = new HashMap<>();
    for (Path capture : captures) {
      truth.put(CaptureNames.of(capture), truth(capture));
    }
    try (SpilledFlows spill = extract(captures)) {
      LabelJoin join = new LabelJoin(description, tables(description, captures), TimeOffset.ZERO);
      int agreeing = 0;
      for (Flow flow : spill) {
        String expected =
            truth.getOrDefault(names.get(flow.capture()), Map.of()).getOrDefault(key(flow), "none");
        // The truth spells the label files' en dash as a hyphen.
        agreeing += join.label(flow).replace('\u2013', '-').equals(expected) ? 1 : 0;
      }
      LabelJoinReport report = join.report(names);
      System.out.printf(
          "%s: %d flows, %d agree with the truth (%.4f %%); %s%n",
          site, spill.size(), agreeing, 100.0 * agreeing / spill.size(), report);
      assertThat(agreeing).isGreaterThanOrEqualTo((int) (0.999 * spill.size()));
      assertThat(report.hitRate()).isGreaterThanOrEqualTo(0.999);
    }
  }

  @Test
  void theScanRecommendsTheZoneThatTheDescriptionLacks() throws IOException {
    List<Path> captures = captures("testbed-a");
    DatasetDescription inUtc =
        Descriptions.of(
            Descriptions.siteA().csv().layout().charset(),
            new TimestampFormat(List.of("dd/MM/yyyy hh:mm:ss"), HourClock.CIC12H, ZoneOffset.UTC),
            1_000_000);
    DatasetDescription naive =
        Descriptions.of(
            Descriptions.siteA().csv().layout().charset(),
            new TimestampFormat(List.of("dd/MM/yyyy HH:mm:ss"), HourClock.H24, ZoneOffset.UTC),
            1_000_000);
    try (SpilledFlows spill = extract(captures)) {
      OffsetAdvice advice = OffsetScan.run(inUtc, tables(inUtc, captures), TimeOffset.ZERO, spill);
      System.out.print(advice.text());
      assertThat(advice.best()).hasToString("+03:00");
      assertThat(advice.bestHitRate()).isGreaterThan(0.999);
      assertThat(advice.halfDay()).isEmpty();

      OffsetAdvice half = OffsetScan.run(naive, tables(naive, captures), TimeOffset.ZERO, spill);
      System.out.print(half.text());
      assertThat(half.halfDay()).isPresent();
    }
  }

  private SpilledFlows extract(List<Path> captures) {
    Path file = folder.resolve("flows.spill");
    try (FlowSpill spill = FlowSpill.create(file)) {
      new FlowExtractor(FlowTableConfig.defaults(), CaptureBoundary.ENDS_FLOWS, 0, spill)
          .run(captures, ExtractionProgress.NONE, () -> false);
      spill.complete();
    }
    return SpilledFlows.open(List.of(file));
  }

  private static List<Path> captures(String site) {
    Path folder = Path.of(System.getProperty("janus.testbeds")).resolve(site);
    return CaptureSelection.of(List.of(folder)).captures();
  }

  private static List<LabelTable> tables(DatasetDescription description, List<Path> captures)
      throws IOException {
    List<LabelTable> tables = new ArrayList<>();
    for (Path capture : captures) {
      LabelTable.Builder rows = LabelTable.builder();
      for (Path file : LabelFiles.of(description, folderOf(capture), CaptureNames.of(capture))) {
        List<String> lines = Files.readAllLines(file, description.csv().layout().charset());
        LabelFileReader reader =
            new LabelFileReader(description, file.toString(), 1, lines.getFirst().split(",", -1));
        for (int i = 1; i < lines.size(); i++) {
          reader.read(i + 1, lines.get(i).split(",", -1)).ifPresent(rows::add);
        }
        rows.endFile(reader.report());
        assertThat(reader.report().unreadable()).isZero();
      }
      tables.add(rows.build());
    }
    return tables;
  }

  private static Path folderOf(Path capture) {
    return capture.resolveSibling(".").normalize();
  }

  private static Map<Object, String> truth(Path capture) throws IOException {
    Path file = capture.resolveSibling("truth").resolve(CaptureNames.of(capture) + ".truth.csv.gz");
    Map<Object, String> labels = new HashMap<>();
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
        Stream<String> lines = in.lines()) {
      lines
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(f -> labels.put(List.of(f[3], f[4], f[5], f[6], f[7], f[1]), f[10]));
    }
    return labels;
  }

  private static Object key(Flow flow) {
    return List.of(
        flow.tuple().initiator().toString(),
        Integer.toString(flow.tuple().initiatorPort()),
        flow.tuple().responder().toString(),
        Integer.toString(flow.tuple().responderPort()),
        Integer.toString(flow.tuple().protocol()),
        Long.toString(flow.startMicros()));
  }
}
