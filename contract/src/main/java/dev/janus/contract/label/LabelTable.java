package dev.janus.contract.label;

import dev.janus.contract.flow.FlowTuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rows of one or more label files, grouped by 5-tuple in either direction and in order of time
 * within a group. About 60 bytes a row. Immutable; safe to share between threads.
 */
public final class LabelTable {
  /** A duration that the file does not tell. */
  static final long UNKNOWN = -1;

  /** Rows {@code from} (inclusive) to {@code to} of one 5-tuple. */
  record Group(int from, int to) {
    static final Group NONE = new Group(0, 0);
  }

  private final TupleIndex tuples;
  private final int[] groupStarts;
  private final Rows rows;
  private final List<String> labelNames;
  private final List<LabelFileReport> files;
  private final int coarsestMicros;

  private LabelTable(Builder builder) {
    this.tuples = builder.tuples;
    this.groupStarts = builder.groupStarts();
    this.rows = builder.rows.permuted(builder.order(groupStarts));
    this.labelNames = List.copyOf(builder.labelNames);
    this.files = List.copyOf(builder.files);
    this.coarsestMicros = Arrays.stream(rows.resolutions).max().orElse(0);
  }

  /** Collects the rows; a new builder for every table. */
  public static Builder builder() {
    return new Builder();
  }

  /** Number of rows. */
  public int size() {
    return rows.size;
  }

  /** What was read from each file. */
  public List<LabelFileReport> files() {
    return files;
  }

  /** The rows of a 5-tuple, in order of time. */
  Group group(FlowTuple tuple) {
    int number = tuples.find(tuple);
    return number < 0 ? Group.NONE : new Group(groupStarts[number], groupStarts[number + 1]);
  }

  /** Number of different 5-tuples. */
  int groups() {
    return groupStarts.length - 1;
  }

  /** The rows of the 5-tuple with that number, in order of time. */
  Group group(int number) {
    return new Group(groupStarts[number], groupStarts[number + 1]);
  }

  /**
   * First row of the group that starts at {@code micros} or later; the group's end if none does.
   */
  int firstFrom(Group group, long micros) {
    int low = group.from();
    int high = group.to();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.starts[middle] < micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  long startMicros(int row) {
    return rows.starts[row];
  }

  int resolutionMicros(int row) {
    return rows.resolutions[row];
  }

  /** Longest time that a stamp of this table stands for. */
  int coarsestMicros() {
    return coarsestMicros;
  }

  /** Length of the row's flow, or {@link #UNKNOWN}. */
  long durationMicros(int row) {
    return rows.durations[row];
  }

  String label(int row) {
    return labelNames.get(rows.labels[row]);
  }

  /** Index of the row's file in {@link #files}. */
  int file(int row) {
    return rows.files[row];
  }

  /** File and line of a row. */
  String place(int row) {
    return files.get(rows.files[row]).file() + ":" + rows.lines[row];
  }

  /** One array for each field of a row. */
  private static final class Rows {
    private int size;
    private int[] groups;
    private long[] starts;
    private int[] resolutions;
    private long[] durations;
    private int[] labels;
    private int[] files;
    private long[] lines;

    private Rows(int capacity) {
      groups = new int[capacity];
      starts = new long[capacity];
      resolutions = new int[capacity];
      durations = new long[capacity];
      labels = new int[capacity];
      files = new int[capacity];
      lines = new long[capacity];
    }

    private void add(int group, int label, int file, LabelRow row) {
      if (size == groups.length) {
        grow(size * 2);
      }
      groups[size] = group;
      starts[size] = row.startMicros();
      resolutions[size] = row.resolutionMicros();
      durations[size] = row.durationMicros().orElse(UNKNOWN);
      labels[size] = label;
      files[size] = file;
      lines[size] = row.line();
      size++;
    }

    private void grow(int capacity) {
      groups = Arrays.copyOf(groups, capacity);
      starts = Arrays.copyOf(starts, capacity);
      resolutions = Arrays.copyOf(resolutions, capacity);
      durations = Arrays.copyOf(durations, capacity);
      labels = Arrays.copyOf(labels, capacity);
      files = Arrays.copyOf(files, capacity);
      lines = Arrays.copyOf(lines, capacity);
    }

    private Rows permuted(int[] order) {
      Rows sorted = new Rows(order.length);
      for (int i = 0; i < order.length; i++) {
        int row = order[i];
        sorted.groups[i] = groups[row];
        sorted.starts[i] = starts[row];
        sorted.resolutions[i] = resolutions[row];
        sorted.durations[i] = durations[row];
        sorted.labels[i] = labels[row];
        sorted.files[i] = files[row];
        sorted.lines[i] = lines[row];
      }
      sorted.size = order.length;
      return sorted;
    }
  }

  /** Collects rows, file by file. Not thread-safe. */
  public static final class Builder {
    private final TupleIndex tuples = new TupleIndex();
    private final Rows rows = new Rows(1024);
    private final Map<String, Integer> labelNumbers = new HashMap<>();
    private final List<String> labelNames = new ArrayList<>();
    private final List<LabelFileReport> files = new ArrayList<>();

    private Builder() {}

    /** Adds a row of the file whose report will be handed in next. */
    public void add(LabelRow row) {
      Integer label = labelNumbers.get(row.label());
      if (label == null) {
        label = labelNames.size();
        labelNumbers.put(row.label(), label);
        labelNames.add(row.label());
      }
      rows.add(tuples.add(row.tuple()), label, files.size(), row);
    }

    /** Ends a file; rows added afterwards are of the next one. */
    public void endFile(LabelFileReport report) {
      files.add(report);
    }

    /**
     * @throws IllegalStateException when the last file was not ended
     */
    public LabelTable build() {
      if (rows.size > 0 && rows.files[rows.size - 1] >= files.size()) {
        throw new IllegalStateException("the last file was not ended");
      }
      return new LabelTable(this);
    }

    private int[] groupStarts() {
      int[] starts = new int[tuples.size() + 1];
      for (int i = 0; i < rows.size; i++) {
        starts[rows.groups[i] + 1]++;
      }
      Arrays.parallelPrefix(starts, Integer::sum);
      return starts;
    }

    /** Counting sort by group, then each group by time; equal times keep the order of the files. */
    private int[] order(int[] groupStarts) {
      int[] next = Arrays.copyOf(groupStarts, tuples.size());
      int[] order = new int[rows.size];
      for (int i = 0; i < rows.size; i++) {
        order[next[rows.groups[i]]++] = i;
      }
      for (int group = 0; group < tuples.size(); group++) {
        sortByTime(order, groupStarts[group], groupStarts[group + 1]);
      }
      return order;
    }

    private void sortByTime(int[] order, int from, int to) {
      boolean sorted = true;
      for (int i = from + 1; i < to && sorted; i++) {
        sorted = rows.starts[order[i - 1]] <= rows.starts[order[i]];
      }
      if (!sorted) {
        int[] copy =
            IntStream.range(from, to)
                .mapToObj(i -> order[i])
                .sorted(Comparator.comparingLong(row -> rows.starts[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        System.arraycopy(copy, 0, order, from, copy.length);
      }
    }
  }
}
