package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code janus labels audit} on the bundled captures. */
final class LabelsAuditTest {
  private static final Path CAPTURES = CliRun.HOME.resolve("examples/testbed-c");
  private static final Path DESCRIPTION = CliRun.HOME.resolve("configs/datasets/testbed-c.yaml");

  @TempDir private Path folder = Path.of("");

  @Test
  void theBundledLabelsFitEveryFlow() throws IOException {
    CliRun run = audit("--pcap", CAPTURES, "--labels", CAPTURES, "--out", folder.resolve("audit"));
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.out()).contains("(100.00 %) with the time offset +00:00");
    assertThat(folder.resolve("audit/labels-audit.txt")).hasContent(run.out());
    assertThat(folder.resolve("audit").toFile().list())
        .containsExactlyInAnyOrder("labels-audit.txt", "labels-audit.json");
    JsonTree json = JsonTree.parse(Files.readString(folder.resolve("audit/labels-audit.json")));
    double flows = json.at("join").at("flows").number();
    assertThat(flows).isGreaterThan(398).isEqualTo(json.at("join").at("matched").number());
    assertThat(json.at("join").at("captures").size()).isEqualTo(2);
    assertThat(json.at("flows_without_row").at("flows").number()).isZero();
    assertThat(json.at("duplicates").at("repeated").number()).isZero();
    assertThat(json.at("time_offsets").at("grid").keys()).hasSize(209).contains("-03:15", "+00:00");
    double rows = 0;
    for (String label : json.at("rows_by_label").keys()) {
      assertThat(json.at("rows_by_label").at(label).at("never_matched").number()).isZero();
      rows += json.at("rows_by_label").at(label).at("rows").number();
    }
    assertThat(rows).isEqualTo(flows);
    assertThat(audit("--pcap", CAPTURES, "--labels", CAPTURES, "--out", folder.resolve("audit")))
        .matches(again -> again.ended(ExitCode.CANNOT_CREATE));
  }

  @Test
  void whatAKilledRunLeftIsRemovedByTheNext() throws IOException {
    String left = ".labels-audit.00000000-0000-4000-8000-000000000123";
    Path out = Files.createDirectory(folder.resolve("audit"));
    Files.createFile(out.resolve(left + ".lock"));
    Files.writeString(Files.createDirectory(out.resolve(left + ".tmp")).resolve("flows.spill"), "");
    CliRun run = audit("--pcap", CAPTURES, "--labels", CAPTURES, "--out", out);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder("labels-audit.txt", "labels-audit.json");
  }

  @Test
  void aWrongZoneShowsInTheGridAndInWhatIsLeftOver() throws IOException {
    CliRun run =
        audit("--json", "--pcap", CAPTURES, "--labels", CAPTURES, "--time-offset", "-02:15");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    JsonTree json = JsonTree.parse(run.out());
    assertThat(json.at("join").at("hit_rate").number()).isLessThan(0.1);
    assertThat(json.at("time_offsets").at("recommendation").at("time_offset").value())
        .isEqualTo("+00:00");
    assertThat(json.at("time_offsets").at("grid").at("+00:00").number()).isEqualTo(1);
    assertThat(json.at("flows_without_row").at("by_protocol").keys()).contains("tcp", "udp");
    assertThat(json.at("flows_without_row").at("by_service").keys()).contains("udp/53");
    assertThat(json.at("flows_without_row").at("by_hour").keys()).isNotEmpty();
    assertThat(json.at("labels").keys()).contains("UNLABELLED");
  }

  @Test
  void rulesTellWhatEachOfThemDid() throws IOException {
    Path rules = folder.resolve("windows.yaml");
    Files.writeString(
        rules,
        """
        rules:
          - {label: DNS, from: 2000-01-01T00:00:00Z, to: 2100-01-01T00:00:00Z, destination_ports: 53}
          - {label: UDP, from: 2000-01-01T00:00:00Z, to: 2100-01-01T00:00:00Z, protocols: udp}
          - {label: Late, from: 2099-01-01T00:00:00Z, to: 2100-01-01T00:00:00Z}
        """);
    Path description = folder.resolve("set.yaml");
    Files.writeString(description, "name: set\nrules: windows.yaml\n");
    Path data = folder.resolve("data");
    CliRun extract =
        CliRun.of("extract", "--pcap", CAPTURES, "--dataset", description, "--out", data);
    assertThat(extract.ended(ExitCode.OK)).as(extract.err()).isTrue();
    assertThat(extract.out()).contains("fitted none and are BENIGN", "1 of 3 rules fitted no flow");
    JsonTree from =
        JsonTree.parse(Files.readString(data.resolve("extract.json"))).at("labels_from");
    assertThat(from.at("policy").value()).isEqualTo("rules");
    assertThat(from.at("rules_sha256").value().toString()).matches("[0-9a-f]{64}");

    CliRun run = CliRun.of("labels", "audit", "--data", data, "--dataset", description, "--json");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    JsonTree audited = JsonTree.parse(run.out());
    assertThat(audited.at("labels").value())
        .isEqualTo(
            JsonTree.parse(Files.readString(data.resolve("extract.json"))).at("labels").value());
    assertThat(audited.at("rules").at("overlaps").at(0).at("later").number()).isEqualTo(2);
    assertThat(audited.at("rules").at("rules").at(2).at("fitted").number()).isZero();
    assertThat(CliRun.of("labels", "audit", "--data", data, "--dataset", description).out())
        .contains(
            "rule 2 changed the label that rule 1 had given",
            "1 of 3 rules fitted no flow; see above");
  }

  @Test
  void rulesThatFitNothingAreWarnedOfWithBothSpans() throws IOException {
    Path description = folder.resolve("set.yaml");
    String rule = "name: set\nrules: [{label: DNS, from: %s, to: %s, sources: 203.0.113.1}]\n";
    Path data = folder.resolve("data");
    Files.writeString(description, rule.formatted("2017-07-04T12:00:00Z", "2017-07-04T13:00:00Z"));
    CliRun extract =
        CliRun.of("extract", "--pcap", CAPTURES, "--dataset", description, "--out", data);
    assertThat(extract.ended(ExitCode.OK)).as(extract.err()).isTrue();
    assertThat(extract.out())
        .contains("Warning: no rule of " + description + " fitted any of ")
        .contains("the rules are for 2017-07-04T12:00:00Z to 2017-07-04T13:00:00Z, the flows start")
        .contains("from 2026-11-22T17:0", "time zone?")
        .doesNotContain("janus labels audit");
    CliRun audit = CliRun.of("labels", "audit", "--data", data, "--dataset", description, "--json");
    assertThat(audit.err()).contains("janus: warning: no rule of ");
    assertThat(JsonTree.parse(audit.out()).at("labels_from").at("warning").value().toString())
        .contains("2017-07-04T12:00:00Z");
    Files.writeString(description, rule.formatted("2017-07-04T12:00:00Z", "2100-07-04T13:00:00Z"));
    assertThat(CliRun.of("labels", "audit", "--data", data, "--dataset", description).out())
        .contains("Warning: no rule of ", "look at their addresses, ports and windows");
  }

  @Test
  void captureNamesAreEnoughForLabels() {
    assertThat(run("name: x\nlabels: {by_capture: {'*benign*': BENIGN, '*mixed*': mixed}}\n").out())
        .containsPattern("BENIGN +398\n")
        .contains("mixed");
    assertThat(run("name: x\nlabels: {constant: Tor}\n").out()).containsPattern("Tor +\\d");
    CliRun none = run("name: x\nlabels: {by_capture: {'other*': BENIGN}}\n");
    assertThat(none.ended(ExitCode.DATA)).isTrue();
    assertThat(none.err()).contains("labels.by_capture fits none of the captures: c-01-benign");
  }

  @Test
  void foldersOfCapturesAreRememberedByAnExtraction() throws IOException {
    Path description = folder.resolve("set.yaml");
    Files.writeString(description, "name: x\nlabels: {by_capture: {'testbed-c/*mixed': mixed}}\n");
    Path data = folder.resolve("data");
    CliRun.of("extract", "--pcap", CAPTURES, "--dataset", description, "--out", data);
    CliRun run = CliRun.of("labels", "audit", "--data", data, "--dataset", description);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.out())
        .containsPattern("UNLABELLED +398\n")
        .contains("no label for 1 capture: c-01-benign");
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "store"})
  void flowsOfADataSetAreLookedAtWithoutTheirPackets(String layout) throws IOException {
    Path data = folder.resolve("data");
    CliRun.of("extract", "--pcap", CAPTURES, "--layout", layout, "--out", data);
    CliRun whole = audit("--data", data, "--labels", CAPTURES);
    assertThat(whole.ended(ExitCode.OK)).as(whole.err()).isTrue();
    assertThat(whole.out())
        .isEqualTo(audit("--pcap", CAPTURES, "--labels", CAPTURES).out())
        .contains("(100.00 %) with the time offset +00:00");
    for (String name :
        new String[] {
          "packets.npz", "flow_features.parquet", "full_store/shard-00000/packet_tokens.npy"
        }) {
      Files.deleteIfExists(data.resolve(name));
    }
    assertThat(audit("--data", data, "--labels", CAPTURES).out()).isEqualTo(whole.out());
    CliRun rules = CliRun.of("labels", "audit", "--data", data, "--dataset", rules());
    assertThat(rules.ended(ExitCode.DATA)).isTrue();
    assertThat(rules.err()).containsAnyOf("packets.npz", "packet_tokens.npy");
  }

  private Path rules() throws IOException {
    Files.writeString(
        folder.resolve("windows.yaml"),
        "rules: [{label: Any, from: 2000-01-01T00:00:00Z, to: 2100-01-01T00:00:00Z}]");
    return Files.writeString(folder.resolve("set.yaml"), "name: set\nrules: windows.yaml\n");
  }

  private CliRun run(String yaml) {
    try {
      Path description = folder.resolve("set.yaml");
      Files.writeString(description, yaml);
      return CliRun.of("labels", "audit", "--pcap", CAPTURES, "--dataset", description);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatDoesNotGoTogetherIsAUsageError() {
    refused(ExitCode.USAGE, "give either --data or --pcap", audit("--labels", CAPTURES));
    refused(
        ExitCode.USAGE,
        "give either --data or --pcap",
        audit("--pcap", CAPTURES, "--data", folder, "--labels", CAPTURES));
    refused(
        ExitCode.USAGE,
        "--fragments says how captures are read, but the flows of --data are cut already",
        audit("--data", folder, "--labels", CAPTURES, "--fragments", "drop"));
    refused(
        ExitCode.USAGE,
        "--stitch-files says how captures are read",
        audit("--data", folder, "--labels", CAPTURES, "--stitch-files"));
    refused(
        ExitCode.USAGE,
        "--overwrite is for a result in a folder; give --out too",
        audit("--pcap", CAPTURES, "--labels", CAPTURES, "--overwrite"));
    refused(
        ExitCode.USAGE,
        "--dataset says which labels",
        CliRun.of("labels", "audit", "--pcap", CAPTURES));
    refused(
        ExitCode.USAGE,
        "--dataset and --labels belong together: " + DESCRIPTION,
        audit("--pcap", CAPTURES));
    refused(
        ExitCode.USAGE,
        "--label-policy rules: " + DESCRIPTION + " describes no such labels; it has [join]",
        audit("--pcap", CAPTURES, "--labels", CAPTURES, "--label-policy", "rules"));
    refused(
        ExitCode.USAGE,
        "--labels is for labels from files",
        CliRun.of(
            "labels",
            "audit",
            "--pcap",
            CAPTURES,
            "--labels",
            CAPTURES,
            "--dataset",
            DESCRIPTION.resolveSibling("cicids2017.yaml"),
            "--label-policy",
            "rules"));
    for (String option : new String[] {"--label-policy=join", "--attempted=drop"}) {
      refused(
          ExitCode.USAGE,
          option.substring(0, option.indexOf('=')) + " chooses among the labels",
          CliRun.of("extract", "--pcap", CAPTURES, "--out", folder.resolve("out"), option));
    }
    refused(ExitCode.USAGE, "a command is missing", CliRun.of("labels"));
    refused(
        ExitCode.USAGE,
        "unexpected argument 'audt'; did you mean 'audit'?",
        CliRun.of("labels", "audt"));
  }

  @Test
  void helpHasExamples() {
    CliRun run = CliRun.of("labels", "audit", "--help");
    assertThat(run.ended(ExitCode.OK)).isTrue();
    assertThat(run.out())
        .startsWith("Usage: janus labels audit")
        .contains("Examples:\n  janus labels audit", "--quiet", "--debug", "--json");
  }

  @Test
  void anInterruptionLeavesNothing() {
    Interruption interruption = new Interruption();
    interruption.request();
    CliRun run =
        CliRun.of(
            interruption,
            "labels",
            "audit",
            "--pcap",
            CAPTURES,
            "--dataset",
            DESCRIPTION,
            "--labels",
            CAPTURES,
            "--out",
            folder.resolve("audit"));
    assertThat(run.ended(ExitCode.INTERRUPTED)).as(run.err()).isTrue();
    assertThat(folder.resolve("audit")).doesNotExist();
  }

  private CliRun audit(Object... args) {
    Object[] all = new Object[args.length + 4];
    all[0] = "labels";
    all[1] = "audit";
    all[2] = "--dataset";
    all[3] = DESCRIPTION;
    System.arraycopy(args, 0, all, 4, args.length);
    return CliRun.of(all);
  }

  private static void refused(ExitCode code, String start, CliRun run) {
    // A line about files that are no captures may come first.
    assertThat(run.errorLines().getLast()).startsWith("janus: " + start);
    assertThat(run.ended(code)).as("exit code " + run.code()).isTrue();
  }
}
