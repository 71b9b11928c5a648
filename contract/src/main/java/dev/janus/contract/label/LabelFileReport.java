package dev.janus.contract.label;

import java.util.List;

/**
 * What the rows of a label file were good for.
 *
 * @param file name of the file
 * @param rows rows that are not blank, without the header
 * @param blank rows without any content
 * @param dropped rows that a rule of the description drops, and repeated headers
 * @param unreadable rows that could not be understood
 * @param problems the first of these, each with file, line and column
 */
public record LabelFileReport(
    String file, long rows, long blank, long dropped, long unreadable, List<String> problems) {
  public LabelFileReport {
    problems = List.copyOf(problems);
  }

  /** Rows that can be joined with flows. */
  public long usable() {
    return rows - dropped - unreadable;
  }
}
