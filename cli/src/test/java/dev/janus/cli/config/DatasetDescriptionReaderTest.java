package dev.janus.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.cli.terminal.CliException;
import dev.janus.contract.label.AddressBlock;
import dev.janus.contract.label.AttemptedFlows;
import dev.janus.contract.label.CsvLabels;
import dev.janus.contract.label.DatasetDescription;
import dev.janus.contract.label.EndpointFilter;
import dev.janus.contract.label.FlowFact;
import dev.janus.contract.label.HourClock;
import dev.janus.contract.label.LabelPolicy;
import dev.janus.contract.label.RuleSet;
import dev.janus.contract.label.WindowRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
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
            label_files: {"fri*": [am.csv, pm.csv], sat: sat.csv}
            charset: windows-1252
            delimiter: ";"
            header: [Source IP, Source Port]
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
              empty: Normal
              attempted: drop
              unmatched: normal
            """);
    CsvLabels csv = read.csv();
    assertThat(read.name()).isEqualTo("mine");
    assertThat(csv.names().pattern()).isEqualTo("{capture}_*.csv");
    assertThat(csv.layout().charset().name()).isEqualTo("windows-1252");
    assertThat(csv.columns().duration().orElseThrow().unit().symbol()).isEqualTo("ms");
    assertThat(csv.timestamps().formats()).hasSize(2);
    assertThat(csv.timestamps().clock()).isEqualTo(HourClock.CIC12H);
    assertThat(csv.timestamps().zone()).isEqualTo(ZoneId.of("-03:00"));
    assertThat(csv.toleranceMicros()).isEqualTo(5);
    assertThat(read.labels().benignAliases()).containsExactly("Normal");
    assertThat(read.labels().renames()).containsEntry("DoS Hulk", "DoS");
    assertThat(read.labels().drops().getFirst().matches().pattern()).isEqualTo(".*Attempted");
    assertThat(read.labels().unmatched()).isEqualTo("BENIGN");
    assertThat(csv.names().byCapture())
        .containsExactly(
            Map.entry("fri*", List.of("am.csv", "pm.csv")), Map.entry("sat", List.of("sat.csv")));
    assertThat(csv.layout().delimiter()).isEqualTo(';');
    assertThat(csv.layout().header()).containsExactly("Source IP", "Source Port");
    assertThat(read.labels().empty()).contains("Normal");
    assertThat(read.labels().attempted()).isEqualTo(AttemptedFlows.DROP);
    assertThat(read.policy()).isSameAs(csv);
  }

  @Test
  void thePoliciesThatAreDescribedStandInAFixedOrderUnlessOneIsPreferred() throws IOException {
    String rules =
        """
        rules:
          - {label: Scan, from: 2017-07-04T12:00:00Z, to: 2017-07-04T13:00:00Z}
        """;
    String labels = "labels: {by_capture: {'ddos*': DDoS}, constant: BENIGN}\n";
    String all = "name: x\n" + COLUMNS + "time: {formats: iso}\n" + rules + labels;
    assertThat(read(all).policies())
        .extracting(LabelPolicy::kind)
        .containsExactly(LabelPolicy.Kind.values());
    assertThat(read(all + "label_policy: capture").policies())
        .extracting(policy -> policy.kind().key())
        .containsExactly("capture", "join", "rules", "constant");
    assertThat(read("name: x\n" + labels).policy().kind()).isEqualTo(LabelPolicy.Kind.CAPTURE);
    assertThatThrownBy(() -> read("name: x\nlabel_policy: rules\n" + labels))
        .hasMessageContaining(":2:15: 'label_policy' is 'rules', which is not described");
    assertThatThrownBy(() -> read("name: x\n"))
        .hasMessageContaining("names no labels; give columns and time, rules, labels.by_capture");
  }

  @Test
  void rulesAreReadFromTheFileBesideTheDescription() throws IOException {
    Path windows = folder.resolve("windows.yaml");
    Files.writeString(
        windows,
        """
        name: windows
        source: invented
        rules:
          - label: FTP
            from: 2017-07-04T09:17:52.838272-03:00
            to: 2017-07-04T12:17:52.838272Z
            sources: [172.16.0.0/24]
            source_ports: [1024-65535]
            except_source_ports: [5000]
            destinations: 192.168.10.50
            destination_ports: [21, 2121]
            hosts: ["2001:db8::/32"]
            protocols: [tcp, 17]
            forward_bytes: {max: 32}
            packets: 3
            attempted: without_payload
        """);
    RuleSet set = (RuleSet) read("name: x\nrules: windows.yaml\n").policy();
    assertThat(set.source()).isEqualTo(windows.toString());
    assertThat(set.sha256()).hasSize(64);
    WindowRule rule = set.rules().getFirst();
    assertThat(rule.fromMicros()).isEqualTo(rule.toMicros()).isEqualTo(1_499_170_672_838_272L);
    assertThat(rule.source().ports()).containsExactly(new EndpointFilter.PortRange(1024, 65535));
    assertThat(rule.destination().addresses())
        .containsExactly(AddressBlock.parse("192.168.10.50/32"));
    assertThat(rule.protocols()).containsExactlyInAnyOrder(6, 17);
    assertThat(rule.limits())
        .containsExactlyInAnyOrder(
            new WindowRule.Limit(FlowFact.PACKETS, 3, 3),
            new WindowRule.Limit(FlowFact.FORWARD_BYTES, 0, 32));
    assertThat(rule.attempts()).isEqualTo(WindowRule.Attempts.WITHOUT_PAYLOAD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          "sources: [172.16.0.300]"   | "not an IP address"
          "sources: [172.16.0.0/33]"  | "0 to 32 fixed bits"
          "source_ports: [70000]"     | "ports go from 0 to 65535"
          "source_ports: [9-8]"       | "ports go from 0 to 65535"
          "source_ports: [http]"      | "is no port and no range of ports"
          "protocols: [sctp]"         | "is no protocol; write tcp"
          "forward_bytes: {min: 2, max: 1}" | "from 2 to 1 there is nothing"
          "forward_bytes: -1"         | "must be at least 0"
          "attempted: maybe"          | "one of never, without_payload, always"
          "from: 2017-07-04 12:00:00" | "is no time with an offset"
          "to: 2017-07-04T11:00:00Z"  | "must not be before from"
          "forward_byte: 3"           | "did you mean 'forward_bytes'?"
          """)
  void mistakesInRulesAreReportedWithTheirPlace(String line, String expected) {
    String key = line.substring(0, line.indexOf(':'));
    StringBuilder rule = new StringBuilder("name: x\nrules:\n  - label: Scan\n");
    for (String given : List.of("from: 2017-07-04T12:00:00Z", "to: 2017-07-04T13:00:00Z", line)) {
      if (given.equals(line) || !given.startsWith(key + ":")) {
        rule.append("    ").append(given).append('\n');
      }
    }
    assertThatThrownBy(() -> read(rule.toString()))
        .isInstanceOf(CliException.class)
        .hasMessageStartingWith(folder.resolve("set.yaml") + ":")
        .hasMessageContaining(expected);
  }

  @Test
  void anUnknownKeyOfARuleIsNamedBeforeOneThatIsMissing() {
    assertThatThrownBy(() -> read("name: x\nrules:\n  - label: Scan\n    form: 2017\n"))
        .isInstanceOf(CliException.class)
        .hasMessage(
            folder.resolve("set.yaml") + ":4:5: unknown key 'rules[0].form'; did you mean 'from'?");
    assertThatThrownBy(() -> read("name: x\nrules:\n  - label: Scan\n    attacker: x\n"))
        .hasMessageContaining(":4:5: unknown key 'rules[0].attacker'")
        .hasMessageContaining("sources");
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
