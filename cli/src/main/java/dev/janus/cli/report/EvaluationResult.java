package dev.janus.cli.report;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.dataset.FlowSplit;
import dev.janus.eval.CalibrationCheck;
import dev.janus.eval.Evaluation;
import dev.janus.eval.EvaluationReport;
import dev.janus.eval.OperatingPoint;
import dev.janus.eval.ScoredFlows;
import dev.janus.score.Calibration;
import dev.janus.score.ChosenVerdict;
import dev.janus.score.FittedVerdict;
import dev.janus.score.JanusModel;
import dev.janus.score.RowChoice;
import dev.janus.score.ScoreName;
import dev.janus.score.VerdictName;
import dev.janus.score.Verdicts;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An evaluation with what it was made of.
 *
 * @param verdict which verdict the figures are of
 * @param judged what it says of every flow
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
    FittedVerdict verdict,
    Verdicts judged,
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
      FittedVerdict verdict,
      Verdicts judged,
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
          judged,
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
  public static Figures withinNetwork(
      ScoredDataset scored, JanusModel model, ChosenVerdict chosen) {
    int[] validation = scored.split().rows(FlowSplit.Use.VALIDATION);
    FittedVerdict verdict = FittedVerdict.of(chosen, model, scored.verdicts().select(validation));
    Verdicts judged = verdict.judge(scored.verdicts());
    double[] calibrating = ScoredDataset.of(judged, calibrating(chosen, validation));
    return new Figures(
        verdict,
        judged,
        Evaluation.evaluate(tested(scored, model, verdict, judged), calibrating),
        scored,
        calibration(scored, model, verdict, judged),
        calibrating.length);
  }

  /** What a verdict is fitted on does not measure it. */
  private static int[] calibrating(ChosenVerdict verdict, int[] validation) {
    return verdict instanceof ChosenVerdict.Stored stored && stored.name() != VerdictName.FUSED
        ? validation
        : RowChoice.odd(validation);
  }

  /**
   * Evaluates on another network: thresholds come from the model's own benign validation flows, or
   * from those of the other network that it was fitted on anew; false alarms are counted on the
   * other network's benign flows.
   */
  public static Figures acrossNetworks(
      ScoredDataset scored, JanusModel model, ChosenVerdict chosen) {
    int[] validation = scored.inOrderOfTime(scored.split().rows(FlowSplit.Use.VALIDATION));
    FittedVerdict verdict =
        validation.length == 0
            ? FittedVerdict.ofReference(chosen, model)
            : FittedVerdict.of(chosen, model, scored.verdicts().select(validation));
    Verdicts judged = verdict.judge(scored.verdicts());
    Calibration calibration = verdict.calibration();
    EvaluationReport report =
        Evaluation.evaluate(tested(scored, model, verdict, judged), calibration.points());
    List<OperatingPoint> points =
        Evaluation.operatingPoints(
            calibration,
            ScoredDataset.of(judged, scored.tested(true)),
            ScoredDataset.of(judged, scored.tested(false)));
    return new Figures(
        verdict,
        judged,
        report.withOperatingPoints(points),
        scored,
        calibration(scored, model, verdict, judged),
        calibration.count());
  }

  private static Map<String, CalibrationCheck> calibration(
      ScoredDataset scored, JanusModel model, FittedVerdict chosen, Verdicts judged) {
    int[] later = scored.inOrderOfTime(scored.tested(true));
    Map<String, CalibrationCheck> checks = new LinkedHashMap<>();
    for (VerdictName name : VerdictName.values()) {
      checks.put(
          name.label(),
          CalibrationCheck.of(
              model.calibration(name), ScoredDataset.of(scored.verdicts().by(name), later)));
    }
    checks.computeIfAbsent(
        chosen.label(),
        label -> CalibrationCheck.of(chosen.calibration(), ScoredDataset.of(judged, later)));
    return checks;
  }

  private static ScoredFlows tested(
      ScoredDataset scored, JanusModel model, FittedVerdict verdict, Verdicts judged) {
    int[] rows = scored.split().rows(FlowSplit.Use.TEST);
    SingleScores beside = new SingleScores(scored.verdicts(), model, verdict.label());
    return TestedFlows.scored(
        scored.metadata(),
        scored.split(),
        ScoredDataset.of(judged, rows),
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
