package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.FlowDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A result that cannot be written, here because something is in its place. */
final class FailedWriteTest {
  private static final Path CAPTURE = CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz");

  @TempDir private Path folder = Path.of("");

  @Test
  void anExtractionSaysHowToGoOnAndGoesOn() throws IOException {
    Path out = folder.resolve("out");
    Path table = Files.createDirectories(out.resolve("flows.parquet"));
    Path inTheWay = Files.createFile(table.resolve("inTheWay"));
    CliRun failed = CliRun.of("extract", "--pcap", CAPTURE, "--out", out, "--overwrite");
    assertThat(failed.ended(ExitCode.CANNOT_CREATE)).as(failed.err()).isTrue();
    String said = failed.errorLines().getLast();
    assertThat(said)
        .contains(
            out.resolve("flows.parquet") + ": cannot be replaced",
            "kept in " + out.resolve(".extraction"),
            "--resume in place of --overwrite")
        .doesNotContain(".tmp");

    Files.delete(inTheWay);
    Files.delete(table);
    CliRun resumed = CliRun.of("extract", "--pcap", CAPTURE, "--out", out, "--resume");
    assertThat(resumed.ended(ExitCode.OK)).as(resumed.err()).isTrue();
    assertThat(resumed.err()).contains("going on: 1 of 1 capture is done");
    assertThat(FlowDataset.read(out).size()).isEqualTo(398);
    assertThat(out.resolve(".extraction")).doesNotExist();
  }
}
