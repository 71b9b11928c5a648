package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake is one line on stderr with its place, the right exit code and no leftovers. */
final class BadInputTest {
  private static final Path CAPTURE = CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz");
  private static final Path DESCRIPTION = CliRun.HOME.resolve("configs/datasets/testbed-c.yaml");

  @TempDir private Path folder = Path.of("");

  @Test
  void anEmptyFileIsNoCapture() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.pcap"));
    refused(extract(file), ExitCode.DATA, file + ": offset 0: an empty file");
  }

  @Test
  void aPdfNamedPcapIsNoCapture() throws IOException {
    Path file = folder.resolve("paper.pcap");
    Files.writeString(file, "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj <<>> endobj");
    refused(extract(file), ExitCode.DATA, file + ": offset 0: a PDF document; supported are pcap");
  }

  @Test
  void aMissingCaptureIsNoInput() {
    Path file = folder.resolve("absent.pcap");
    refused(extract(file), ExitCode.NO_INPUT, file + ": does not exist");
  }

  @Test
  void aCaptureCutInsideARecordIsReadUpToThereAndCounted() throws IOException {
    Path file = folder.resolve("cut.pcap");
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(CAPTURE))) {
      Files.write(file, in.readNBytes(100_000));
    }
    CliRun run = extract(file);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.out())
        .contains("file ends inside a record, first at offset")
        .contains("Wrote 61 flows");
  }

  @Test
  void aLabelFileWithoutANeededColumnNamesTheColumn() throws IOException {
    Path labels = folder.resolve("c-01-benign.csv");
    String csv =
        Files.readString(CliRun.HOME.resolve("examples/testbed-c/c-01-benign.csv"))
            .replaceFirst(" Label", " Lable");
    Files.writeString(labels, csv);
    CliRun run =
        CliRun.of(
            "extract",
            "--pcap",
            CAPTURE,
            "--dataset",
            DESCRIPTION,
            "--labels",
            labels,
            "--out",
            folder.resolve("out"));
    refused(run, ExitCode.DATA, labels + ":1: no column Label; did you mean Lable?");
  }

  @Test
  void aLabelFileInAnotherCharacterSetSaysHowToReadIt() throws IOException {
    Path labels = folder.resolve("c-01-benign.csv");
    String csv =
        Files.readString(CliRun.HOME.resolve("examples/testbed-c/c-01-benign.csv"))
            .replaceFirst("BENIGN", "Web \u00e9");
    Files.write(labels, csv.getBytes(StandardCharsets.ISO_8859_1));
    CliRun run =
        CliRun.of(
            "extract",
            "--pcap",
            CAPTURE,
            "--dataset",
            DESCRIPTION,
            "--labels",
            labels,
            "--out",
            folder.resolve("out"));
    refused(run, ExitCode.DATA, labels + ":2: byte E9 is not UTF-8");
  }

  @Test
  void labelsWithoutADescriptionAreAUsageError() {
    CliRun run =
        CliRun.of(
            "extract", "--pcap", CAPTURE, "--labels", CAPTURE, "--out", folder.resolve("out"));
    refused(run, ExitCode.USAGE, "--dataset and --labels belong together");
  }

  @ParameterizedTest
  @CsvSource({
    "--shard-flows 100, --shard-flows is for a store; add --layout store",
    "--memory 1g --max-flows 1000, --max-flows is set by --memory; give one of them",
    "--stitch-files --jobs 2, --jobs has no effect with --stitch-files",
  })
  void optionsThatWouldHaveNoEffectAreRefused(String options, String expected) {
    List<Object> arguments =
        new ArrayList<>(List.of("extract", "--pcap", CAPTURE, "--out", folder.resolve("out")));
    arguments.addAll(List.of(options.split(" ")));
    refused(CliRun.of(arguments.toArray()), ExitCode.USAGE, expected);
  }

  @Test
  void aMisspeltKeyInADescriptionIsFound() throws IOException {
    Path description = folder.resolve("set.yaml");
    Files.writeString(
        description, Files.readString(DESCRIPTION).replace("  timestamp:", "  timestmap:"));
    CliRun run =
        CliRun.of(
            "extract",
            "--pcap",
            CAPTURE,
            "--dataset",
            description,
            "--labels",
            CliRun.HOME.resolve("examples/testbed-c"),
            "--out",
            folder.resolve("out"));
    refused(run, ExitCode.DATA, description + ":");
    assertThat(run.err()).contains("unknown key 'columns.timestmap'; did you mean 'timestamp'?");
  }

  @Test
  void anOutputFolderBelowAFileCannotBeMade() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path out = file.resolve("out");
    refused(
        CliRun.of("extract", "--pcap", CAPTURE, "--out", out),
        ExitCode.CANNOT_CREATE,
        out + ": cannot be written to (Not a directory)");
  }

  @Test
  void anOutputFolderIsTriedBeforeLabelFilesAreRead() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    CliRun run =
        CliRun.of(
            "extract",
            "--pcap",
            CAPTURE,
            "--dataset",
            DESCRIPTION,
            "--labels",
            file,
            "--out",
            file);
    refused(run, ExitCode.CANNOT_CREATE, file + ": is a file, not a folder");
  }

  @Test
  void aPipeIsReadFromItsFirstByte() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assumeTrue(makePipe(pipe));
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                Files.copy(CAPTURE, out);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    CliRun run = extract(pipe);
    writer.join();
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.out()).contains("Wrote 398 flows");
  }

  private static boolean makePipe(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // not on this system
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "100000", "many"})
  void aThreadCountOutOfRangeIsAUsageError(String threads) {
    CliRun run = CliRun.of("score", "--model", folder, "--pcap", CAPTURE, "--threads", threads);
    refused(run, ExitCode.USAGE, threads.equals("many") ? "Invalid value" : "--threads must be 1");
  }

  @Test
  void aFlowTableOutOfRangeIsAUsageErrorOfEveryCommandThatHasOne() {
    String reason = "--max-flows: open flows must be 1 to";
    refused(
        CliRun.of("score", "--model", folder, "--pcap", CAPTURE, "--max-flows", 0),
        ExitCode.USAGE,
        reason);
    refused(
        CliRun.of("extract", "--pcap", CAPTURE, "--out", folder.resolve("out"), "--max-flows", 0),
        ExitCode.USAGE,
        reason);
  }

  @Test
  void tooLittleMemoryForWhatIsReadAtATimeIsAUsageError() {
    CliRun run =
        CliRun.of("extract", "--pcap", CAPTURE, "--out", folder.resolve("out"), "--memory", "1");
    refused(
        run,
        ExitCode.USAGE,
        "--memory: room for 0 open flows is too little (captures read at a time: 1); give more");
  }

  @Test
  void anEarlierResultIsNotOverwrittenByAccident() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("packets.npz"), "precious");
    CliRun run = CliRun.of("extract", "--pcap", CAPTURE, "--out", out);
    assertThat(run.ended(ExitCode.CANNOT_CREATE)).isTrue();
    assertThat(run.err()).contains("already holds packets.npz").contains("--overwrite");
    assertThat(out.resolve("packets.npz")).hasContent("precious");
  }

  @Test
  void aMisspeltConfigurationKeyIsFoundBeforeAnythingElse() throws IOException {
    Path config = folder.resolve("run.yaml");
    Files.writeString(config, "training:\n  setps: 10\n");
    CliRun run =
        CliRun.of("train", "--config", config, "--data", folder, "--out", folder.resolve("out"));
    refused(
        run, ExitCode.DATA, config + ":2:3: unknown key 'training.setps'; did you mean 'steps'?");
  }

  @Test
  void aDataFolderWithoutAnExtractionIsRefused() throws IOException {
    Path config = Files.createFile(folder.resolve("run.yaml"));
    CliRun run =
        CliRun.of("train", "--config", config, "--data", folder, "--out", folder.resolve("out"));
    refused(run, ExitCode.DATA, folder.resolve("packets.npz") + ": no such file");
  }

  @Test
  void aMissingModelIsNoInput() {
    CliRun run = CliRun.of("score", "--model", folder.resolve("m"), "--pcap", CAPTURE);
    refused(run, ExitCode.NO_INPUT, folder.resolve("m") + ": does not exist");
  }

  @Test
  void unknownCommandsAndOptionsAreUsageErrors() {
    refused(
        CliRun.of("extrakt"),
        ExitCode.USAGE,
        "unexpected argument 'extrakt'; did you mean 'extract'?");
    refused(
        CliRun.of("train", "--confg", "x"),
        ExitCode.USAGE,
        "unknown option '--confg'; did you mean '--config'?");
    refused(CliRun.of("show"), ExitCode.USAGE, "Missing required parameter: 'FILE'");
    refused(CliRun.of(), ExitCode.USAGE, "a command is missing");
    refused(
        CliRun.of("show", "x", "--format", "xml"),
        ExitCode.USAGE,
        "Invalid value for option '--format'");
  }

  @Test
  void stackTracesAppearOnlyWithDebug() {
    Path file = folder.resolve("absent.npz");
    assertThat(CliRun.of("show", file).err()).doesNotContain("\tat ");
    assertThat(CliRun.of("show", file, "--debug").err()).contains("\tat dev.janus");
  }

  @Test
  void filesOfUnknownKindCannotBeShown() throws IOException {
    Path file = Files.createFile(folder.resolve("thing.xyz"));
    refused(CliRun.of("show", file), ExitCode.DATA, file + ": not a file that can be shown");
    Path npz = folder.resolve("bad.npz");
    Files.writeString(npz, "not a zip");
    refused(CliRun.of("show", npz), ExitCode.DATA, npz + ": not a readable .npz file");
    Path json = folder.resolve("bad.json");
    Files.writeString(json, "{\"a\": ");
    refused(CliRun.of("show", json), ExitCode.DATA, json + ": not valid JSON");
  }

  private CliRun extract(Path capture) {
    return CliRun.of("extract", "--pcap", capture, "--out", folder.resolve("out"));
  }

  private void refused(CliRun run, ExitCode code, String start) {
    assertThat(run.errorLines()).as(run.err()).hasSize(1);
    assertThat(run.err()).startsWith("janus: " + start);
    assertThat(run.ended(code)).as("exit code " + run.code()).isTrue();
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
