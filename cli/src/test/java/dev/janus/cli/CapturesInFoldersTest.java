package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets whose captures lie in a folder for each class. */
final class CapturesInFoldersTest {
  private static final Path TINY = CliRun.HOME.resolve("testdata/captures/tiny.pcap");
  private static final Path BY_FOLDER = CliRun.HOME.resolve("configs/datasets/iscxtor2016.yaml");

  @TempDir private Path folder = Path.of("");

  @Test
  void whatCannotBeReadIsWarnedOf() throws IOException {
    Path memory = Path.of("/proc/self/mem");
    assumeTrue(Files.exists(memory), "no file that opens and cannot be read");
    Files.copy(TINY, folder.resolve("a.pcap"));
    Path link = Files.createSymbolicLink(folder.resolve("b.pcap"), memory);
    CliRun run = CliRun.of("inspect", folder, "--quiet");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.errorLines()).singleElement().asString().contains(link + ": cannot be read");
  }

  @Test
  void capturesOfOneNameInSeveralFoldersAreToldApart() throws IOException {
    Path captures = folder.resolve("captures");
    for (String name : new String[] {"Tor", "NonTor"}) {
      Files.copy(TINY, Files.createDirectories(captures.resolve(name)).resolve("browsing.pcap"));
    }
    Path out = folder.resolve("data");
    CliRun run = CliRun.of("extract", "--pcap", captures, "--dataset", BY_FOLDER, "--out", out);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.out()).contains("NonTor/browsing.pcap ", " Tor/browsing.pcap: ");
    JsonTree report = JsonTree.parse(Files.readString(out.resolve("extract.json")));
    assertThat(report.at("labels").at("TOR").number()).isEqualTo(7);
    assertThat(report.at("labels").at("nonTOR").number()).isEqualTo(7);
    assertThat(report.at("captures").at(0).at("name").value()).isEqualTo("NonTor/browsing");
    assertThat(report.at("captures").at(1).at("name").value()).isEqualTo("Tor/browsing");
    CliRun audit = CliRun.of("labels", "audit", "--data", out, "--dataset", BY_FOLDER, "--json");
    assertThat(audit.ended(ExitCode.OK)).as(audit.err()).isTrue();
    JsonTree labels = JsonTree.parse(audit.out()).at("labels");
    assertThat(labels.at("TOR").number()).isEqualTo(7);
    assertThat(labels.at("nonTOR").number()).isEqualTo(7);
    CliRun inspection = CliRun.of("inspect", captures);
    assertThat(inspection.outputLines())
        .anyMatch(line -> line.startsWith("NonTor/browsing.pcap "))
        .anyMatch(line -> line.startsWith("Tor/browsing.pcap "));
  }
}
