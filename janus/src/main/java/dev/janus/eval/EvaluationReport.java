package dev.janus.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code metrics.json} says about a model's scores. No value is NaN.
 *
 * @param macroAuroc unweighted mean of the classes' AUROC of d2
 * @param pooledAuroc AUROC of d2, all attack flows against the benign flows
 * @param auprc average precision of d2 on the same flows; depends on their proportion
 * @param benign number of benign flows
 * @param attack number of attack flows
 * @param classes one entry per attack label, sorted by label
 * @param operatingPoints thresholds at P95 and P99 of benign validation flows
 * @param singleScores AUROC of each score on its own, in score order
 */
public record EvaluationReport(
    double macroAuroc,
    double pooledAuroc,
    double auprc,
    int benign,
    int attack,
    List<ClassResult> classes,
    List<OperatingPoint> operatingPoints,
    Map<String, ScoreResult> singleScores) {
  public EvaluationReport {
    classes = List.copyOf(classes);
    operatingPoints = List.copyOf(operatingPoints);
    singleScores = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(singleScores));
  }

  /**
   * One attack class against the benign flows.
   *
   * @param label attack label
   * @param flows number of flows
   * @param auroc AUROC of d2
   * @param tprAtFpr true-positive rate of d2 by false-positive rate as text: 0.01 and 0.001
   */
  public record ClassResult(String label, int flows, double auroc, Map<String, Double> tprAtFpr) {
    public ClassResult {
      tprAtFpr = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tprAtFpr));
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
