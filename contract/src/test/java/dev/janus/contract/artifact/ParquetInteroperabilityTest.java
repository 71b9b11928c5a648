package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two readers that share nothing with the writer must find in its files what was written. */
class ParquetInteroperabilityTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("yes", ColumnType.BOOLEAN),
          new Column("i", ColumnType.INT32),
          new Column("l", ColumnType.INT64),
          new Column("f", ColumnType.FLOAT),
          new Column("d", ColumnType.DOUBLE),
          new Column("few", ColumnType.STRING),
          new Column("many", ColumnType.STRING),
          new Column("runs", ColumnType.STRING));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0,1", "1,2", "7,3", "8,4", "8193,5", "65536,6", "65537,7"})
  void duckDbAndHardwoodReadEveryValue(int rows, long seed) throws SQLException {
    Path file = folder.resolve("table.parquet");
    List<List<Object>> written = write(file, rows, seed);

    assertThat(readWithHardwood(file)).isEqualTo(written);
    assertThat(readWithDuckDb(file)).isEqualTo(written);
  }

  @Test
  void duckDbUsesTheBoundsOfRowGroupsWithoutLosingRows() throws SQLException {
    Path file = folder.resolve("table.parquet");
    List<List<Object>> written = write(file, 70_000, 11);
    long least = written.stream().mapToLong(row -> (Long) row.get(2)).min().orElseThrow();
    double greatest = written.stream().mapToDouble(row -> (Double) row.get(4)).max().orElseThrow();
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select count(*) filter (l = %d), count(*) filter (d = %s) from '%s'"
                    .formatted(least, greatest, file))) {
      assertThat(result.next()).isTrue();
      assertThat(result.getLong(1)).isPositive();
      assertThat(result.getLong(2)).isPositive();
    }
  }

  @Test
  void flowsAndFeaturesHaveTheAgreedColumnsTypesAndSchemaVersion() throws SQLException {
    RandomFlows.write(folder, RandomFlows.of(50, 3), 3);
    assertThat(describe(folder.resolve("flows.parquet")))
        .containsExactly(
            Map.entry("flow_id", "BIGINT"),
            Map.entry("label", "VARCHAR"),
            Map.entry("src_ip", "VARCHAR"),
            Map.entry("src_port", "INTEGER"),
            Map.entry("dst_ip", "VARCHAR"),
            Map.entry("dst_port", "INTEGER"),
            Map.entry("protocol", "INTEGER"),
            Map.entry("start_us", "BIGINT"),
            Map.entry("end_us", "BIGINT"),
            Map.entry("packets", "BIGINT"),
            Map.entry("capture", "VARCHAR"),
            Map.entry("first_packet", "BIGINT"),
            Map.entry("file_offset", "BIGINT"),
            Map.entry("start_kind", "VARCHAR"),
            Map.entry("end_reason", "VARCHAR"),
            Map.entry("parent_id", "BIGINT"),
            Map.entry("part", "INTEGER"));
    Map<String, String> features = describe(folder.resolve("flow_features.parquet"));
    assertThat(features).hasSize(21).containsEntry("flow_id", "BIGINT");
    assertThat(features.entrySet().stream().skip(1).map(Map.Entry::getValue))
        .containsOnly("DOUBLE");
    for (String name : List.of("flows.parquet", "flow_features.parquet")) {
      assertThat(schemaVersion(folder.resolve(name))).isEqualTo("1");
    }
  }

  private static List<List<Object>> write(Path file, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Object>> written = new ArrayList<>();
    String run = "";
    try (ParquetWriter out = ParquetWriter.create(file, COLUMNS, Map.of("made by", "test"))) {
      for (int i = 0; i < rows; i++) {
        run = random.nextInt(40) == 0 ? "run " + random.nextInt(300) : run;
        List<Object> row =
            List.of(
                random.nextBoolean(),
                random.nextInt(),
                random.nextLong(),
                (float) random.nextGaussian(),
                random.nextInt(9) == 0 ? -0.0 : random.nextGaussian() * 1e200,
                "Web Attack – " + random.nextInt(5),
                random.nextInt(4) == 0 ? "" : "ümlaut 🦜 " + random.nextLong(),
                run);
        out.setBoolean(0, (Boolean) row.get(0));
        out.setInt(1, (Integer) row.get(1));
        out.setLong(2, (Long) row.get(2));
        out.setFloat(3, (Float) row.get(3));
        out.setDouble(4, (Double) row.get(4));
        out.setString(5, (String) row.get(5));
        out.setString(6, (String) row.get(6));
        out.setString(7, (String) row.get(7));
        out.endRow();
        written.add(row);
      }
      out.commit();
    }
    return written;
  }

  private static List<List<Object>> readWithHardwood(Path file) {
    List<List<Object>> read = new ArrayList<>();
    try (ParquetTable table = ParquetTable.open(file)) {
      assertThat(table.columns()).isEqualTo(COLUMNS);
      assertThat(table.metadata()).containsEntry("made by", "test");
      try (ParquetTable.Rows rows = table.rows()) {
        while (rows.next()) {
          read.add(
              List.of(
                  rows.getBoolean(0),
                  rows.getInt(1),
                  rows.getLong(2),
                  rows.getFloat(3),
                  rows.getDouble(4),
                  rows.getString(5),
                  rows.getString(6),
                  rows.getString(7)));
        }
      }
      assertThat(table.rowCount()).isEqualTo(read.size());
    }
    return read;
  }

  private static List<List<Object>> readWithDuckDb(Path file) throws SQLException {
    List<List<Object>> read = new ArrayList<>();
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement();
        ResultSet rows = statement.executeQuery("select * from '" + file + "'")) {
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= COLUMNS.size(); i++) {
          row.add(rows.getObject(i));
        }
        read.add(row);
      }
    }
    return read;
  }

  private static Map<String, String> describe(Path file) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement();
        ResultSet rows = statement.executeQuery("describe select * from '" + file + "'")) {
      while (rows.next()) {
        columns.put(rows.getString(1), rows.getString(2));
      }
    }
    return columns;
  }

  private static String schemaVersion(Path file) throws SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select decode(value) from parquet_kv_metadata('%s') where decode(key) = '%s'"
                    .formatted(file, "janus.schema_version"))) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
