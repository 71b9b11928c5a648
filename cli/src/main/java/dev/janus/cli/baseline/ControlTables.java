package dev.janus.cli.baseline;

import dev.janus.cli.report.EvaluationTables;
import dev.janus.cli.terminal.TextTable;
import dev.janus.eval.Evaluation;
import dev.janus.eval.EvaluationReport;
import dev.janus.eval.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results of controls as text. */
public final class ControlTables {
  /** The rates that a narrow table has room for. */
  private static final List<String> RATES = Evaluation.RATES.subList(0, 2);

  private ControlTables() {}

  /** One control, class by class. */
  public static List<String> classes(ControlResult result) {
    List<String> lines =
        new ArrayList<>(EvaluationTables.classes(result.figures().report()).lines());
    EvaluationTables.unresolved(result.figures().report()).ifPresent(lines::add);
    return lines;
  }

  /** One line per control, means over the attack classes. */
  public static List<String> comparison(List<ControlSummary> controls) {
    OperatingPoint strictest = controls.getFirst().report().operatingPoints().getLast();
    TextTable table =
        new TextTable(
            "control",
            "AUROC",
            "partial",
            "TPR@FPR " + EvaluationTables.percent(RATES.getFirst()),
            EvaluationTables.percent(RATES.getLast()),
            "false alarms at " + strictest.thresholdFrom(),
            "fit s",
            "flows/s");
    for (ControlSummary control : controls) {
      EvaluationReport report = control.report();
      Map<String, Double> tpr = report.verdict().macroTprAtFpr();
      table.row(
          control.control(),
          TextTable.number(report.verdict().macroAuroc(), 4),
          TextTable.number(report.verdict().macroPartialAuroc(), 4),
          TextTable.number(tpr.getOrDefault(RATES.getFirst(), Double.NaN), 3),
          TextTable.number(tpr.getOrDefault(RATES.getLast(), Double.NaN), 3),
          TextTable.number(100 * report.operatingPoints().getLast().fpr(), 2) + "%",
          TextTable.number(control.fitSeconds(), 1),
          TextTable.count(Math.round(control.flowsPerSecond())));
    }
    return table.lines();
  }
}
