package dev.janus.cli.report;

import dev.janus.cli.results.EvaluatedRun;
import dev.janus.cli.results.RunFolder;
import dev.janus.cli.results.RunGroup;
import dev.janus.cli.results.RunMetrics;
import dev.janus.cli.terminal.TextTable;
import dev.janus.eval.BinomialInterval;
import dev.janus.eval.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tables of runs that were read back. */
final class RunTables {
  private static final int ROUTER_DIGITS = 3;

  private RunTables() {}

  /**
   * A figure that a run is judged by.
   *
   * @param column what tables call it
   * @param key what JSON calls it
   */
  record Headline(String column, String key, ToDoubleFunction<RunMetrics> figure) {}

  /** The figures that a run is judged by. */
  static List<Headline> headlines() {
    List<Headline> headlines = new ArrayList<>();
    headlines.add(new Headline("macro AUROC", "macro_auroc", m -> m.verdict().macroAuroc()));
    headlines.add(new Headline("pooled AUROC", "pooled_auroc", m -> m.verdict().pooledAuroc()));
    headlines.add(
        new Headline("partial AUROC", "macro_partial_auroc", m -> m.verdict().macroPartialAuroc()));
    for (String rate : Evaluation.RATES) {
      headlines.add(
          new Headline(
              "TPR@" + percent(rate),
              "macro_tpr_at_fpr_" + rate,
              m -> m.verdict().macroTprAtFpr().getOrDefault(rate, Double.NaN)));
    }
    headlines.add(new Headline("AUPRC", "auprc", RunMetrics::auprc));
    for (String share : Evaluation.PREVALENCES) {
      headlines.add(
          new Headline(
              "AUPRC at " + percent(share),
              "auprc_at_prevalence_" + share,
              m -> m.auprcAtPrevalence().getOrDefault(share, Double.NaN)));
    }
    return headlines;
  }

  /** A row per run, and for runs that differ in the seed only what becomes of them together. */
  static TextTable headline(List<RunGroup> groups) {
    List<Headline> figures = headlines();
    List<String> head = new ArrayList<>(List.of("run", "seed", "verdict", "benign", "attacks"));
    figures.forEach(figure -> head.add(figure.column()));
    TextTable table = new TextTable(head);
    for (RunGroup group : groups) {
      for (RunFolder run : group.runs()) {
        RunMetrics metrics = run.metrics();
        List<String> row = new ArrayList<>();
        row.add(run.name());
        row.add(metrics.provenance().seed());
        row.add(metrics.provenance().score());
        row.add(TextTable.count(metrics.benign()));
        row.add(TextTable.count(metrics.attack()));
        figures.forEach(figure -> row.add(number(figure.figure().applyAsDouble(metrics))));
        table.row(row);
      }
      int seeds = group.distinct().size();
      if (seeds > 1) {
        spread(table, "mean of " + seeds, group, RunGroup.Spread::mean);
        spread(table, "deviation", group, RunGroup.Spread::deviation);
        spread(table, "worst", group, RunGroup.Spread::worst);
      }
    }
    return table;
  }

  private static void spread(
      TextTable table, String name, RunGroup group, ToDoubleFunction<RunGroup.Spread> part) {
    List<String> row = new ArrayList<>(List.of(name, "", "", "", ""));
    headlines()
        .forEach(figure -> row.add(number(part.applyAsDouble(group.spread(figure.figure())))));
    table.row(row);
  }

  /** A row per configuration, a column per key in which they differ, and means over the seeds. */
  static TextTable ablation(List<RunGroup> groups) {
    List<String> keys = RunGroup.differences(groups);
    List<String> head = new ArrayList<>(List.of("runs"));
    head.addAll(keys);
    headlines().forEach(figure -> head.add(figure.column()));
    TextTable table = new TextTable(head);
    for (RunGroup group : groups) {
      List<String> row = new ArrayList<>();
      row.add(group.runs().stream().map(RunFolder::name).collect(Collectors.joining(", ")));
      keys.forEach(key -> row.add(group.setting(key)));
      headlines()
          .forEach(figure -> {
            RunGroup.Spread spread = group.spread(figure.figure());
            row.add(spread(spread));
          });
      table.row(row);
    }
    return table;
  }

  /** A mean with its deviation, where it is one of several. */
  static String spread(RunGroup.Spread spread) {
    return Double.isNaN(spread.deviation())
        ? number(spread.mean())
        : number(spread.mean()) + " ±" + number(spread.deviation());
  }

  static TextTable classes(RunMetrics metrics) {
    List<String> head = new ArrayList<>(List.of("class", "flows", "AUROC", "partial"));
    for (String rate : Evaluation.RATES) {
      head.add("TPR@" + percent(rate));
      head.add(interval(metrics, "at " + percent(rate)));
    }
    TextTable table = new TextTable(head);
    for (RunMetrics.ClassFigures figures : metrics.classes()) {
      List<String> row = new ArrayList<>();
      row.add(figures.label());
      row.add(TextTable.count(figures.flows()));
      row.add(number(figures.auroc()));
      row.add(number(figures.partialAuroc()));
      for (String rate : Evaluation.RATES) {
        row.add(TextTable.number(figures.tprAtFpr().getOrDefault(rate, Double.NaN), 3));
        BinomialInterval interval = figures.tprInterval().get(rate);
        row.add(interval == null ? "-" : interval(interval, 1, 3));
      }
      table.row(row);
    }
    return table;
  }

  static TextTable operatingPoints(EvaluatedRun run) {
    TextTable table =
        new TextTable(
            "threshold",
            run.verdict(),
            "precision",
            "recall",
            "F1",
            "false alarms",
            interval(run.metrics(), "of it"),
            "false alarms a day");
    for (RunMetrics.OperatingFigures point : run.metrics().operatingPoints()) {
      table.row(
          point.from(),
          TextTable.number(point.threshold(), 2),
          number(point.precision()),
          number(point.recall()),
          number(point.f1()),
          percentage(point.fpr()),
          interval(point.fprInterval(), 100, 2),
          Double.isNaN(point.falseAlarmsPerDay())
              ? "-"
              : TextTable.count(Math.round(point.falseAlarmsPerDay())));
    }
    return table;
  }

  static TextTable calibration(RunMetrics metrics) {
    TextTable table =
        new TextTable(
            "score",
            "FPR certified",
            "threshold",
            "false alarms",
            interval(metrics, "of it"),
            "certificate");
    metrics
        .calibrations()
        .forEach((score, calibration) -> {
          for (RunMetrics.LevelFigures level : calibration.levels()) {
            table.row(
                score,
                percent(level.certified()),
                TextTable.number(level.threshold(), 2),
                percentage(level.fpr()),
                interval(level.interval(), 100, 2),
                level.certificate().words());
          }
        });
    return table;
  }

  /** In words, whether the certificates still stand on what was tested, as far as it is known. */
  static List<String> drift(RunMetrics metrics) {
    List<String> lines = new ArrayList<>();
    metrics
        .calibrations()
        .forEach((score, calibration) ->
            calibration
                .uniform()
                .ifPresent(alike ->
                    lines.add(
                        "%s: tested benign flows %s like the calibration flows%s; %s."
                            .formatted(
                                score,
                                alike ? "are" : "are not",
                                deviation(calibration),
                                expiry(calibration)))));
    return lines;
  }

  private static String deviation(RunMetrics.CalibrationFigures calibration) {
    return Double.isNaN(calibration.distance()) || Double.isNaN(calibration.probability())
        ? ""
        : String.format(
            Locale.ROOT,
            " (p-values %.3f from uniform, probability %.2g)",
            calibration.distance(),
            calibration.probability());
  }

  private static String expiry(RunMetrics.CalibrationFigures calibration) {
    if (calibration.expiredAfter().isEmpty()) {
      return "no drift that ends the certificates";
    }
    String all =
        calibration.flows().isPresent()
            ? TextTable.count(calibration.flows().getAsLong()) + " of them"
            : "them";
    return "the certificates expired after %s of %s"
        .formatted(TextTable.count(calibration.expiredAfter().getAsLong()), all);
  }

  /** The verdict's score and every other on its own. */
  static TextTable scores(EvaluatedRun run) {
    List<String> head =
        new ArrayList<>(List.of("score", "macro AUROC", "pooled AUROC", "partial AUROC"));
    Evaluation.RATES.forEach(rate -> head.add("TPR@" + percent(rate)));
    TextTable table = new TextTable(head);
    table.row(row(run.verdict(), run.metrics().verdict()));
    run.metrics()
        .singles()
        .forEach((name, figures) -> {
          if (!name.equals(run.verdict())) {
            table.row(row(name, figures));
          }
        });
    return table;
  }

  /**
   * Which score finds which class: AUROC, classes as rows, the verdict's and every other score as
   * columns, the best of each row marked. Empty where a file does not tell it.
   */
  static Optional<ReportBlock> router(EvaluatedRun run) {
    SequencedMap<String, Map<String, Double>> scores = new LinkedHashMap<>();
    Map<String, Double> verdict = new LinkedHashMap<>();
    run.metrics().classes().forEach(figures -> verdict.put(figures.label(), figures.auroc()));
    scores.put(run.verdict(), verdict);
    run.metrics()
        .singles()
        .forEach((name, figures) -> {
          if (!figures.classAuroc().isEmpty()) {
            scores.putIfAbsent(name, figures.classAuroc());
          }
        });
    if (scores.size() == 1) {
      return Optional.empty();
    }
    List<String> head = new ArrayList<>(List.of("class"));
    head.addAll(scores.keySet());
    TextTable table = new TextTable(head);
    List<Set<Integer>> best = new ArrayList<>();
    for (String label : verdict.keySet()) {
      List<String> row = new ArrayList<>(List.of(label));
      double highest = Double.NEGATIVE_INFINITY;
      for (Map<String, Double> aurocs : scores.values()) {
        double auroc = Objects.requireNonNullElse(aurocs.get(label), Double.NaN);
        row.add(TextTable.number(auroc, ROUTER_DIGITS));
        highest = auroc > highest ? auroc : highest;
      }
      String shown = TextTable.number(highest, ROUTER_DIGITS);
      best.add(
          IntStream.range(1, row.size())
              .filter(column -> row.get(column).equals(shown))
              .boxed()
              .collect(Collectors.toSet()));
      table.row(row);
    }
    return Optional.of(new ReportBlock.Matrix("AUROC of each score by attack class", table, best));
  }

  private static List<String> row(String name, RunMetrics.ScoreFigures figures) {
    List<String> row = new ArrayList<>();
    row.add(name);
    row.add(number(figures.macroAuroc()));
    row.add(number(figures.pooledAuroc()));
    row.add(number(figures.macroPartialAuroc()));
    for (String rate : Evaluation.RATES) {
      row.add(TextTable.number(figures.macroTprAtFpr().getOrDefault(rate, Double.NaN), 3));
    }
    return row;
  }

  private static String number(double value) {
    return TextTable.number(value, 4);
  }

  private static String interval(BinomialInterval interval, int factor, int digits) {
    String unit = factor == 100 ? "%" : "";
    return Double.isNaN(interval.lower())
        ? "-"
        : TextTable.number(factor * interval.lower(), digits)
            + "-"
            + TextTable.number(factor * interval.upper(), digits)
            + unit;
  }

  private static String percentage(double share) {
    return Double.isFinite(share) ? TextTable.number(100 * share, 2) + "%" : "-";
  }

  static String percent(String rate) {
    return EvaluationTables.percent(rate);
  }

  static String percent(double rate) {
    return percent(Double.toString(rate));
  }

  /** Heads a column of intervals, with their confidence if it is known. */
  private static String interval(RunMetrics metrics, String of) {
    double confidence = metrics.stated().intervalConfidence();
    return (Double.isNaN(confidence) ? "interval " : percent(confidence) + " ") + of;
  }
}
