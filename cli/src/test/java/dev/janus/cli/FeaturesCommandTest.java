package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import dev.janus.contract.artifact.Column;
import dev.janus.contract.artifact.ColumnType;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import dev.janus.contract.artifact.NpzWriter;
import dev.janus.contract.artifact.ParquetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features can be added to data that came without them. */
final class FeaturesCommandTest {
  private static final Path CAPTURE = CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz");

  @TempDir private Path folder = Path.of("");

  private Path data = Path.of("");
  private byte[] features = new byte[0];

  @BeforeEach
  void extract() throws IOException {
    data = folder.resolve("data");
    assertThat(CliRun.of("extract", "--pcap", CAPTURE, "--out", data).ended(ExitCode.OK)).isTrue();
    features = Files.readAllBytes(file());
  }

  @Test
  void theyAreThoseThatAnExtractionWrites() throws IOException {
    Files.delete(file());
    CliRun run = CliRun.of("features", "--data", data);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.out()).isEqualTo("Wrote the features of 398 flows to " + file() + "\n");
    assertThat(file()).hasBinaryContent(features);
  }

  @Test
  void thoseThatAreThereAreNotReplacedByAccident() throws IOException {
    Files.writeString(file(), "precious");
    CliRun refused = CliRun.of("features", "--data", data);
    assertThat(refused.ended(ExitCode.CANNOT_CREATE)).isTrue();
    assertThat(refused.errorLines()).singleElement().asString().contains("add --overwrite");
    assertThat(file()).hasContent("precious");

    CliRun run = CliRun.of("features", "--data", data, "--overwrite", "--json");
    assertThat(JsonTree.parse(run.out()).at("flows").number()).isEqualTo(398);
    assertThat(file()).hasBinaryContent(features);
  }

  @Test
  void commandsThatMissThemSayHowToGetThem() throws IOException {
    Files.delete(file());
    Path config = Files.createFile(folder.resolve("run.yaml"));
    CliRun run =
        CliRun.of("train", "--config", config, "--data", data, "--out", folder.resolve("model"));
    assertThat(run.ended(ExitCode.DATA)).isTrue();
    assertThat(run.err()).contains("no such file; run janus features --data " + data);
  }

  @Test
  void damageAndCtrlCLeaveNothing() throws IOException {
    Files.delete(file());
    Interruption interruption = new Interruption();
    interruption.request();
    assertThat(CliRun.of(interruption, "features", "--data", data).ended(ExitCode.INTERRUPTED))
        .isTrue();
    Files.writeString(data.resolve("packets.npz"), "no zip");
    CliRun run = CliRun.of("features", "--data", data);
    assertThat(run.ended(ExitCode.DATA)).isTrue();
    assertThat(run.err()).contains("packets.npz: not a readable .npz file");
    assertThat(CliRun.of("features", "--data", folder.resolve("none")).ended(ExitCode.NO_INPUT))
        .isTrue();
    try (var files = Files.list(data)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("packets.npz", "flows.parquet", "extract.json");
    }
  }

  @Test
  void aPairOfAnotherProgramTrains() throws IOException {
    Path pair = Files.createDirectory(folder.resolve("pair"));
    Map<String, NpyArray> arrays = NpzReader.readAll(data.resolve("packets.npz"));
    arrays.remove("schema_version");
    try (NpzWriter npz = NpzWriter.create(pair.resolve("packets.npz"))) {
      arrays.forEach(npz::put);
      npz.commit();
    }
    List<Column> columns =
        List.of(new Column("flow_id", ColumnType.INT64), new Column("label", ColumnType.STRING));
    try (ParquetWriter out =
        ParquetWriter.create(pair.resolve("flows.parquet"), columns, Map.of())) {
      for (long id = 0; id < 398; id++) {
        out.setLong(0, id);
        out.setString(1, "BENIGN");
        out.endRow();
      }
      out.commit();
    }
    Path config = folder.resolve("run.yaml");
    Files.writeString(
        config,
        """
        model: {d_model: 16, n_layers: 1, n_heads: 2}
        training: {steps: 2, batch_size: 16}
        """);
    CliRun added = CliRun.of("features", "--data", pair);
    assertThat(added.ended(ExitCode.OK)).as(added.err()).isTrue();
    assertThat(pair.resolve("flow_features.parquet")).hasBinaryContent(features);
    CliRun trained =
        CliRun.of("train", "--config", config, "--data", pair, "--out", folder.resolve("model"));
    assertThat(trained.ended(ExitCode.OK)).as(trained.err()).isTrue();
  }

  private Path file() {
    return data.resolve("flow_features.parquet");
  }
}
