package dev.janus.cli.baseline;

import dev.janus.baselines.Detector;
import dev.janus.cli.report.EvaluationJson;
import dev.janus.cli.report.EvaluationResult;
import dev.janus.cli.results.RunNotes;
import java.util.List;
import java.util.Map;

/**
 * One control with its scores and figures.
 *
 * @param detector the control
 * @param scored the flows it was evaluated on
 * @param figures the figures
 * @param fitSeconds how long it took to fit
 */
public record ControlResult(
    Detector detector, ScoredControl scored, ControlFigures figures, double fitSeconds) {
  /** Name of the score in {@code scores.npz} and {@code metrics.json}. */
  static final String SCORE = "score";

  /**
   * The content of {@code metrics.json}: the keys that an evaluation of a model has.
   *
   * @param run what the figures are of
   */
  public Map<String, Object> json(ControlRun run, String build) {
    Map<String, Object> json =
        EvaluationJson.figures(
            figures.report(),
            Map.of(SCORE, figures.check()),
            figures.calibration().count(),
            run.flowsPerDay());
    json.put("model", detector.name());
    json.put("verdict", SCORE);
    json.put("fitted_on", EvaluationResult.TRAINING_NETWORK);
    json.put("not_computed", List.of());
    json.put("score", detector.description());
    json.putAll(run.origin());
    scored.split().caution().ifPresent(caution -> json.put(RunNotes.SPLIT_CAUTION, caution));
    json.put("fit_seconds", fitSeconds);
    json.put("flows_per_second", scored.flowsPerSecond());
    json.put("build", build);
    return json;
  }

  /** What is kept of it beside others. */
  public ControlSummary summary() {
    return new ControlSummary(
        detector.name(), figures.report(), fitSeconds, scored.flowsPerSecond());
  }
}
