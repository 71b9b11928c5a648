package dev.janus.contract.artifact;

import java.io.Closeable;

/**
 * Writes a flat table row by row. Every column of a row must be set, in any order, before the row
 * is ended. The file appears under its name on {@link #commit} and not before; closing the writer
 * without it leaves nothing behind. Not thread-safe.
 *
 * <p>Column numbers count from 0 in the order in which the columns were given. Failures of the disk
 * are {@link dev.janus.contract.ContractException}s; a value of the wrong type, a column set twice
 * or not at all is an {@link IllegalStateException}.
 */
public interface TableWriter extends Closeable {
  void setBoolean(int column, boolean value);

  void setInt(int column, int value);

  void setLong(int column, long value);

  void setFloat(int column, float value);

  void setDouble(int column, double value);

  void setString(int column, String value);

  /** Ends the row. */
  void endRow();

  /** Puts the finished file in its place. */
  void commit();

  @Override
  void close();
}
