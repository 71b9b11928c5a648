package dev.janus.cli.report;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.dataset.FlowSplit;
import dev.janus.contract.label.LabelRules;
import dev.janus.eval.CalibrationCheck;
import dev.janus.eval.Evaluation;
import dev.janus.eval.EvaluationReport;
import dev.janus.eval.OperatingPoint;
import dev.janus.eval.ScoredFlows;
import dev.janus.score.Calibration;
import dev.janus.score.HiddenState;
import dev.janus.score.JanusModel;
import dev.janus.score.ScoreName;
import java.nio.file.Path;
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
    EvaluationReport report = report(scored, model, validation);
    return new Figures(report, scored, calibration(scored, model), validation.length);
  }

  /**
   * Evaluates on another network: thresholds come from the model's own benign validation flows,
   * false alarms are counted on the other network's benign flows.
   */
  public static Figures acrossNetworks(ScoredDataset scored, JanusModel model) {
    Calibration calibration = model.oas10().calibration();
    double[] validation = calibration.points();
    EvaluationReport report = report(scored, model, validation);
    List<OperatingPoint> points =
        Evaluation.operatingPoints(
            calibration,
            scored.distances(scored.tested(true)),
            scored.distances(scored.tested(false)));
    return new Figures(
        report.withOperatingPoints(points),
        scored,
        calibration(scored, model),
        calibration.count());
  }

  /** Scores that the model does not compute are not judged on their own. */
  private static EvaluationReport report(
      ScoredDataset scored, JanusModel model, double[] validation) {
    return Evaluation.evaluate(tested(scored), LabelRules.BENIGN, validation)
        .withoutScores(ScoreName.notComputedBy(model.config()));
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

  /** Names of the scores that the model does not compute. */
  public List<String> notComputed() {
    return ScoreName.notComputedBy(config.model());
  }

  /** The content of {@code metrics.json}. */
  public Map<String, Object> json() {
    return EvaluationJson.of(this);
  }
}
