package dev.janus.cli.report;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.config.RunConfigWriter;
import dev.janus.eval.BinomialInterval;
import dev.janus.eval.CalibrationCheck;
import dev.janus.eval.CertifiedThreshold;
import dev.janus.eval.Evaluation;
import dev.janus.eval.EvaluationReport;
import dev.janus.eval.OperatingPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An evaluation as the tree of {@code metrics.json}. */
public final class EvaluationJson {
  private EvaluationJson() {}

  static Map<String, Object> of(EvaluationResult result) {
    RunConfig config = result.config();
    Map<String, Object> json =
        figures(
            result.report(), result.calibration(), result.validationFlows(), result.flowsPerDay());
    json.put("verdict", result.verdict().label());
    json.put("fitted_on", result.fittedOn());
    json.put("not_computed", result.notComputed());
    json.put("seed", config.seed());
    json.put("model", result.model().toString());
    json.put("data", result.data().toString());
    json.put("config", RunConfigWriter.tree(config));
    json.put("flows_per_second", result.scored().flowsPerSecond());
    json.put("build", result.build());
    return json;
  }

  /**
   * The figures alone, without what they are of.
   *
   * @param calibration by score
   * @param validationFlows benign validation flows behind the thresholds
   * @param flowsPerDay benign traffic that false alarms are told for
   * @return a new map that may be added to
   */
  public static Map<String, Object> figures(
      EvaluationReport report,
      Map<String, CalibrationCheck> calibration,
      int validationFlows,
      long flowsPerDay) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.putAll(json(report.verdict()));
    json.put("partial_auroc_max_fpr", Evaluation.PARTIAL_FPR);
    json.put("auprc", report.auprc());
    json.put("auprc_at_prevalence", report.auprcAtPrevalence());
    json.put("n_benign", report.benign());
    json.put("n_attack", report.attack());
    json.put("n_validation", validationFlows);
    json.put("interval_confidence", BinomialInterval.CONFIDENCE);
    json.put("flows_per_day", flowsPerDay);
    json.put("classes", report.verdict().classes().stream().map(EvaluationJson::json).toList());
    json.put(
        "operating_points",
        report.operatingPoints().stream().map(point -> json(point, flowsPerDay)).toList());
    json.put("certificate_confidence", CertifiedThreshold.CONFIDENCE);
    Map<String, Object> checks = new LinkedHashMap<>();
    calibration.forEach((name, check) -> checks.put(name, json(check)));
    json.put("calibration", checks);
    Map<String, Object> single = new LinkedHashMap<>();
    report.singleScores().forEach((name, score) -> single.put(name, jsonByClass(score)));
    json.put("single_scores", single);
    return json;
  }

  private static Map<String, Object> jsonByClass(EvaluationReport.ScoreResult score) {
    Map<String, Object> json = json(score);
    Map<String, Object> classes = new LinkedHashMap<>();
    score.classes().forEach(result -> classes.put(result.label(), result.auroc()));
    json.put("class_auroc", classes);
    return json;
  }

  /** The figures of one score over all classes; a new map that may be added to. */
  public static Map<String, Object> json(EvaluationReport.ScoreResult score) {
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

  private static Map<String, Object> json(OperatingPoint point, long flowsPerDay) {
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
