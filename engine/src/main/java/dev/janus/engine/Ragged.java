package dev.janus.engine;

import java.util.Arrays;

/**
 * Row ranges of groups packed one behind the other: group {@code g} owns rows {@code start(g)} to
 * {@code start(g + 1) - 1}. Reusable; not thread-safe for writing.
 */
public final class Ragged {
  private int[] starts = new int[65];
  private int count;

  /** Number of groups. */
  public int count() {
    return count;
  }

  /** Rows of all groups together. */
  public int totalRows() {
    return starts[count];
  }

  /** First row of group {@code g}; {@code start(count())} is {@link #totalRows}. */
  public int start(int g) {
    return starts[g];
  }

  /** Rows of group {@code g}. */
  public int rows(int g) {
    return starts[g + 1] - starts[g];
  }

  /** Appends a group of {@code rows} rows. */
  public void append(int rows) {
    if (count + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    starts[count + 1] = starts[count] + rows;
    count++;
  }

  /** Forgets all groups and keeps the memory. */
  public void clear() {
    count = 0;
  }
}
