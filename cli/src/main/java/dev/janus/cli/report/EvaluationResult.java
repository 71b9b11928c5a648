package dev.janus.cli.report;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.dataset.FlowSplit;
import dev.janus.eval.CalibrationCheck;
import dev.janus.eval.Evaluation;
import dev.janus.eval.EvaluationReport;
import dev.janus.eval.OperatingPoint;
import dev.janus.eval.ScoredFlows;
import dev.janus.score.Calibration;
import dev.janus.score.JanusModel;
import dev.janus.score.RowChoice;
import dev.janus.score.ScoreName;
import dev.janus.score.VerdictName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An evaluation with what it was made of.
 *
 * @param verdict which verdict the figures are of
 * @param report the figures
 * @param scored the flows behind them
 * @param calibration whether p-values and certificates hold on the tested benign flows, by score
 * @param validationFlows benign validation flows that calibrate the verdict
 * @param fittedOn in words, whose benign flows these are
 * @param flowsPerDay benign traffic that false alarms are told for
 * @param model the model file
 * @param data folder of the data set
 * @param config configuration of the training
 * @param build version and commit that evaluated
 */
public record EvaluationResult(
    VerdictName verdict,
    EvaluationReport report,
    ScoredDataset scored,
    Map<String, CalibrationCheck> calibration,
    int validationFlows,
    String fittedOn,
    long flowsPerDay,
    Path model,
    Path data,
    RunConfig config,
    String build) {
  /** What is fitted on unless the other network's flows are named. */
  public static final String TRAINING_NETWORK = "the training network";

  /** Figures; still without what they are of. */
  public record Figures(
      VerdictName verdict,
      EvaluationReport report,
      ScoredDataset scored,
      Map<String, CalibrationCheck> calibration,
      int validationFlows) {
    public Figures {
      calibration = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(calibration));
    }

    /** Adds what the figures are of. */
    public EvaluationResult describedBy(
        String fittedOn, long flowsPerDay, Path model, Path data, RunConfig config, String build) {
      return new EvaluationResult(
          verdict,
          report,
          scored,
          calibration,
          validationFlows,
          fittedOn,
          flowsPerDay,
          model,
          data,
          config,
          build);
    }
  }

  /**
   * Evaluates on the network of the training: thresholds come from one half of the benign
   * validation flows that calibrate, false alarms are counted on the other half.
   */
  public static Figures withinNetwork(ScoredDataset scored, JanusModel model, VerdictName verdict) {
    int[] validation = scored.split().rows(FlowSplit.Use.VALIDATION);
    double[] calibrating = scored.distances(verdict, calibrating(verdict, validation));
    return new Figures(
        verdict,
        Evaluation.evaluate(tested(scored, model, verdict), calibrating),
        scored,
        calibration(scored, model),
        calibrating.length);
  }

  /** What the fused verdict is fitted on does not measure it. */
  private static int[] calibrating(VerdictName verdict, int[] validation) {
    return verdict == VerdictName.FUSED ? RowChoice.odd(validation) : validation;
  }

  /**
   * Evaluates on another network: thresholds come from the model's own benign validation flows,
   * false alarms are counted on the other network's benign flows.
   */
  public static Figures acrossNetworks(
      ScoredDataset scored, JanusModel model, VerdictName verdict) {
    Calibration calibration = model.calibration(verdict);
    EvaluationReport report =
        Evaluation.evaluate(tested(scored, model, verdict), calibration.points());
    List<OperatingPoint> points =
        Evaluation.operatingPoints(
            calibration,
            scored.distances(verdict, scored.tested(true)),
            scored.distances(verdict, scored.tested(false)));
    return new Figures(
        verdict,
        report.withOperatingPoints(points),
        scored,
        calibration(scored, model),
        calibration.count());
  }

  private static Map<String, CalibrationCheck> calibration(ScoredDataset scored, JanusModel model) {
    int[] later = scored.inOrderOfTime(scored.tested(true));
    Map<String, CalibrationCheck> checks = new LinkedHashMap<>();
    for (VerdictName name : VerdictName.values()) {
      checks.put(
          name.label(),
          CalibrationCheck.of(model.calibration(name), scored.distances(name, later)));
    }
    return checks;
  }

  private static ScoredFlows tested(ScoredDataset scored, JanusModel model, VerdictName verdict) {
    int[] rows = scored.split().rows(FlowSplit.Use.TEST);
    SingleScores beside = new SingleScores(scored.verdicts(), model, verdict);
    return TestedFlows.scored(
        scored.metadata(),
        scored.split(),
        scored.distances(verdict, rows),
        beside.table(rows),
        beside.names());
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
