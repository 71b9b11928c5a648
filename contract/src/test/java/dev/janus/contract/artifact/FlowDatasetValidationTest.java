package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import dev.janus.contract.packet.PacketSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every broken promise of the files is named with file, row and column. */
class FlowDatasetValidationTest {
  private static final int FLOWS = 5;
  private static final int ROW = PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS;

  @TempDir Path folder;

  @BeforeEach
  void writeAValidDataset() {
    RandomFlows.write(folder, RandomFlows.of(FLOWS, 1), 1);
  }

  @Test
  void aFolderWithoutTheFilesIsNamed() throws IOException {
    assertRefused("packets.npz: no such file", () -> Files.delete(folder.resolve("packets.npz")));
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FlowDataset.read(folder.resolve("none")))
        .withMessageContainingAll("none", "no such folder", "--out");
  }

  @Test
  void missingFeaturesAreNotMadeUpSilently() throws IOException {
    assertRefused(
        "flow_features.parquet: no such file; run janus features --data ",
        () -> Files.delete(folder.resolve("flow_features.parquet")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"packet_tokens", "packet_lengths", "flow_id"})
  void missingArraysAreNamed(String name) {
    assertRefused("packets.npz: array " + name + " is missing", arrays -> arrays.remove(name));
  }

  @Test
  void unknownArraysAreNamed() {
    assertRefused(
        "packets.npz: unknown array labels", arrays -> arrays.put("labels", NpyArray.scalar(1)));
  }

  @Test
  void otherSchemaVersionsAreRefused() {
    assertRefused(
        "packets.npz: schema version 2, but version 1",
        arrays -> arrays.put("schema_version", NpyArray.scalar(2)));
  }

  @Test
  void shapesAndTypesOfArraysAreChecked() {
    assertRefused(
        "packet_tokens.npy: shape [4, 64, 9], not [5, 64, 9]",
        arrays -> arrays.put("packet_tokens", NpyArray.of(new float[4 * ROW], 4, 64, 9)));
    assertRefused(
        "packet_tokens.npy: shape [5, 576], not [5, 64, 9]",
        arrays -> arrays.put("packet_tokens", NpyArray.of(new float[5 * ROW], 5, 576)));
    assertRefused(
        "packet_tokens.npy: holds float64, not float32",
        arrays -> arrays.put("packet_tokens", NpyArray.of(new double[5 * ROW], 5, 64, 9)));
    assertRefused(
        "packet_lengths.npy: holds int64, not int32",
        arrays -> arrays.put("packet_lengths", NpyArray.of(new long[] {1, 1, 1, 1, 1})));
    assertRefused(
        "packet_lengths.npy: shape [5, 1], not (N,)",
        arrays -> arrays.put("packet_lengths", NpyArray.of(new int[] {1, 1, 1, 1, 1}, 5, 1)));
    assertRefused(
        "flow_id.npy: shape [4], not (5,)",
        arrays -> arrays.put("flow_id", NpyArray.of(new long[] {0, 1, 2, 3})));
    assertRefused(
        "flow_id.npy: row 3: flow_id 4 is not the row number",
        arrays -> arrays.put("flow_id", NpyArray.of(new long[] {0, 1, 2, 4, 3})));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65, Integer.MAX_VALUE})
  void lengthsAreChecked(int length) {
    assertRefused(
        "packet_lengths.npy: flow 2: length " + length + " is not 1 to 64",
        arrays -> changed(arrays, "packet_lengths").ints()[2] = length);
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity", "-1"})
  void tokensMustBeFiniteAndNotNegative(float value) {
    assertRefused(
        "packet_tokens.npy: flow 3, packet 0, channel iat: " + value + " is not a finite number",
        arrays -> changed(arrays, "packet_tokens").floats()[3 * ROW + 1] = value);
  }

  @Test
  void paddingMustBeZero() {
    int length = NpzReader.read(folder.resolve("packets.npz"), "packet_lengths").ints()[0];
    int shorter = Math.max(1, length - 1);
    assertRefused(
        "flow 0, packet " + shorter,
        arrays -> {
          changed(arrays, "packet_lengths").ints()[0] = shorter;
          changed(arrays, "packet_tokens").floats()[shorter * PacketSchema.CHANNELS] = 1;
        });
  }

  @ParameterizedTest
  @CsvSource({
    "flow_id,      9,          the row number",
    "label,        ' ',        a label",
    "src_ip,       10.0.0.999, an IP address",
    "dst_ip,       ::1,        of the family of src_ip",
    "src_port,     65536,      0 to 65535",
    "dst_port,     -1,         0 to 65535",
    "protocol,     256,        0 to 255",
    "end_us,       0,          at least start_us",
    "packets,      0,          at least 1",
    "first_packet, -1,         at least 0",
    "end_reason,   FINISHED,   one of",
  })
  void everyColumnOfFlowsIsChecked(String column, String value, String wanted) {
    rewriteFlows(FlowTables.metadata(), FlowTables.flowColumns(), column, value);
    assertRefused("flows.parquet: row 1, column %s: %s is not %s".formatted(column, value, wanted));
  }

  @Test
  void moreStoredThanCountedPacketsAreRefused() {
    int stored = NpzReader.read(folder.resolve("packets.npz"), "packet_lengths").ints()[1];
    assertThat(stored).isGreaterThan(1);
    rewriteFlows(FlowTables.metadata(), FlowTables.flowColumns(), "packets", "1");
    assertRefused("flows.parquet: row 1: 1 packets, but packets.npz holds " + stored);
  }

  @Test
  void missingRenamedAndWronglyTypedColumnsAreNamed() {
    List<Column> columns = new ArrayList<>(FlowTables.flowColumns());
    columns.set(1, new Column("labels", ColumnType.STRING));
    rewriteFlows(FlowTables.metadata(), columns, "", "");
    assertRefused("flows.parquet: column label is missing (there are flow_id, labels, src_ip");

    columns = new ArrayList<>(FlowTables.flowColumns());
    columns.set(3, new Column("src_port", ColumnType.STRING));
    rewriteFlows(FlowTables.metadata(), columns, "", "");
    assertRefused("flows.parquet: column src_port is of type STRING, not INT32");
  }

  @Test
  void tablesOfAnotherSchemaVersionAreRefused() {
    rewriteFlows(Map.of(FlowTables.VERSION_KEY, "7"), FlowTables.flowColumns(), "", "");
    assertRefused("flows.parquet: schema version 7, but version 1");
  }

  @Test
  void featuresWithoutASchemaVersionAreRefused() {
    rewriteFeatures(FlowTables.featureColumns(), 0, 0, FLOWS, Map.of());
    assertRefused("flow_features.parquet: states no schema version");
  }

  @Test
  void featuresMustBeFiniteAlignedAndKnown() {
    rewriteFeatures(FlowTables.featureColumns(), 0, Double.NaN, FLOWS);
    assertRefused("flow_features.parquet: row 2, column log_n: NaN is not a finite number");
    rewriteFeatures(FlowTables.featureColumns(), 1, 0, FLOWS);
    assertRefused("flow_features.parquet: row 0: flow_id 1 is not the row number");
    rewriteFeatures(FlowTables.featureColumns(), 0, 0, FLOWS - 1);
    assertRefused("flow_features.parquet: 4 rows, but packets.npz holds 5 flows");
    List<Column> more = new ArrayList<>(FlowTables.featureColumns());
    more.add(new Column("extra", ColumnType.DOUBLE));
    rewriteFeatures(more, 0, 0, FLOWS);
    assertRefused("flow_features.parquet: unknown column extra");
  }

  private interface Damage {
    void run() throws IOException;
  }

  private void assertRefused(String message, Damage damage) throws IOException {
    damage.run();
    assertRefused(message);
    writeAValidDataset();
  }

  private void assertRefused(String message, Consumer<Map<String, NpyArray>> damage) {
    Path file = folder.resolve("packets.npz");
    Map<String, NpyArray> arrays = NpzReader.readAll(file);
    damage.accept(arrays);
    try (NpzWriter npz = NpzWriter.create(file)) {
      arrays.forEach(npz::put);
      npz.commit();
    }
    assertRefused(message);
    writeAValidDataset();
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FlowDataset.read(folder))
        .withMessageContaining(message);
  }

  private static NpyArray changed(Map<String, NpyArray> arrays, String name) {
    return arrays.getOrDefault(name, NpyArray.scalar(0));
  }

  /** Copies flows.parquet with other columns or metadata and one other value in row 1. */
  private void rewriteFlows(
      Map<String, String> metadata, List<Column> columns, String changedColumn, String value) {
    writeAValidDataset();
    Path file = folder.resolve("flows.parquet");
    try (ParquetTable table = ParquetTable.open(file);
        ParquetTable.Rows rows = table.rows();
        ParquetWriter out = ParquetWriter.create(file, columns, metadata)) {
      while (rows.next()) {
        for (int i = 0; i < columns.size(); i++) {
          String text =
              rows.row() == 1 && columns.get(i).name().equals(changedColumn)
                  ? value
                  : rows.text(i).orElseThrow();
          switch (columns.get(i).type()) {
            case INT32 -> out.setInt(i, Integer.parseInt(text));
            case INT64 -> out.setLong(i, Long.parseLong(text));
            default -> out.setString(i, text);
          }
        }
        out.endRow();
      }
      out.commit();
    }
  }

  private void rewriteFeatures(List<Column> columns, int idShift, double row2, int rows) {
    rewriteFeatures(columns, idShift, row2, rows, FlowTables.metadata());
  }

  private void rewriteFeatures(
      List<Column> columns, int idShift, double row2, int rows, Map<String, String> metadata) {
    Path file = folder.resolve("flow_features.parquet");
    try (ParquetWriter out = ParquetWriter.create(file, columns, metadata)) {
      for (int row = 0; row < rows; row++) {
        out.setLong(0, row + idShift);
        for (int i = 1; i < columns.size(); i++) {
          out.setDouble(i, row == 2 ? row2 : 1);
        }
        out.endRow();
      }
      out.commit();
    }
  }
}
