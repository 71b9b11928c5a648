package dev.janus.cli.report;

import dev.janus.cli.terminal.TextTable;
import dev.janus.eval.EvaluationReport;
import dev.janus.eval.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables of an evaluation, for the terminal and the HTML report. */
public final class EvaluationTables {
  private EvaluationTables() {}

  /** The whole evaluation as lines of text. */
  public static List<String> lines(EvaluationResult result) {
    EvaluationReport report = result.report();
    List<String> lines = new ArrayList<>(classes(report).lines());
    lines.add("");
    lines.add(
        "macro AUROC %.4f   pooled AUROC %.4f   AUPRC %.4f   (%,d benign, %,d attack flows)"
            .formatted(
                report.macroAuroc(),
                report.pooledAuroc(),
                report.auprc(),
                report.benign(),
                report.attack()));
    lines.add("");
    lines.addAll(operatingPoints(report).lines());
    return lines;
  }

  static TextTable classes(EvaluationReport report) {
    TextTable table = new TextTable("class", "flows", "AUROC", "TPR@FPR 1%", "TPR@FPR 0.1%");
    for (EvaluationReport.ClassResult result : report.classes()) {
      table.row(
          result.label(),
          TextTable.count(result.flows()),
          TextTable.number(result.auroc(), 4),
          TextTable.number(result.tprAtFpr().getOrDefault("0.01", Double.NaN), 4),
          TextTable.number(result.tprAtFpr().getOrDefault("0.001", Double.NaN), 4));
    }
    return table;
  }

  static TextTable operatingPoints(EvaluationReport report) {
    TextTable table = new TextTable("threshold", "d2", "precision", "recall", "F1", "false alarms");
    for (OperatingPoint point : report.operatingPoints()) {
      table.row(
          point.thresholdFrom(),
          TextTable.number(point.threshold(), 2),
          TextTable.number(point.precision(), 4),
          TextTable.number(point.recall(), 4),
          TextTable.number(point.f1(), 4),
          TextTable.number(point.fpr() * 100, 2) + "%");
    }
    return table;
  }

  static TextTable singleScores(EvaluationReport report) {
    TextTable table = new TextTable("score", "macro AUROC", "pooled AUROC");
    for (Map.Entry<String, EvaluationReport.ScoreResult> score : report.singleScores().entrySet()) {
      table.row(
          score.getKey(),
          TextTable.number(score.getValue().macroAuroc(), 4),
          TextTable.number(score.getValue().pooledAuroc(), 4));
    }
    return table;
  }
}
