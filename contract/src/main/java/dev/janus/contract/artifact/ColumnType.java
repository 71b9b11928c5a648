package dev.janus.contract.artifact;

/** Types of the columns of a flat table. */
public enum ColumnType {
  BOOLEAN,
  INT32,
  INT64,
  FLOAT,
  DOUBLE,
  /** UTF-8 text. */
  STRING,
  /** Any other type: can be shown, but is never written. */
  OTHER
}
