package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.janus.contract.ContractException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetTableTest {
  private static final List<Column> ONE = List.of(new Column("x", ColumnType.INT32));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "uncompressed"})
  void flatFilesOfOtherWritersAreShown(String codec) throws SQLException {
    Path file =
        duckDb(
            "select 7::integer i, null::bigint l, 'ä' s, true b, 1.5::double d,"
                + " timestamp '2026-11-22 17:00:00' t, 12.34::decimal(9,2) c, 200::utinyint u,"
                + " 4000000000::uinteger w",
            codec);
    try (ParquetTable table = ParquetTable.open(file);
        ParquetTable.Rows rows = table.rows()) {
      assertThat(table.rowCount()).isEqualTo(1);
      assertThat(table.columns())
          .containsExactly(
              new Column("i", ColumnType.INT32),
              new Column("l", ColumnType.INT64),
              new Column("s", ColumnType.STRING),
              new Column("b", ColumnType.BOOLEAN),
              new Column("d", ColumnType.DOUBLE),
              new Column("t", ColumnType.OTHER),
              new Column("c", ColumnType.OTHER),
              new Column("u", ColumnType.INT32),
              new Column("w", ColumnType.OTHER));
      assertThat(rows.next()).isTrue();
      assertThat(rows.text(0)).contains("7");
      assertThat(rows.text(1)).isEmpty();
      assertThat(rows.text(2)).contains("ä");
      assertThat(rows.text(3)).contains("true");
      assertThat(rows.text(4)).contains("1.5");
      assertThat(rows.text(5))
          .hasValueSatisfying(t -> assertThat(t).startsWith("2026-11-22T17:00"));
      assertThat(rows.text(6)).contains("12.34");
      assertThat(rows.text(7)).contains("200");
      assertThat(rows.getInt(7)).isEqualTo(200);
      assertThatExceptionOfType(ContractException.class)
          .isThrownBy(() -> rows.getLong(1))
          .withMessageContainingAll("row 0, column l (INT64): no usable value");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void whatCannotBeReadIsNamedWithTheFix() throws SQLException {
    Path snappy = duckDb("select 1 x", "snappy");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> ParquetTable.open(snappy))
        .withMessageContainingAll("SNAPPY", "snappy-java is missing", "write it again with gzip");
    Path nested = duckDb("select [1, 2] x", "gzip");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> ParquetTable.open(nested))
        .withMessageContaining("nested columns");
  }

  @Test
  void aFileThatIsNoParquetOrNotThereIsRefused() throws IOException {
    Path file = folder.resolve("a.parquet");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> ParquetTable.open(file))
        .withMessageContainingAll("a.parquet", "no such file");
    for (String content : List.of("", "PAR1", "PAR1PAR1", "%PDF-1.4 nothing like it")) {
      Files.write(file, content.getBytes(StandardCharsets.US_ASCII));
      assertThatExceptionOfType(ContractException.class)
          .isThrownBy(() -> ParquetTable.open(file))
          .withMessageContaining("a.parquet: not a Parquet file");
    }
  }

  @Test
  void aWriterThatIsClosedWithoutCommitLeavesNothing() throws IOException {
    try (ParquetWriter out = ParquetWriter.create(folder.resolve("x"), ONE, Map.of())) {
      out.setInt(0, 1);
      out.endRow();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void wrongUseOfTheWriterIsRefused() {
    try (ParquetWriter out = ParquetWriter.create(folder.resolve("x"), ONE, Map.of())) {
      assertThatIllegalStateException()
          .isThrownBy(() -> out.setLong(0, 1))
          .withMessageContaining("x");
      assertThatIllegalStateException().isThrownBy(out::endRow).withMessageContaining("x");
      out.setInt(0, 1);
      assertThatIllegalStateException().isThrownBy(() -> out.setInt(0, 2));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            ParquetWriter.create(
                folder.resolve("x"), List.of(ONE.getFirst(), ONE.getFirst()), Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParquetWriter.create(folder.resolve("x"), List.of(), Map.of()));
  }

  private Path duckDb(String query, String codec) throws SQLException {
    Path file = folder.resolve(codec + ".parquet");
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement()) {
      statement.execute(
          "copy (%s) to '%s' (format parquet, compression '%s')".formatted(query, file, codec));
    }
    return file;
  }
}
