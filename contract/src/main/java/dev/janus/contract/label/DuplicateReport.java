package dev.janus.contract.label;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Label rows that repeat or contradict each other. The direction of a row does not count.
 *
 * @param repeated rows with the 5-tuple, time, length and label of an earlier one
 * @param contradicted rows with the 5-tuple and time of a row that has another label
 * @param overlapped rows that begin while a row of the same 5-tuple with another label lasts
 * @param examples the first of each, with file and line
 */
public record DuplicateReport(
    long repeated, long contradicted, long overlapped, List<String> examples) {
  private static final int EXAMPLES_KEPT = 5;

  public DuplicateReport {
    examples = List.copyOf(examples);
  }

  /** Counts over tables; rows of different tables are not compared. */
  static DuplicateReport of(Collection<LabelTable> tables) {
    Counter counter = new Counter();
    for (LabelTable table : tables) {
      for (int group = 0; group < table.groups(); group++) {
        counter.add(table, table.group(group));
      }
    }
    List<String> examples = new ArrayList<>(counter.repeats);
    examples.addAll(counter.contradictions);
    examples.addAll(counter.overlaps);
    return new DuplicateReport(
        counter.repeated, counter.contradicted, counter.overlapped, examples);
  }

  private static final class Counter {
    private long repeated;
    private long contradicted;
    private long overlapped;
    private final List<String> repeats = new ArrayList<>();
    private final List<String> contradictions = new ArrayList<>();
    private final List<String> overlaps = new ArrayList<>();

    private record Content(int resolutionMicros, long durationMicros, String label) {}

    void add(LabelTable table, LabelTable.Group group) {
      for (int from = group.from(); from < group.to(); ) {
        int to = from + 1;
        while (to < group.to() && table.startMicros(to) == table.startMicros(from)) {
          to++;
        }
        if (to - from > 1) {
          sameTime(table, from, to);
        }
        from = to;
      }
      overlaps(table, group);
    }

    private void sameTime(LabelTable table, int from, int to) {
      Set<Content> contents = new HashSet<>();
      boolean differ = false;
      int other = from;
      for (int row = from; row < to; row++) {
        Content content =
            new Content(table.resolutionMicros(row), table.durationMicros(row), table.label(row));
        if (!contents.add(content)) {
          repeated++;
          keep(repeats, "%s repeats an earlier row".formatted(table.place(row)));
        }
        if (!table.label(row).equals(table.label(from))) {
          differ = true;
          other = row;
        }
      }
      if (differ) {
        contradicted += to - from;
        keep(
            contradictions,
            "%s says %s and %s says %s of one 5-tuple and time"
                .formatted(
                    table.place(from), table.label(from), table.place(other), table.label(other)));
      }
    }

    /**
     * A sweep that remembers, of the rows that begin earlier, the one that lasts longest and the
     * one that does so of those with another label.
     */
    private void overlaps(LabelTable table, LabelTable.Group group) {
      int longest = -1;
      int second = -1;
      for (int from = group.from(); from < group.to(); ) {
        int to = from;
        for (; to < group.to() && table.startMicros(to) == table.startMicros(from); to++) {
          int other = differs(table, longest, to) ? longest : second;
          if (differs(table, other, to) && end(table, other) > table.startMicros(to)) {
            overlap(table, to, other);
          }
        }
        for (int row = from; row < to; row++) {
          if (longest < 0 || end(table, row) >= end(table, longest)) {
            second = differs(table, longest, row) ? longest : second;
            longest = row;
          } else if (differs(table, longest, row)
              && (second < 0 || end(table, row) > end(table, second))) {
            second = row;
          }
        }
        from = to;
      }
    }

    private static boolean differs(LabelTable table, int other, int row) {
      return other >= 0 && !table.label(other).equals(table.label(row));
    }

    private void overlap(LabelTable table, int row, int other) {
      overlapped++;
      keep(
          overlaps,
          "%s (%s) begins while %s (%s) lasts"
              .formatted(
                  table.place(row), table.label(row), table.place(other), table.label(other)));
    }

    private static long end(LabelTable table, int row) {
      return table.startMicros(row)
          + Math.max(table.resolutionMicros(row), Math.max(table.durationMicros(row), 0));
    }

    private static void keep(List<String> examples, String example) {
      if (examples.size() < EXAMPLES_KEPT) {
        examples.add(example);
      }
    }
  }
}
