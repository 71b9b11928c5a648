package dev.janus.cli;

import dev.janus.cli.report.EvaluationResult;
import dev.janus.score.ChosenVerdict;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How models are evaluated.
 *
 * @param network whether the data set is the one the models were trained on
 * @param benignLabels labels that count as benign; empty for those of the training
 * @param flowsPerDay benign traffic that false alarms are told for
 * @param verdict which verdict the figures are of
 * @param fitCaptures captures of another network whose benign flows fit and calibrate the verdicts
 *     anew; empty for the model's own fit
 * @param delayFlows alarms of a class whose detection delay is measured, at most; empty to measure
 *     none
 * @param threads threads that score
 */
record EvaluationSettings(
    EvaluationJob.Network network,
    Set<String> benignLabels,
    long flowsPerDay,
    ChosenVerdict verdict,
    List<String> fitCaptures,
    OptionalInt delayFlows,
    int threads) {
  EvaluationSettings {
    benignLabels = Set.copyOf(benignLabels);
    fitCaptures = List.copyOf(fitCaptures);
  }

  /** In words, whose benign flows fit and calibrate the verdicts. */
  String fittedOn() {
    return fitCaptures.isEmpty()
        ? EvaluationResult.TRAINING_NETWORK
        : "captures of the target: " + String.join(", ", fitCaptures);
  }
}
