package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.FlowFeature;
import java.io.Closeable;
import java.nio.file.Path;

/** Reads the rows of {@code flow_features.parquet} and checks every value. Not thread-safe. */
final class FeatureReader implements Closeable {
  private final ParquetTable table;
  private final ParquetTable.Rows rows;
  private final int[] places;

  private FeatureReader(ParquetTable table) {
    this.table = table;
    this.places = TableColumns.locate(table, FlowTables.featureColumns());
    this.rows = table.rows();
  }

  static FeatureReader open(Path file) {
    ParquetTable table = ParquetTable.open(file);
    try {
      return new FeatureReader(table);
    } catch (RuntimeException e) {
      table.close();
      throw e;
    }
  }

  Path file() {
    return table.file();
  }

  long rowCount() {
    return table.rowCount();
  }

  /** Reads the next row into {@code features}; false behind the last. */
  boolean next(double[] features) {
    if (!rows.next()) {
      return false;
    }
    long flowId = rows.getLong(places[0]);
    if (flowId != rows.row()) {
      throw new ContractException(
          "%s: row %d: flow_id %d is not the row number%s"
              .formatted(file(), rows.row(), flowId, TableColumns.FIX));
    }
    for (int i = 0; i < FlowFeature.COUNT; i++) {
      double value = rows.getDouble(places[i + 1]);
      if (!Double.isFinite(value)) {
        throw new ContractException(
            "%s: row %d, column %s: %s is not a finite number%s"
                .formatted(
                    file(),
                    rows.row(),
                    table.columns().get(places[i + 1]).name(),
                    value,
                    TableColumns.FIX));
      }
      features[i] = value;
    }
    return true;
  }

  @Override
  public void close() {
    rows.close();
    table.close();
  }
}
