package dev.janus.contract.label;

import dev.janus.contract.flow.FlowTuple;

/** Hands out the rows of one label table, each once where possible. Not thread-safe. */
final class RowMatcher {
  /** Rows compared for one flow; a flood may repeat a 5-tuple thousands of times a second. */
  private static final int MAX_COMPARED = 256;

  /**
   * A row found for a flow.
   *
   * @param row the row, or -1
   * @param contested whether another unused row with another label was as near
   * @param shared whether the row had labelled another flow before
   */
  record Match(int row, boolean contested, boolean shared) {
    static final Match NONE = new Match(-1, false, false);
  }

  private final LabelTable table;
  private final long toleranceMicros;

  /**
   * {@code nextUnused[row]} leads towards the first unused row at or behind {@code row}: a
   * union-find forest with path halving, so that used rows cost nothing even in long groups.
   */
  private final int[] nextUnused;

  private int unusedRows;

  RowMatcher(LabelTable table, long toleranceMicros) {
    this.table = table;
    this.toleranceMicros = toleranceMicros;
    this.unusedRows = table.size();
    this.nextUnused = new int[table.size() + 1];
    for (int i = 0; i < nextUnused.length; i++) {
      nextUnused[i] = i;
    }
  }

  int unusedRows() {
    return unusedRows;
  }

  /** Whether the row has labelled a flow. */
  boolean used(int row) {
    return nextUnused[row] != row;
  }

  /**
   * The best row for a flow.
   *
   * @param startMicros start of the flow on the clock of the rows
   * @param durationMicros length of the flow
   */
  Match match(FlowTuple tuple, long startMicros, long durationMicros) {
    LabelTable.Group group = table.group(tuple);
    if (group.from() == group.to()) {
      return Match.NONE;
    }
    int first = table.firstFrom(group, startMicros - table.coarsestMicros() - toleranceMicros);
    Match unused = bestUnused(group, first, startMicros, durationMicros);
    if (unused.row() >= 0) {
      nextUnused[unused.row()] = unused.row() + 1;
      unusedRows--;
      return unused;
    }
    return nearestUsed(group, first, startMicros);
  }

  private Match bestUnused(
      LabelTable.Group group, int first, long startMicros, long durationMicros) {
    int best = -1;
    long bestDistance = toleranceMicros;
    long bestDifference = Long.MAX_VALUE;
    boolean contested = false;
    int compared = 0;
    for (int row = unused(first);
        row < group.to()
            && table.startMicros(row) - toleranceMicros <= startMicros
            && compared < MAX_COMPARED;
        row = unused(row + 1)) {
      compared++;
      long distance = distance(row, startMicros);
      if (distance > bestDistance) {
        continue;
      }
      long difference = difference(row, durationMicros);
      boolean level = best >= 0 && distance == bestDistance;
      contested = level ? contested || !table.label(row).equals(table.label(best)) : false;
      if (!level || difference < bestDifference) {
        best = row;
        bestDistance = distance;
        bestDifference = difference;
      }
    }
    return new Match(best, contested, false);
  }

  /** All rows from {@code first} on that are near enough are used: the nearest serves again. */
  private Match nearestUsed(LabelTable.Group group, int first, long startMicros) {
    int best = -1;
    long bestDistance = toleranceMicros;
    // Rows that start later than the flow only get farther away.
    int end = Math.min(table.firstFrom(group, startMicros + toleranceMicros + 1), group.to());
    for (int row = Math.max(first, end - MAX_COMPARED); row < end; row++) {
      long distance = distance(row, startMicros);
      if (distance <= bestDistance) {
        best = row;
        bestDistance = distance;
      }
    }
    return best < 0 ? Match.NONE : new Match(best, false, true);
  }

  /** How far a moment lies outside the time that the row's stamp stands for. */
  private long distance(int row, long micros) {
    long earliest = table.startMicros(row);
    long latest = earliest + table.resolutionMicros(row) - 1;
    return Math.max(0, Math.max(earliest - micros, micros - latest));
  }

  private long difference(int row, long durationMicros) {
    long stated = table.durationMicros(row);
    return stated == LabelTable.UNKNOWN ? Long.MAX_VALUE : Math.abs(stated - durationMicros);
  }

  private int unused(int row) {
    int at = row;
    while (nextUnused[at] != at) {
      nextUnused[at] = nextUnused[nextUnused[at]];
      at = nextUnused[at];
    }
    return at;
  }
}
