package dev.janus.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.cli.terminal.CliException;
import dev.janus.contract.label.DatasetDescription;
import dev.janus.contract.label.HourClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatasetDescriptionReaderTest {
  private static final String COLUMNS =
      "columns: {source_ip: a, source_port: b, destination_ip: c, destination_port: d,"
          + " protocol: e, timestamp: f, label: g}\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void everyKeyIsRead() throws IOException {
    DatasetDescription read =
        read(
            """
            name: mine
            label_file: "{capture}_*.csv"
            charset: windows-1252
            columns:
              source_ip: Source IP
              source_port: Source Port
              destination_ip: Destination IP
              destination_port: Destination Port
              protocol: Protocol
              timestamp: Timestamp
              label: Label
              duration: Flow Duration
              duration_unit: ms
            time:
              formats: ["dd/MM/yyyy hh:mm:ss", "d/M/yyyy h:mm"]
              clock: cic12h
              zone: "-03:00"
              tolerance_us: 5
            labels:
              benign: [Normal]
              rename: {"DoS Hulk": DoS}
              drop: [{column: Label, matches: ".*Attempted"}]
              unmatched: normal
            """);
    assertThat(read.name()).isEqualTo("mine");
    assertThat(read.labelFile()).isEqualTo("{capture}_*.csv");
    assertThat(read.charset().name()).isEqualTo("windows-1252");
    assertThat(read.columns().duration().orElseThrow().unit().symbol()).isEqualTo("ms");
    assertThat(read.timestamps().formats()).hasSize(2);
    assertThat(read.timestamps().clock()).isEqualTo(HourClock.CIC12H);
    assertThat(read.timestamps().zone()).isEqualTo(ZoneId.of("-03:00"));
    assertThat(read.toleranceMicros()).isEqualTo(5);
    assertThat(read.labels().benignAliases()).containsExactly("Normal");
    assertThat(read.labels().renames()).containsEntry("DoS Hulk", "DoS");
    assertThat(read.labels().drops().getFirst().matches().pattern()).isEqualTo(".*Attempted");
    assertThat(read.labels().unmatched()).isEqualTo("BENIGN");
  }

  @Test
  void aMissingNameIsReported() {
    assertThatThrownBy(() -> read("time: {formats: iso}\n"))
        .isInstanceOf(CliException.class)
        .hasMessage(folder.resolve("set.yaml") + ":1:1: key 'name' is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          "time: {}"                                    | "3:7: key 'time.formats' is missing"
          "time: {formats: iso, clokc: 24h}"            | "3:22: unknown key 'time.clokc'; did you mean 'clock'?"
          "time: {formats: iso, clock: 12h}"            | "3:29: 'time.clock' must be one of 24h, cic12h, not '12h'"
          "time: {formats: iso, zone: Mars}"            | "3:28: 'time.zone' must be an offset like -03:00 or a zone like Europe/Berlin"
          "time: {formats: iso}\\ncharset: klingon"     | "4:10: 'charset' must be a character set such as UTF-8 or windows-1252"
          "time: {formats: iso}\\nlabels: {unmatched: NOBODY}" | "4:21: 'labels.unmatched' must be UNLABELLED or a benign label, not 'NOBODY'"
          "time: {formats: iso}\\nlabels: {drop: [{column: x, matches: '('}]}" | "4:38: not a regular expression: Unclosed group"
          """)
  void mistakesAreReportedWithTheirPlace(String yaml, String expected) {
    assertThatThrownBy(() -> read("name: x\n" + COLUMNS + yaml.replace("\\n", "\n")))
        .isInstanceOf(CliException.class)
        .hasMessage(folder.resolve("set.yaml") + ":" + expected);
  }

  private DatasetDescription read(String yaml) throws IOException {
    Path file = folder.resolve("set.yaml");
    Files.writeString(file, yaml);
    return DatasetDescriptionReader.read(file);
  }
}
