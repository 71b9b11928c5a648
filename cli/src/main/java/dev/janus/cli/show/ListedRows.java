package dev.janus.cli.show;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Rows that are made one after the other from something already in memory. */
final class ListedRows implements RowSource {
  private final List<String> summary;
  private final List<String> columns;
  private final Iterator<List<Object>> rows;

  ListedRows(List<String> summary, List<String> columns, Iterator<List<Object>> rows) {
    this.summary = List.copyOf(summary);
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  @Override
  public List<String> summary() {
    return summary;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public Optional<List<Object>> next() {
    return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
  }

  @Override
  public void close() {}
}
