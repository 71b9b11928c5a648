package dev.janus.cli.report;

import dev.janus.cli.results.DelayFigures;
import dev.janus.cli.terminal.TextTable;

/** How early verdicts fire, for the terminal and the page. */
public final class DelayTables {
  private DelayTables() {}

  /** A row per class, the benign flows first. */
  public static TextTable classes(DelayFigures delay) {
    TextTable table =
        new TextTable(
            "class",
            "flows",
            "alarms",
            "measured",
            "median packets",
            "90% by packet",
            "fire on a prefix only");
    for (DelayFigures.ClassFigures figures : delay.classes()) {
      table.row(
          figures.label(),
          TextTable.count(figures.flows()),
          TextTable.count(figures.alarms()),
          TextTable.count(figures.measuredAlarms()),
          TextTable.number(figures.median(), 0),
          TextTable.number(figures.p90(), 0),
          figures.measuredSilent() == 0
              ? "-"
              : TextTable.number(100 * figures.firedOnPrefixOnly(), 1) + "%");
    }
    return table;
  }

  /** What the table tells. */
  public static String words(DelayFigures delay) {
    return ("Detection delay: packets until the beginning of a flow, scored as a flow of its own, is"
            + " an alarm (distance above %s, %s of benign validation flows). Of each class at most %s"
            + " alarms and %s other flows, evenly spaced, were measured; the last column is the share"
            + " of all its flows that fire on a prefix though not when they are complete.")
        .formatted(
            TextTable.number(delay.threshold(), 2),
            delay.thresholdFrom(),
            TextTable.count(delay.mostPerClass()),
            TextTable.count(delay.mostPerClass()));
  }
}
