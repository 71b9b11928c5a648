package dev.janus.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * What {@code metrics.json} says about a model's scores. No value is NaN.
 *
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
    double pooledAuroc,
    double auprc,
    Map<String, Double> auprcAtPrevalence,
    int benign,
    int attack,
    List<ClassResult> classes,
    List<OperatingPoint> operatingPoints,
    Map<String, ScoreResult> singleScores) {
  public EvaluationReport {
    auprcAtPrevalence = ordered(auprcAtPrevalence);
    classes = List.copyOf(classes);
    operatingPoints = List.copyOf(operatingPoints);
    singleScores = ordered(singleScores);
  }

  /** Unweighted mean of the classes' AUROC of d2. */
  public double macroAuroc() {
    return macro(ClassResult::auroc);
  }

  /** Unweighted mean of the classes' partial AUROC. */
  public double macroPartialAuroc() {
    return macro(ClassResult::partialAuroc);
  }

  /** Unweighted mean of the classes' true-positive rates, by false-positive rate as text. */
  public Map<String, Double> macroTprAtFpr() {
    return Evaluation.byRate(
        Evaluation.RATES,
        rate -> macro(result -> Objects.requireNonNull(result.atFpr().get(rate)).tpr()));
  }

  private double macro(ToDoubleFunction<ClassResult> figure) {
    double sum = 0;
    for (ClassResult result : classes) {
      sum += figure.applyAsDouble(result);
    }
    return sum / classes.size();
  }

  /** The same figures with thresholds that were set and measured on other flows. */
  public EvaluationReport withOperatingPoints(List<OperatingPoint> points) {
    return new EvaluationReport(
        pooledAuroc, auprc, auprcAtPrevalence, benign, attack, classes, points, singleScores);
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
