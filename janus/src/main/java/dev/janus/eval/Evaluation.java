package dev.janus.eval;

import dev.janus.model.ModelException;
import dev.janus.score.Calibration;
import dev.janus.score.RowChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Per-class evaluation of scored flows (method, section 9). Attack classes are the labels of the
 * flows that are not benign. Needs at least one benign and one attack flow: without either no
 * figure is defined, and a report of empty lists would look like a result.
 */
public final class Evaluation {
  /** False-positive rates that true-positive rates are told at. */
  public static final List<String> RATES = List.of("0.01", "0.001", "0.0001");

  /** The partial area under the ROC curve ends here. */
  public static final double PARTIAL_FPR = 0.01;

  /** Shares of attacks among all flows that average precision is told for. */
  public static final List<String> PREVALENCES = List.of("0.01", "0.001", "0.0001");

  private static final int LABELS_SHOWN = 10;

  private final ScoredFlows flows;
  private final int[] benignRows;
  private final int[] attackRows;
  private final Map<String, int[]> classRows;

  private Evaluation(ScoredFlows flows) {
    this.flows = flows;
    benignRows = IntStream.range(0, flows.flows()).filter(row -> flows.benign()[row]).toArray();
    requireBothKinds(benignRows.length, flows.labels());
    Map<String, List<Integer>> rows = new TreeMap<>();
    for (int row = 0; row < flows.flows(); row++) {
      if (!flows.benign()[row]) {
        rows.computeIfAbsent(flows.labels().get(row), label -> new ArrayList<>()).add(row);
      }
    }
    classRows = new TreeMap<>();
    rows.forEach((label, list) -> classRows.put(label, array(list)));
    attackRows = classRows.values().stream().flatMapToInt(IntStream::of).toArray();
  }

  /** That there are benign flows and attacks. */
  static void requireBothKinds(int benign, List<String> labels) {
    if (benign == 0 || benign == labels.size()) {
      throw new ModelException(
          "nothing to evaluate: there is %s; the labels found are %s"
              .formatted(benign == 0 ? "no benign flow" : "no attack flow", shown(labels)));
    }
  }

  private static String shown(List<String> all) {
    Map<String, Integer> counts = new TreeMap<>();
    all.forEach(label -> counts.merge(label, 1, Integer::sum));
    List<String> labels =
        counts.entrySet().stream()
            .limit(LABELS_SHOWN)
            .map(e -> "\"" + e.getKey() + "\" (" + e.getValue() + " flows)")
            .toList();
    return String.join(", ", labels) + (counts.size() > LABELS_SHOWN ? ", ..." : "");
  }

  private static int[] array(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Evaluates test flows. The thresholds P95 and P99 are quantiles of the validation flows at even
   * positions (0, 2, ...); false alarms are counted on those at odd positions, so that both halves
   * cover the same time.
   *
   * @param flows labelled test flows, none of which trained or validated the model
   * @param benignValidation distance of the benign validation flows in their order, at least 2
   * @throws ModelException when there is no benign or no attack flow, or too few or not finite
   *     validation distances
   */
  public static EvaluationReport evaluate(ScoredFlows flows, double[] benignValidation) {
    if (benignValidation.length < 2) {
      throw new ModelException(
          "operating points need at least 2 benign validation flows, here are "
              + benignValidation.length);
    }
    for (int row = 0; row < benignValidation.length; row++) {
      if (!Double.isFinite(benignValidation[row])) {
        throw new ModelException(
            "benign validation flow " + row + ": its distance is " + benignValidation[row]);
      }
    }
    return new Evaluation(flows).report(benignValidation);
  }

  private EvaluationReport report(double[] benignValidation) {
    int[] validation = IntStream.range(0, benignValidation.length).toArray();
    double[] attackDistances = select(flows.distances(), 1, 0, attackRows);
    Ranking pooled =
        Ranking.ofSorted(
            Ranking.sorted(select(flows.distances(), 1, 0, benignRows)),
            Ranking.sorted(attackDistances));
    return new EvaluationReport(
        scoreResult(flows.distances(), 1, 0),
        pooled.averagePrecision(),
        byRate(PREVALENCES, share -> pooled.averagePrecision(Double.parseDouble(share))),
        benignRows.length,
        attackRows.length,
        operatingPoints(
            Calibration.of(select(benignValidation, 1, 0, RowChoice.even(validation))),
            select(benignValidation, 1, 0, RowChoice.odd(validation)),
            attackDistances),
        singleScores());
  }

  /** What one column of {@code [N, columns]} tells, class by class. */
  private EvaluationReport.ScoreResult scoreResult(double[] values, int columns, int column) {
    double[] benign = Ranking.sorted(select(values, columns, column, benignRows));
    List<EvaluationReport.ClassResult> classes = new ArrayList<>();
    for (Map.Entry<String, int[]> attack : classRows.entrySet()) {
      double[] scores = Ranking.sorted(select(values, columns, column, attack.getValue()));
      Ranking ranking = Ranking.ofSorted(benign, scores);
      classes.add(
          new EvaluationReport.ClassResult(
              attack.getKey(),
              scores.length,
              ranking.auroc(),
              ranking.partialAuroc(PARTIAL_FPR),
              detectionRates(ranking, scores.length)));
    }
    double[] attack = Ranking.sorted(select(values, columns, column, attackRows));
    return new EvaluationReport.ScoreResult(Ranking.ofSorted(benign, attack).auroc(), classes);
  }

  private static Map<String, DetectionRate> detectionRates(Ranking ranking, int attacks) {
    Map<String, DetectionRate> rates = new LinkedHashMap<>();
    for (String rate : RATES) {
      int caught = ranking.caughtAtFpr(Double.parseDouble(rate));
      rates.put(
          rate, new DetectionRate(caught / (double) attacks, BinomialInterval.of(caught, attacks)));
    }
    return rates;
  }

  static Map<String, Double> byRate(List<String> rates, ToDoubleFunction<String> figure) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String rate : rates) {
      figures.put(rate, figure.applyAsDouble(rate));
    }
    return figures;
  }

  /**
   * Measures the thresholds P95 and P99.
   *
   * @param setting benign distances whose quantiles they are
   * @param benign distances of other benign flows, on which false alarms are counted
   * @param attack distances of attack flows
   */
  public static List<OperatingPoint> operatingPoints(
      Calibration setting, double[] benign, double[] attack) {
    return List.of(
        OperatingPoint.measure("P95", setting.quantile(0.95), benign, attack),
        OperatingPoint.measure("P99", setting.quantile(0.99), benign, attack));
  }

  private Map<String, EvaluationReport.ScoreResult> singleScores() {
    Map<String, EvaluationReport.ScoreResult> results = new LinkedHashMap<>();
    int columns = flows.scoreNames().size();
    for (int c = 0; c < columns; c++) {
      results.put(flows.scoreNames().get(c), scoreResult(flows.scores(), columns, c));
    }
    return results;
  }

  private static double[] select(double[] values, int columns, int column, int[] rows) {
    double[] selected = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      selected[k] = values[rows[k] * columns + column];
    }
    return selected;
  }
}
