package dev.janus.contract.label;

import dev.janus.contract.flow.Flow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds for each flow the label row of the same 5-tuple, in either direction, whose time is nearest
 * to the flow's start. A time stamp stands for all moments that its format cannot tell apart, so
 * the distance is zero inside that time and at most the tolerance outside. Equal distances are
 * decided by the length of the flow where the file tells it, then by the order of rows. A row
 * labels one flow as long as there are others; flows beyond that share the nearest row and are
 * counted.
 *
 * <p>Memory is that of the label rows. Flows are to come in the order of their ids. Not
 * thread-safe.
 */
public final class LabelJoin implements FlowLabeler {
  private final String unmatched;
  private final long toleranceMicros;
  private final TimeOffset offset;
  private final List<LabelTable> tables;
  private final List<RowMatcher> matchers = new ArrayList<>();
  private final CaptureTally[] tallies;
  private long ambiguous;
  private long shared;

  /** What was counted for one capture. */
  private static final class CaptureTally {
    private long flows;
    private long matched;
  }

  /**
   * @param tables the label rows for each capture, in capture order; captures may share a table
   * @param offset added to the times of the rows
   */
  public LabelJoin(DatasetDescription description, List<LabelTable> tables, TimeOffset offset) {
    this.unmatched = description.labels().unmatched();
    this.toleranceMicros = description.csv().toleranceMicros();
    this.offset = offset;
    this.tables = List.copyOf(tables);
    Map<LabelTable, RowMatcher> known = new IdentityHashMap<>();
    for (LabelTable table : tables) {
      matchers.add(known.computeIfAbsent(table, t -> new RowMatcher(t, toleranceMicros)));
    }
    this.tallies = new CaptureTally[tables.size()];
    Arrays.setAll(tallies, i -> new CaptureTally());
  }

  /** The label of the flow's row, or the description's label for flows without one. */
  @Override
  public String label(Flow flow) {
    return find(flow).orElse(unmatched);
  }

  /**
   * The label of the flow's row, if it has one. Asked instead of {@link #label}, not beside it: a
   * row that was found is used.
   */
  Optional<String> find(Flow flow) {
    CaptureTally tally = tallies[flow.capture()];
    tally.flows++;
    RowMatcher.Match match =
        matchers
            .get(flow.capture())
            .match(
                flow.tuple(),
                flow.startMicros() - offset.micros(),
                flow.endMicros() - flow.startMicros());
    if (match.row() < 0) {
      return Optional.empty();
    }
    tally.matched++;
    ambiguous += match.contested() ? 1 : 0;
    shared += match.shared() ? 1 : 0;
    return Optional.of(tables.get(flow.capture()).label(match.row()));
  }

  /** Each table once, with the matcher that hands out its rows. */
  Map<LabelTable, RowMatcher> matchersByTable() {
    Map<LabelTable, RowMatcher> distinct = new LinkedHashMap<>();
    for (int i = 0; i < tables.size(); i++) {
      distinct.putIfAbsent(tables.get(i), matchers.get(i));
    }
    return distinct;
  }

  /**
   * What was counted up to now.
   *
   * @param captures name of each capture, in capture order
   */
  public LabelJoinReport report(List<String> captures) {
    List<LabelJoinReport.CaptureHits> hits = new ArrayList<>();
    long flows = 0;
    long matched = 0;
    for (int i = 0; i < tallies.length; i++) {
      flows += tallies[i].flows;
      matched += tallies[i].matched;
      hits.add(
          new LabelJoinReport.CaptureHits(captures.get(i), tallies[i].flows, tallies[i].matched));
    }
    long rows = 0;
    long unused = 0;
    List<LabelFileReport> files = new ArrayList<>();
    Map<RowMatcher, Boolean> seen = new IdentityHashMap<>();
    for (int i = 0; i < matchers.size(); i++) {
      if (seen.put(matchers.get(i), true) == null) {
        rows += tables.get(i).size();
        unused += matchers.get(i).unusedRows();
        files.addAll(tables.get(i).files());
      }
    }
    return new LabelJoinReport(
        offset, flows, matched, rows, unused, ambiguous, shared, hits, files);
  }
}
