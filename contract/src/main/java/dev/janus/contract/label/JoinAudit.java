package dev.janus.contract.label;

import dev.janus.contract.flow.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well label files fit the flows, from every side.
 *
 * @param join hits by capture, and what was read from each file
 * @param census flows by label, and those without a row
 * @param rowsByLabel rows of each label
 * @param rowsByFile rows of each file, in the order in which they were read
 * @param duplicates rows that repeat or contradict each other
 * @param offsets what other time offsets would give
 */
public record JoinAudit(
    LabelJoinReport join,
    FlowCensus census,
    Map<String, RowUse> rowsByLabel,
    List<FileUse> rowsByFile,
    DuplicateReport duplicates,
    OffsetTable offsets) {
  /**
   * Rows.
   *
   * @param rows how many there are
   * @param unused how many labelled no flow
   */
  public record RowUse(long rows, long unused) {
    private static final RowUse NONE = new RowUse(0, 0);

    private RowUse plus(boolean used) {
      return new RowUse(rows + 1, unused + (used ? 0 : 1));
    }
  }

  /**
   * Rows of one file.
   *
   * @param file its name
   * @param use its rows
   */
  public record FileUse(String file, RowUse use) {}

  /**
   * Joins all flows and looks at the result.
   *
   * @param tables the label rows for each capture, in capture order
   * @param offset added to the times of the rows
   * @param captures name of each capture, in capture order
   * @param flows all flows in the order of their ids; read twice
   */
  public static JoinAudit of(
      DatasetDescription description,
      List<LabelTable> tables,
      TimeOffset offset,
      List<String> captures,
      Iterable<Flow> flows) {
    LabelJoin join = new LabelJoin(description, tables, offset);
    FlowCensus census = new FlowCensus();
    String unmatched = description.labels().unmatched();
    // An empty label is no label of a row, so it can stand for none.
    ConversationLabeler labeler = new ConversationLabeler(flow -> join.find(flow).orElse(""));
    for (Flow flow : flows) {
      String label = labeler.label(flow);
      if (label.isEmpty()) {
        census.unlabelled(flow, unmatched);
      } else {
        census.labelled(label);
      }
    }
    Map<String, RowUse> byLabel = new TreeMap<>();
    List<FileUse> byFile = new ArrayList<>();
    join.matchersByTable().forEach((table, matcher) -> count(table, matcher, byLabel, byFile));
    return new JoinAudit(
        join.report(captures),
        census,
        byLabel,
        byFile,
        DuplicateReport.of(join.matchersByTable().keySet()),
        OffsetScan.table(description, tables, offset, flows));
  }

  private static void count(
      LabelTable table, RowMatcher matcher, Map<String, RowUse> byLabel, List<FileUse> byFile) {
    RowUse[] files = new RowUse[table.files().size()];
    for (int row = 0; row < table.size(); row++) {
      boolean used = matcher.used(row);
      byLabel.put(table.label(row), byLabel.getOrDefault(table.label(row), RowUse.NONE).plus(used));
      RowUse file = files[table.file(row)];
      files[table.file(row)] = (file == null ? RowUse.NONE : file).plus(used);
    }
    for (int i = 0; i < files.length; i++) {
      byFile.add(
          new FileUse(table.files().get(i).file(), files[i] == null ? RowUse.NONE : files[i]));
    }
  }
}
