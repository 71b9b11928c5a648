package dev.janus.cli.report;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.config.RunConfigWriter;
import dev.janus.cli.dataset.FlowSplit;
import dev.janus.contract.label.LabelRules;
import dev.janus.eval.BinomialInterval;
import dev.janus.eval.CalibrationCheck;
import dev.janus.eval.CertifiedThreshold;
import dev.janus.eval.Evaluation;
import dev.janus.eval.EvaluationReport;
import dev.janus.eval.OperatingPoint;
import dev.janus.eval.ScoredFlows;
import dev.janus.score.Calibration;
import dev.janus.score.HiddenState;
import dev.janus.score.JanusModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An evaluation with what it was made of.
 *
 * @param report the figures
 * @param scored the flows behind them
 * @param calibration whether p-values and certificates hold on the tested benign flows, by score
 * @param validationFlows benign validation flows behind aggregator and thresholds
 * @param flowsPerDay benign traffic that false alarms are told for
 * @param model the model file
 * @param data folder of the data set
 * @param config configuration of the training
 * @param build version and commit that evaluated
 */
public record EvaluationResult(
    EvaluationReport report,
    ScoredDataset scored,
    Map<String, CalibrationCheck> calibration,
    int validationFlows,
    long flowsPerDay,
    Path model,
    Path data,
    RunConfig config,
    String build) {
  private static final Map<String, Double> QUANTILES = Map.of("P95", 0.95, "P99", 0.99);

  /** Figures; still without what they are of. */
  public record Figures(
      EvaluationReport report,
      ScoredDataset scored,
      Map<String, CalibrationCheck> calibration,
      int validationFlows) {
    public Figures {
      calibration = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(calibration));
    }

    /** Adds what the figures are of. */
    public EvaluationResult describedBy(
        long flowsPerDay, Path model, Path data, RunConfig config, String build) {
      return new EvaluationResult(
          report, scored, calibration, validationFlows, flowsPerDay, model, data, config, build);
    }
  }

  /**
   * Evaluates on the network of the training: thresholds come from one half of its benign
   * validation flows, false alarms are counted on the other half.
   */
  public static Figures withinNetwork(ScoredDataset scored, JanusModel model) {
    double[] validation = scored.distances(scored.split().rows(FlowSplit.Use.VALIDATION));
    EvaluationReport report = Evaluation.evaluate(tested(scored), LabelRules.BENIGN, validation);
    return new Figures(report, scored, calibration(scored, model), validation.length);
  }

  /**
   * Evaluates on another network: thresholds come from the model's own benign validation flows,
   * false alarms are counted on the other network's benign flows.
   */
  public static Figures acrossNetworks(ScoredDataset scored, JanusModel model) {
    Calibration calibration = model.oas10().calibration();
    double[] validation = calibration.points();
    EvaluationReport report = Evaluation.evaluate(tested(scored), LabelRules.BENIGN, validation);
    List<OperatingPoint> points = new ArrayList<>();
    for (String name : List.of("P95", "P99")) {
      double threshold = calibration.quantile(QUANTILES.getOrDefault(name, 1.0));
      points.add(
          OperatingPoint.measure(
              name,
              threshold,
              scored.distances(scored.tested(true)),
              scored.distances(scored.tested(false))));
    }
    return new Figures(
        report.withOperatingPoints(points),
        scored,
        calibration(scored, model),
        calibration.count());
  }

  private static Map<String, CalibrationCheck> calibration(ScoredDataset scored, JanusModel model) {
    int[] later = scored.inOrderOfTime(scored.tested(true));
    Map<String, CalibrationCheck> checks = new LinkedHashMap<>();
    checks.put("d2", CalibrationCheck.of(model.oas10().calibration(), scored.distances(later)));
    checks.put(
        HiddenState.LABEL, CalibrationCheck.of(model.hidden().calibration(), scored.hidden(later)));
    return checks;
  }

  /** The tested flows; all benign labels become one. */
  private static ScoredFlows tested(ScoredDataset scored) {
    int[] rows = scored.split().rows(FlowSplit.Use.TEST);
    List<String> labels =
        Arrays.stream(rows)
            .mapToObj(row ->
                scored.split().benign(row) ? LabelRules.BENIGN : scored.metadata().label(row))
            .toList();
    return new ScoredFlows(
        labels, scored.distances(rows), scored.scores(rows), ScoredDataset.scoreNames());
  }

  /** The content of {@code metrics.json}. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.putAll(json(report.d2()));
    json.put("partial_auroc_max_fpr", Evaluation.PARTIAL_FPR);
    json.put("auprc", report.auprc());
    json.put("auprc_at_prevalence", report.auprcAtPrevalence());
    json.put("n_benign", report.benign());
    json.put("n_attack", report.attack());
    json.put("n_validation", validationFlows);
    json.put("interval_confidence", BinomialInterval.CONFIDENCE);
    json.put("flows_per_day", flowsPerDay);
    json.put("classes", report.d2().classes().stream().map(EvaluationResult::json).toList());
    json.put("operating_points", report.operatingPoints().stream().map(this::json).toList());
    json.put("certificate_confidence", CertifiedThreshold.CONFIDENCE);
    Map<String, Object> checks = new LinkedHashMap<>();
    calibration.forEach((name, check) -> checks.put(name, json(check)));
    json.put("calibration", checks);
    Map<String, Object> single = new LinkedHashMap<>();
    report
        .singleScores()
        .forEach((name, score) -> {
          Map<String, Object> entry = json(score);
          Map<String, Object> classes = new LinkedHashMap<>();
          score.classes().forEach(result -> classes.put(result.label(), result.auroc()));
          entry.put("class_auroc", classes);
          single.put(name, entry);
        });
    json.put("single_scores", single);
    json.put("seed", config.seed());
    json.put("model", model.toString());
    json.put("data", data.toString());
    json.put("config", RunConfigWriter.tree(config));
    json.put("flows_per_second", scored.flowsPerSecond());
    json.put("build", build);
    return json;
  }

  private static Map<String, Object> json(EvaluationReport.ScoreResult score) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("macro_auroc", score.macroAuroc());
    json.put("macro_partial_auroc", score.macroPartialAuroc());
    json.put("macro_tpr_at_fpr", score.macroTprAtFpr());
    json.put("pooled_auroc", score.pooledAuroc());
    return json;
  }

  private static Map<String, Object> json(EvaluationReport.ClassResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("label", result.label());
    json.put("n", result.flows());
    json.put("auroc", result.auroc());
    json.put("partial_auroc", result.partialAuroc());
    Map<String, Object> rates = new LinkedHashMap<>();
    Map<String, Object> intervals = new LinkedHashMap<>();
    result
        .atFpr()
        .forEach((fpr, rate) -> {
          rates.put(fpr, rate.tpr());
          intervals.put(fpr, json(rate.interval()));
        });
    json.put("tpr_at_fpr", rates);
    json.put("tpr_interval", intervals);
    return json;
  }

  private static List<Double> json(BinomialInterval interval) {
    return List.of(interval.lower(), interval.upper());
  }

  /** What there is none of is left out. */
  private static Map<String, Object> json(CalibrationCheck check) {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Map<String, Object>> levels = new ArrayList<>();
    for (CalibrationCheck.Level level : check.levels()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("fpr_certified", Double.valueOf(level.rate()));
      entry.put("certifiable", level.threshold().isPresent());
      level
          .threshold()
          .ifPresent(threshold -> {
            entry.put("rank", threshold.rank());
            entry.put("threshold", threshold.value());
            entry.put("fpr", level.alarms() / (double) check.flows());
            entry.put("fpr_interval", json(level.interval()));
            entry.put("holds", level.holds());
          });
      levels.add(entry);
    }
    json.put("n", check.flows());
    json.put("levels", levels);
    json.put("p_values_distance", check.uniformDistance());
    json.put("p_values_probability", check.uniformPValue());
    json.put("p_values_uniform", check.uniform());
    check.expiredAfter().ifPresent(flows -> json.put("expired_after", flows));
    return json;
  }

  private Map<String, Object> json(OperatingPoint point) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("threshold_from", point.thresholdFrom());
    json.put("threshold", point.threshold());
    json.put("f1", point.f1());
    json.put("precision", point.precision());
    json.put("recall", point.recall());
    json.put("fpr", point.fpr());
    json.put("fpr_interval", json(point.fprInterval()));
    json.put("false_alarms_per_day", point.fpr() * flowsPerDay);
    return json;
  }
}
