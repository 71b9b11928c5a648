package dev.janus.cli.show;

import dev.janus.cli.terminal.Quantity;
import dev.janus.contract.artifact.Column;
import dev.janus.contract.artifact.ParquetTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows of a flat Parquet file. */
final class ParquetRows implements RowSource {
  private final ParquetTable table;
  private final ParquetTable.Rows rows;

  private ParquetRows(ParquetTable table, ParquetTable.Rows rows) {
    this.table = table;
    this.rows = rows;
  }

  static ParquetRows open(Path file) {
    ParquetTable table = ParquetTable.open(file);
    try {
      return new ParquetRows(table, table.rows());
    } catch (RuntimeException e) {
      table.close();
      throw e;
    }
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Parquet, %s, %s"
            .formatted(
                Quantity.of(table.rowCount(), "row"),
                Quantity.of(table.columns().size(), "column")));
    for (Map.Entry<String, String> entry : new TreeMap<>(table.metadata()).entrySet()) {
      lines.add(entry.getKey() + ": " + entry.getValue());
    }
    return lines;
  }

  @Override
  public List<String> columns() {
    return table.columns().stream().map(Column::name).toList();
  }

  @Override
  public Optional<List<Object>> next() {
    if (!rows.next()) {
      return Optional.empty();
    }
    List<Object> cells = new ArrayList<>();
    for (int c = 0; c < table.columns().size(); c++) {
      cells.add(cell(c));
    }
    return Optional.of(cells);
  }

  private Object cell(int c) {
    Optional<String> text = rows.text(c);
    if (text.isEmpty()) {
      return "";
    }
    return switch (table.columns().get(c).type()) {
      case BOOLEAN -> rows.getBoolean(c);
      case INT32 -> rows.getInt(c);
      case INT64 -> rows.getLong(c);
      case FLOAT -> rows.getFloat(c);
      case DOUBLE -> rows.getDouble(c);
      case STRING, OTHER -> text.get();
    };
  }

  @Override
  public void close() {
    rows.close();
    table.close();
  }
}
