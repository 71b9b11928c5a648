package dev.janus.cli.report;

import dev.janus.cli.terminal.TextTable;
import dev.janus.eval.BinomialInterval;
import dev.janus.eval.CalibrationCheck;
import dev.janus.eval.CertifiedThreshold;
import dev.janus.eval.Evaluation;
import dev.janus.eval.EvaluationReport;
import dev.janus.eval.OperatingPoint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of an evaluation, for the terminal and the HTML report. */
public final class EvaluationTables {
  /** The largest false-positive rate: more benign flows are behind it than behind the others. */
  private static final String FIRMEST = Evaluation.RATES.getFirst();

  /** Heads a column of intervals. */
  private static final String INTERVAL =
      percent(Double.toString(BinomialInterval.CONFIDENCE)) + " of it";

  private EvaluationTables() {}

  /** The whole evaluation as lines of text. */
  public static List<String> lines(EvaluationResult result) {
    EvaluationReport report = result.report();
    List<String> lines = new ArrayList<>(classes(report).lines());
    unresolved(report).ifPresent(lines::add);
    lines.add("");
    lines.add(
        "macro AUROC %.4f   pooled AUROC %.4f   AUPRC %.4f   (%,d benign, %,d attack flows)"
            .formatted(
                report.verdict().macroAuroc(),
                report.verdict().pooledAuroc(),
                report.auprc(),
                report.benign(),
                report.attack()));
    lines.add(
        "macro partial AUROC to FPR %s %.4f   %s"
            .formatted(
                percent(Double.toString(Evaluation.PARTIAL_FPR)),
                report.verdict().macroPartialAuroc(),
                named("macro TPR@FPR ", report.verdict().macroTprAtFpr())));
    lines.add(named("AUPRC if attacks were ", report.auprcAtPrevalence()));
    lines.add("");
    lines.add("Verdict %s, fitted on %s".formatted(result.verdict().label(), result.fittedOn()));
    lines.addAll(operatingPoints(result).lines());
    lines.add("");
    lines.addAll(calibration(result).lines());
    lines.addAll(drift(result));
    lines.add("");
    lines.addAll(scores(result).lines());
    if (!result.notComputed().isEmpty()) {
      lines.add("not computed by this model: " + String.join(", ", result.notComputed()));
    }
    return lines;
  }

  /** Rates below which the tested benign flows cannot tell one from another. */
  public static Optional<String> unresolved(EvaluationReport report) {
    List<String> rates =
        Evaluation.RATES.stream()
            .filter(rate -> Double.parseDouble(rate) * report.benign() < 1)
            .map(EvaluationTables::percent)
            .toList();
    return rates.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "FPR %s: with %,d benign flows that allows no false alarm at all"
                .formatted(String.join(" and ", rates), report.benign()));
  }

  private static String named(String what, Map<String, Double> figures) {
    return figures.entrySet().stream()
        .map(entry -> "%s%s %.4f".formatted(what, percent(entry.getKey()), entry.getValue()))
        .collect(Collectors.joining("   "));
  }

  /** A rate as it is told: "0.1%" for "0.001". */
  public static String percent(String rate) {
    return new BigDecimal(rate).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }

  /** Rates stand in three columns, the interval beside the first one, which is the firmest. */
  public static TextTable classes(EvaluationReport report) {
    List<String> head = new ArrayList<>(List.of("class", "flows", "AUROC", "partial"));
    for (String rate : Evaluation.RATES) {
      String percent = percent(rate);
      head.add(rate.equals(FIRMEST) ? "TPR@FPR " + percent : percent);
      if (rate.equals(FIRMEST)) {
        head.add(INTERVAL);
      }
    }
    TextTable table = new TextTable(head.toArray(String[]::new));
    for (EvaluationReport.ClassResult result : report.verdict().classes()) {
      List<String> row = new ArrayList<>();
      row.add(result.label());
      row.add(TextTable.count(result.flows()));
      row.add(TextTable.number(result.auroc(), 4));
      row.add(TextTable.number(result.partialAuroc(), 4));
      result
          .atFpr()
          .forEach((rate, found) -> {
            row.add(TextTable.number(found.tpr(), 3));
            if (rate.equals(FIRMEST)) {
              row.add(interval(found.interval(), 1, ""));
            }
          });
      table.row(row.toArray(String[]::new));
    }
    return table;
  }

  private static String interval(BinomialInterval interval, int factor, String unit) {
    return "%s-%s%s"
        .formatted(
            TextTable.number(factor * interval.lower(), 2),
            TextTable.number(factor * interval.upper(), 2),
            unit);
  }

  static TextTable operatingPoints(EvaluationResult result) {
    TextTable table =
        new TextTable(
            "threshold",
            result.verdict().label(),
            "precision",
            "recall",
            "F1",
            "false alarms",
            INTERVAL,
            "a day of %,d flows".formatted(result.flowsPerDay()));
    for (OperatingPoint point : result.report().operatingPoints()) {
      table.row(
          point.thresholdFrom(),
          TextTable.number(point.threshold(), 2),
          TextTable.number(point.precision(), 4),
          TextTable.number(point.recall(), 4),
          TextTable.number(point.f1(), 4),
          TextTable.number(point.fpr() * 100, 2) + "%",
          interval(point.fprInterval(), 100, "%"),
          TextTable.count(Math.round(point.fpr() * result.flowsPerDay())));
    }
    return table;
  }

  /** What each score's calibration promises, and what later benign flows make of it. */
  static TextTable calibration(EvaluationResult result) {
    TextTable table =
        new TextTable(
            "calibration", "FPR certified", "threshold", "false alarms", INTERVAL, "certificate");
    result
        .calibration()
        .forEach((name, check) -> {
          for (CalibrationCheck.Level level : check.levels()) {
            table.row(row(name, check, level));
          }
        });
    return table;
  }

  private static String[] row(String name, CalibrationCheck check, CalibrationCheck.Level level) {
    if (level.threshold().isEmpty()) {
      String needed =
          "not certifiable with fewer than %,d flows"
              .formatted(CertifiedThreshold.flowsNeeded(Double.parseDouble(level.rate())));
      return new String[] {name, percent(level.rate()), "", "", "", needed};
    }
    CertifiedThreshold threshold = level.threshold().get();
    return new String[] {
      name,
      percent(level.rate()),
      TextTable.number(threshold.value(), 2),
      TextTable.number(100.0 * level.alarms() / check.flows(), 2) + "%",
      interval(level.interval(), 100, "%"),
      level.holds() ? "holds" : "broken"
    };
  }

  /** In words, whether the certificates still stand on what was tested. */
  static List<String> drift(EvaluationResult result) {
    List<String> lines = new ArrayList<>();
    result
        .calibration()
        .forEach((name, check) -> {
          String alike =
              check.uniform()
                  ? "tested benign flows are like the calibration flows"
                  : "tested benign flows are not like the calibration flows";
          String expiry =
              check.expiredAfter().isPresent()
                  ? "the certificates expired after %,d of %,d of them"
                      .formatted(check.expiredAfter().getAsInt(), check.flows())
                  : "no drift that ends the certificates";
          lines.add(
              "%s: %s (p-values %.3f from uniform, probability %.2g); %s"
                  .formatted(name, alike, check.uniformDistance(), check.uniformPValue(), expiry));
        });
    return lines;
  }

  /** The verdict and every score on its own, means over the classes but for the pooled AUROC. */
  static TextTable scores(EvaluationResult result) {
    List<String> head = new ArrayList<>(List.of("score", "AUROC", "pooled AUROC", "partial"));
    for (String rate : Evaluation.RATES) {
      head.add(rate.equals(FIRMEST) ? "TPR@FPR " + percent(rate) : percent(rate));
    }
    TextTable table = new TextTable(head.toArray(String[]::new));
    table.row(row(result.verdict().label(), result.report().verdict()));
    result.report().singleScores().forEach((name, score) -> table.row(row(name, score)));
    return table;
  }

  private static String[] row(String name, EvaluationReport.ScoreResult score) {
    List<String> row = new ArrayList<>();
    row.add(name);
    row.add(TextTable.number(score.macroAuroc(), 4));
    row.add(TextTable.number(score.pooledAuroc(), 4));
    row.add(TextTable.number(score.macroPartialAuroc(), 4));
    score.macroTprAtFpr().values().forEach(tpr -> row.add(TextTable.number(tpr, 3)));
    return row.toArray(String[]::new);
  }
}
