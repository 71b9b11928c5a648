package dev.janus.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.artifact.ParquetTable;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables are read as pandas writes them, which packs with Snappy unless told otherwise. */
final class PackedTablesTest {
  @ParameterizedTest
  @ValueSource(strings = {"pandas_snappy.parquet", "pandas_zstd.parquet"})
  void snappyAndZstandardAreUnpacked(String name) throws URISyntaxException {
    Path file = Path.of(Objects.requireNonNull(getClass().getResource(name)).toURI());
    try (ParquetTable table = ParquetTable.open(file);
        ParquetTable.Rows rows = table.rows()) {
      for (int row = 0; row < 200; row++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(0)).isEqualTo(row);
        assertThat(rows.getString(1)).isEqualTo(row % 7 == 3 ? "DoS Hulk" : "BENIGN");
        assertThat(rows.getString(2)).isEqualTo("192.168.10." + row % 50);
        assertThat(rows.getDouble(3)).isEqualTo(1024 + row);
        assertThat(rows.getInt(4)).isEqualTo(443);
      }
      assertThat(rows.next()).isFalse();
    }
  }
}
