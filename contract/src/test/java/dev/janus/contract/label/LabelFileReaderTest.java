package dev.janus.contract.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelFileReaderTest {
  private static final String HEADER =
      "Flow ID, Source IP, Source Port, Destination IP, Destination Port, Protocol, Timestamp,"
          + " Flow Duration, Label";
  private static final String ROW =
      "id,10.0.0.1,1234,10.0.0.2,80,6,17/11/2026 01:10:00,48021,BENIGN";

  private final LabelFileReader reader = reader(HEADER);

  @Test
  void understandsARowOfACicFile() {
    assertThat(read(2, ROW))
        .contains(
            new LabelRow(
                2,
                new FlowTuple(
                    IpAddress.parse("10.0.0.1"), 1234, IpAddress.parse("10.0.0.2"), 80, 6),
                1_794_931_800_000_000L,
                1_000_000,
                OptionalLong.of(48_021),
                "BENIGN"));
    assertThat(reader.report().usable()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Source IP,      10.0.0.256",
    "Source IP,      example.org",
    "Source Port,    65536",
    "Source Port,    -1",
    "Source Port,    http",
    "Destination IP, ''",
    "Protocol,       tcp6",
    "Protocol,       256",
    "Timestamp,      2026-11-17 01:10:00",
    "Label,          ' '",
  })
  void aRowThatMakesNoSenseIsCountedWithFileLineAndColumn(String column, String value) {
    assertThat(read(7, with(column, value))).isEmpty();
    LabelFileReport report = reader.report();
    assertThat(report.rows()).isEqualTo(1);
    assertThat(report.unreadable()).isEqualTo(1);
    assertThat(report.usable()).isZero();
    assertThat(report.problems()).singleElement().asString().startsWith("day.csv:7:" + column);
  }

  @ParameterizedTest
  @CsvSource({"tcp,6", "UDP,17", "icmp,1", "6.0,6", "58,58"})
  void protocolsMayBeNamed(String written, int protocol) {
    assertThat(read(2, with("Protocol", written)))
        .hasValueSatisfying(row -> assertThat(row.tuple().protocol()).isEqualTo(protocol));
  }

  @Test
  void portsOfIcmpAreZeroWhateverTheFileSays() {
    String row = with("Protocol", "1").replace(",1234,", ",8,").replace(",80,", ",,");
    assertThat(read(2, row))
        .hasValueSatisfying(r -> {
          assertThat(r.tuple().initiatorPort()).isZero();
          assertThat(r.tuple().responderPort()).isZero();
        });
  }

  @ParameterizedTest
  @CsvSource({"'',-1", "NaN,-1", "Infinity,-1", "-5,-1", "12.6,13", "1e3,1000"})
  void aUselessDurationIsNone(String written, long micros) {
    assertThat(read(2, with("Flow Duration", written)))
        .hasValueSatisfying(row -> assertThat(row.durationMicros().orElse(-1)).isEqualTo(micros));
  }

  @Test
  void blankRowsAndRepeatedHeadersAreNoProblems() {
    assertThat(read(2, "")).isEmpty();
    assertThat(read(3, ",,,,,,,,")).isEmpty();
    assertThat(read(4, HEADER)).isEmpty();
    LabelFileReport report = reader.report();
    assertThat(report.blank()).isEqualTo(2);
    assertThat(report.dropped()).isEqualTo(1);
    assertThat(report.unreadable()).isZero();
  }

  @Test
  void shortRowsNameTheFirstColumnTheyLack() {
    assertThat(read(9, "id,10.0.0.1,1234")).isEmpty();
    assertThat(reader.report().problems()).singleElement().asString().contains("day.csv:9:");
  }

  @Test
  void onlyTheFirstProblemsAreKept() {
    for (int line = 2; line < 1000; line++) {
      read(line, with("Source IP", "?"));
    }
    assertThat(reader.report().unreadable()).isEqualTo(998);
    assertThat(reader.report().problems()).hasSize(5);
  }

  @Test
  void aMissingColumnIsNamedWithTheNearestOneAndAllThereAre() {
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> reader(HEADER.replace("Destination IP", "Dst IP")))
        .withMessageContainingAll(
            "day.csv:3: no column Destination IP", "did you mean", "Dst IP", "Flow Duration");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> reader(HEADER.replace("Label", "Labels")))
        .withMessageContaining("did you mean Labels?");
  }

  @Test
  void aColumnThatIsThereTwiceIsRefused() {
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> reader(HEADER + ",label"))
        .withMessageContaining("twice (fields 9 and 10)");
  }

  @Test
  void labelsAreRenamedThenBenignSpellingsUnified() {
    LabelRules rules =
        new LabelRules(
            Set.of("normal", "BENIGN"),
            Map.of("DoS Hulk", "DoS", "0", "Normal"),
            List.of(new LabelRules.Drop("label", Pattern.compile(".* - Attempted"))),
            "UNLABELLED");
    LabelFileReader ruled = new LabelFileReader(withRules(rules), "day.csv", 3, fields(HEADER));
    assertThat(label(ruled, " DoS Hulk ")).contains("DoS");
    assertThat(label(ruled, "NORMAL")).contains("BENIGN");
    assertThat(label(ruled, "0")).contains("BENIGN");
    assertThat(label(ruled, "dos hulk")).contains("dos hulk");
    assertThat(label(ruled, "FTP-Patator - Attempted")).isEmpty();
    assertThat(ruled.report().dropped()).isEqualTo(1);
  }

  private static Optional<String> label(LabelFileReader reader, String written) {
    return reader.read(2, fields(with("Label", written))).map(LabelRow::label);
  }

  private Optional<LabelRow> read(long line, String row) {
    return reader.read(line, fields(row));
  }

  private static LabelFileReader reader(String header) {
    return new LabelFileReader(Descriptions.siteA(), "day.csv", 3, fields(header));
  }

  private static DatasetDescription withRules(LabelRules rules) {
    return Descriptions.of(Descriptions.siteA().csv(), rules);
  }

  private static String with(String column, String value) {
    String[] names = fields(HEADER);
    String[] values = fields(ROW);
    for (int i = 0; i < names.length; i++) {
      if (names[i].strip().equals(column)) {
        values[i] = value;
      }
    }
    return String.join(",", values);
  }

  private static String[] fields(String line) {
    return line.split(",", -1);
  }
}
