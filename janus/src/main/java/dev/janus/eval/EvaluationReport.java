package dev.janus.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code metrics.json} says about a model's scores. No value is NaN.
 *
 * @param macroAuroc unweighted mean of the classes' AUROC of d2
 * @param macroPartialAuroc the same of their partial AUROC
 * @param macroTprAtFpr the same of their true-positive rates, by false-positive rate as text
 * @param pooledAuroc AUROC of d2, all attack flows against the benign flows
 * @param auprc average precision of d2 on the same flows; depends on their proportion
 * @param auprcAtPrevalence the same as if attacks had this share of all flows, by share as text
 * @param benign number of benign flows
 * @param attack number of attack flows
 * @param classes one entry per attack label, sorted by label
 * @param operatingPoints thresholds at P95 and P99 of benign validation flows
 * @param singleScores AUROC of each score on its own, in score order
 */
public record EvaluationReport(
    double macroAuroc,
    double macroPartialAuroc,
    Map<String, Double> macroTprAtFpr,
    double pooledAuroc,
    double auprc,
    Map<String, Double> auprcAtPrevalence,
    int benign,
    int attack,
    List<ClassResult> classes,
    List<OperatingPoint> operatingPoints,
    Map<String, ScoreResult> singleScores) {
  public EvaluationReport {
    macroTprAtFpr = ordered(macroTprAtFpr);
    auprcAtPrevalence = ordered(auprcAtPrevalence);
    classes = List.copyOf(classes);
    operatingPoints = List.copyOf(operatingPoints);
    singleScores = ordered(singleScores);
  }

  /** The same figures with thresholds that were set and measured on other flows. */
  public EvaluationReport withOperatingPoints(List<OperatingPoint> points) {
    return new EvaluationReport(
        macroAuroc,
        macroPartialAuroc,
        macroTprAtFpr,
        pooledAuroc,
        auprc,
        auprcAtPrevalence,
        benign,
        attack,
        classes,
        points,
        singleScores);
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }

  /**
   * One attack class against the benign flows.
   *
   * @param label attack label
   * @param flows number of flows
   * @param auroc AUROC of d2
   * @param partialAuroc partial AUROC of d2 up to {@link Evaluation#PARTIAL_FPR}
   * @param atFpr what d2 finds, by false-positive rate as text: {@link Evaluation#RATES}
   */
  public record ClassResult(
      String label,
      int flows,
      double auroc,
      double partialAuroc,
      Map<String, DetectionRate> atFpr) {
    public ClassResult {
      atFpr = ordered(atFpr);
    }
  }

  /**
   * One score on its own.
   *
   * @param macroAuroc unweighted mean over the classes
   * @param pooledAuroc all attack flows against the benign flows
   */
  public record ScoreResult(double macroAuroc, double pooledAuroc) {}
}
