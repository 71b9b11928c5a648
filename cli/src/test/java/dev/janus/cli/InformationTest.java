package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say about themselves. */
final class InformationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "download",
        "extract",
        "inspect",
        "labels",
        "train",
        "eval",
        "eval-cross",
        "eval-compare",
        "ablate",
        "report",
        "baseline",
        "score",
        "explain",
        "show",
        "demo",
        "doctor"
      })
  void everyCommandHasHelpWithExamples(String command) {
    CliRun run = CliRun.of(command, "--help");
    assertThat(run.ended(ExitCode.OK)).isTrue();
    assertThat(run.out())
        .startsWith("Usage: janus " + command)
        .contains("Examples:\n  janus " + command)
        .contains("--quiet", "--debug", "--json");
    assertThat(run.err()).isEmpty();
    assertThat(CliRun.of("--help").out()).containsPattern("\n  " + command + "  +\\S");
  }

  @Test
  void versionNamesTheCommit() {
    CliRun run = CliRun.of("--version");
    assertThat(run.ended(ExitCode.OK)).isTrue();
    assertThat(run.out())
        .matches("janus \\d+\\.\\d+\\.\\d+\\S* \\(commit ([0-9a-f]+\\+?|unknown)\\)\n");
  }

  @Test
  void doctorTellsWhatThisMachineOffers() throws IOException {
    CliRun run = CliRun.of("doctor", "--json");
    assertThat(run.ended(ExitCode.OK)).isTrue();
    JsonTree facts = JsonTree.parse(run.out());
    assertThat(facts.at("cores").number()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(facts.at("kernels").value().toString()).containsPattern("scalar|vector");
    assertThat(facts.at("vector_bits").number()).isIn(0.0, 128.0, 256.0, 512.0);
    assertThat(facts.at("gpu").value().toString()).startsWith("no: ");
    assertThat(CliRun.of("doctor").out()).contains("gpu").contains("no: this build");
  }

  @Test
  void theRehearsalOfTheLauncherScoresAndIsNotAdvertised() {
    CliRun run =
        CliRun.of("rehearse", "--pcap", CliRun.HOME.resolve("testdata/captures/tiny.pcap"));
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.outputLines()).hasSizeGreaterThan(1);
    assertThat(CliRun.of("--help").out()).doesNotContain("rehearse");
    assertThat(CliRun.of("rehears").err()).doesNotContain("rehearse");
  }
}
