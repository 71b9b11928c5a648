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
 * @param verdict the distance that verdicts are made by, as one score
 * @param auprc average precision of it on the same flows; depends on their proportion
 * @param auprcAtPrevalence the same as if attacks had this share of all flows, by share as text
 * @param benign number of benign flows
 * @param attack number of attack flows
 * @param operatingPoints thresholds at P95 and P99 of benign validation flows
 * @param singleScores each score on its own, in score order
 */
public record EvaluationReport(
    ScoreResult verdict,
    double auprc,
    Map<String, Double> auprcAtPrevalence,
    int benign,
    int attack,
    List<OperatingPoint> operatingPoints,
    Map<String, ScoreResult> singleScores) {
  public EvaluationReport {
    auprcAtPrevalence = ordered(auprcAtPrevalence);
    operatingPoints = List.copyOf(operatingPoints);
    singleScores = ordered(singleScores);
  }

  /** The same figures with thresholds that were set and measured on other flows. */
  public EvaluationReport withOperatingPoints(List<OperatingPoint> points) {
    return new EvaluationReport(
        verdict, auprc, auprcAtPrevalence, benign, attack, points, singleScores);
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }

  /**
   * One attack class against the benign flows.
   *
   * @param label attack label
   * @param flows number of flows
   * @param auroc AUROC
   * @param partialAuroc partial AUROC up to {@link Evaluation#PARTIAL_FPR}
   * @param atFpr what is found, by false-positive rate as text: {@link Evaluation#RATES}
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
   * How well one score tells attacks from benign flows.
   *
   * @param pooledAuroc AUROC of all attack flows against the benign flows
   * @param classes one entry per attack label, sorted by label
   */
  public record ScoreResult(double pooledAuroc, List<ClassResult> classes) {
    public ScoreResult {
      classes = List.copyOf(classes);
    }

    /** Unweighted mean of the classes' AUROC. */
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
  }
}
