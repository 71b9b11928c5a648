package dev.janus.cli.show;

import java.util.List;
import java.util.Optional;

/** A file seen as a table, read row by row. Not thread-safe. */
interface RowSource extends AutoCloseable {
  /** A few lines about the whole file: sizes, versions, provenance. */
  List<String> summary();

  List<String> columns();

  /**
   * The next row, one cell per column: Long, Integer, Double, Float, Boolean or String; empty at
   * the end.
   */
  Optional<List<Object>> next();

  @Override
  void close();
}
