package dev.janus.cli.baseline;

import dev.janus.cli.report.EvaluationTables;
import dev.janus.cli.terminal.TextTable;
import dev.janus.eval.EvaluationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results of controls as text. */
public final class ControlTables {
  private ControlTables() {}

  /** One control, class by class. */
  public static List<String> classes(ControlResult result) {
    List<String> lines =
        new ArrayList<>(EvaluationTables.classes(result.figures().report()).lines());
    EvaluationTables.unresolved(result.figures().report()).ifPresent(lines::add);
    return lines;
  }

  /** One line per control, means over the attack classes. */
  public static List<String> comparison(List<ControlResult> results) {
    TextTable table =
        new TextTable(
            "control",
            "AUROC",
            "partial",
            "TPR@FPR 1%",
            "0.1%",
            "false alarms at P99",
            "fit s",
            "flows/s");
    for (ControlResult result : results) {
      EvaluationReport report = result.figures().report();
      Map<String, Double> tpr = report.verdict().macroTprAtFpr();
      table.row(
          result.detector().name(),
          TextTable.number(report.verdict().macroAuroc(), 4),
          TextTable.number(report.verdict().macroPartialAuroc(), 4),
          TextTable.number(tpr.getOrDefault("0.01", Double.NaN), 3),
          TextTable.number(tpr.getOrDefault("0.001", Double.NaN), 3),
          TextTable.number(100 * report.operatingPoints().getLast().fpr(), 2) + "%",
          TextTable.number(result.fitSeconds(), 1),
          TextTable.count(Math.round(result.scored().flowsPerSecond())));
    }
    return table.lines();
  }
}
