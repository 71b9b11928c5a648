package dev.janus.contract.label;

import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowTuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the time offset under which most flows find a label row: on a grid of 15 minutes from
 * -26 to +26 hours, where time zones lie, and finely where the differences between flows and rows
 * of the same 5-tuple pile up. Works on an even sample of the flows, so that it takes seconds
 * whatever their number.
 */
public final class OffsetScan {
  private static final long SECOND = 1_000_000;
  private static final long QUARTER = 15 * 60 * SECOND;
  private static final long HALF_DAY = 12 * 3_600 * SECOND;
  private static final long REACH = 26 * 3_600 * SECOND;

  private static final int MAX_SAMPLED = 20_000;

  /** A 5-tuple with more rows says little about time and costs much. */
  private static final int MAX_ROWS = 1_000;

  private final long toleranceMicros;
  private final List<LabelTable> tables;
  private final List<Sampled> sample;

  /** What is kept of a flow. */
  private record Sampled(LabelTable table, LabelTable.Group group, long startMicros) {}

  private OffsetScan(long toleranceMicros, List<LabelTable> tables, Iterable<Flow> flows) {
    this.toleranceMicros = toleranceMicros;
    this.tables = tables;
    this.sample = sample(flows);
  }

  /**
   * Scans.
   *
   * @param tables the label rows for each capture, in capture order
   * @param present the offset that was used
   * @param flows all flows
   */
  public static OffsetAdvice run(
      DatasetDescription description,
      List<LabelTable> tables,
      TimeOffset present,
      Iterable<Flow> flows) {
    return new OffsetScan(description.csv().toleranceMicros(), List.copyOf(tables), flows)
        .scan(present);
  }

  /** As {@link #run}, with the hit rate of every offset that was tried. */
  public static OffsetTable table(
      DatasetDescription description,
      List<LabelTable> tables,
      TimeOffset present,
      Iterable<Flow> flows) {
    OffsetScan scan =
        new OffsetScan(description.csv().toleranceMicros(), List.copyOf(tables), flows);
    List<OffsetTable.Hits> grid = new ArrayList<>();
    for (long offset = -REACH; offset <= REACH; offset += QUARTER) {
      grid.add(scan.measured(offset));
    }
    List<OffsetTable.Hits> fine = scan.fine().stream().distinct().map(scan::measured).toList();
    return new OffsetTable(grid, fine, scan.scan(present));
  }

  private OffsetTable.Hits measured(long offset) {
    return new OffsetTable.Hits(new TimeOffset(offset), rate(hits(offset)));
  }

  private OffsetAdvice scan(TimeOffset present) {
    long best = present.micros();
    int bestHits = hits(best);
    int presentHits = bestHits;
    for (long candidate : candidates()) {
      int hits = hits(candidate);
      if (hits > bestHits) {
        best = candidate;
        bestHits = hits;
      }
    }
    return new OffsetAdvice(
        sample.size(),
        present,
        rate(presentHits),
        new TimeOffset(best),
        rate(bestHits),
        halfDay(best, bestHits));
  }

  /** Round offsets first: a later candidate must be better, not as good. */
  private long[] candidates() {
    List<Long> candidates = new ArrayList<>();
    for (long size = 0; size <= REACH; size += QUARTER) {
      candidates.add(size);
      candidates.add(-size);
    }
    candidates.addAll(fine());
    return candidates.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Where the differences between flows and rows pile up: to the minute, the second, and exactly.
   */
  private List<Long> fine() {
    return densest(differences())
        .map(exact -> List.of(rounded(exact, 60 * SECOND), rounded(exact, SECOND), exact))
        .orElse(List.of());
  }

  private static long rounded(long micros, long unit) {
    return Math.floorDiv(micros + unit / 2, unit) * unit;
  }

  /**
   * The offset in the middle of the narrowest place where most differences lie. A stamp stands for
   * a span of time, so right differences spread over that span.
   */
  private Optional<Long> densest(long[] differences) {
    if (differences.length == 0) {
      return Optional.empty();
    }
    long span = tables.stream().mapToInt(LabelTable::coarsestMicros).max().orElse(1);
    long width = Math.max(span, 1) + Math.min(toleranceMicros, SECOND);
    int most = 0;
    int bestFrom = 0;
    int bestTo = 0;
    int from = 0;
    for (int to = 0; to < differences.length; to++) {
      while (differences[to] - differences[from] > width) {
        from++;
      }
      if (to - from + 1 > most) {
        most = to - from + 1;
        bestFrom = from;
        bestTo = to;
      }
    }
    long middle = (differences[bestFrom] + differences[bestTo]) / 2;
    return Optional.of(middle - span / 2);
  }

  /** Flow start minus row time for every sampled flow and row of its 5-tuple, in order. */
  private long[] differences() {
    long[] differences = new long[1 << 12];
    int size = 0;
    for (Sampled flow : sample) {
      LabelTable.Group group = flow.group();
      if (group.to() - group.from() > MAX_ROWS) {
        continue;
      }
      int row = flow.table().firstFrom(group, flow.startMicros() - REACH);
      for (; row < group.to(); row++) {
        long difference = flow.startMicros() - flow.table().startMicros(row);
        if (difference < -REACH) {
          break;
        }
        if (size == differences.length) {
          differences = Arrays.copyOf(differences, size * 2);
        }
        differences[size++] = difference;
      }
    }
    long[] sorted = Arrays.copyOf(differences, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** How many sampled flows have a row within the tolerance when rows are moved by the offset. */
  private int hits(long offset) {
    int hits = 0;
    for (Sampled flow : sample) {
      long wanted = flow.startMicros() - offset;
      long reach = toleranceMicros + flow.table().coarsestMicros();
      int row = flow.table().firstFrom(flow.group(), wanted - reach);
      for (; row < flow.group().to(); row++) {
        long start = flow.table().startMicros(row);
        if (start - toleranceMicros > wanted) {
          break;
        }
        if (wanted < start + flow.table().resolutionMicros(row) + toleranceMicros) {
          hits++;
          break;
        }
      }
    }
    return hits;
  }

  /** With a 12-hour clock read as 24 hours, mornings and afternoons need offsets 12 hours apart. */
  private Optional<OffsetAdvice.HalfDay> halfDay(long best, int bestHits) {
    for (long other : new long[] {best + HALF_DAY, best - HALF_DAY}) {
      int hits = hits(other);
      if (hits > 0 && hits >= (sample.size() - bestHits) / 2 && hits * 50L >= sample.size()) {
        return Optional.of(new OffsetAdvice.HalfDay(new TimeOffset(other), rate(hits)));
      }
    }
    return Optional.empty();
  }

  private double rate(int hits) {
    return sample.isEmpty() ? 1 : (double) hits / sample.size();
  }

  /** Every k-th flow, k doubling as often as needed. */
  private List<Sampled> sample(Iterable<Flow> flows) {
    List<Sampled> kept = new ArrayList<>();
    long every = 1;
    long seen = 0;
    for (Flow flow : flows) {
      if (seen++ % every == 0) {
        LabelTable table = tables.get(flow.capture());
        FlowTuple tuple = flow.tuple();
        kept.add(new Sampled(table, table.group(tuple), flow.startMicros()));
        if (kept.size() == MAX_SAMPLED) {
          every *= 2;
          for (int i = 0; i < MAX_SAMPLED / 2; i++) {
            kept.set(i, kept.get(2 * i));
          }
          kept.subList(MAX_SAMPLED / 2, MAX_SAMPLED).clear();
        }
      }
    }
    return kept;
  }
}
