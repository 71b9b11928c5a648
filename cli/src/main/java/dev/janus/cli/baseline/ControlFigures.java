package dev.janus.cli.baseline;

import dev.janus.eval.CalibrationCheck;
import dev.janus.eval.Evaluation;
import dev.janus.eval.EvaluationReport;
import dev.janus.eval.OperatingPoint;
import dev.janus.score.Calibration;
import java.util.List;

/**
 * How well one control does; the same figures as a model's.
 *
 * @param report the figures; their verdict is the control's score
 * @param check whether the calibration holds on the tested benign flows
 * @param calibration benign validation scores, for p-values
 */
record ControlFigures(EvaluationReport report, CalibrationCheck check, Calibration calibration) {
  /**
   * Evaluates on the network of the training: thresholds come from one half of its benign
   * validation flows, false alarms are counted on the other half.
   *
   * @param validation scores of the benign validation flows, in flow order
   */
  static ControlFigures withinNetwork(ScoredControl scored, double[] validation) {
    EvaluationReport report = Evaluation.evaluate(scored.testedFlows(), validation);
    Calibration calibration = Calibration.of(validation);
    return new ControlFigures(
        report, CalibrationCheck.of(calibration, scored.tested(true)), calibration);
  }

  /**
   * Evaluates on another network: thresholds come from the training network's benign validation
   * flows, false alarms are counted on the other network's benign flows.
   */
  static ControlFigures acrossNetworks(ScoredControl target, double[] validation) {
    ControlFigures figures = withinNetwork(target, validation);
    List<OperatingPoint> points =
        Evaluation.operatingPoints(figures.calibration, target.tested(true), target.tested(false));
    return new ControlFigures(
        figures.report.withOperatingPoints(points), figures.check, figures.calibration);
  }
}
