package dev.janus.cli;

import dev.janus.cli.results.RunNotes;
import dev.janus.cli.terminal.Json;
import dev.janus.score.JanusModel;
import dev.janus.train.TrainingLength;
import dev.janus.train.TrainingOutcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a training left.
 *
 * @param file the model file
 * @param length how many benign flows trained, and how long
 * @param validationFlows benign flows that fitted what verdicts need of the scores, and calibrated
 *     them
 * @param outcome how the training ended
 * @param model the model
 * @param splitCaution what the way in which flows were split hides, if anything
 */
record TrainingSummary(
    Path file,
    TrainingLength length,
    int validationFlows,
    TrainingOutcome outcome,
    JanusModel model,
    Optional<String> splitCaution) {
  /** Prints one line, or JSON when that was asked for. */
  void print(CommandContext context) {
    if (context.json()) {
      context.print(Json.pretty(json()).stripTrailing());
    } else {
      context.print(line());
      splitCaution.ifPresent(context::print);
    }
  }

  String line() {
    return "Trained %,d parameters for %,d steps on %,d flows: %,.0f flows/s, %,.0f tokens/s; model: %s"
        .formatted(
            model.weights().length,
            outcome.step(),
            length.flows(),
            outcome.flowsPerSecond(),
            outcome.tokensPerSecond(),
            file);
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", file.toString());
    json.put("parameters", model.weights().length);
    json.put("steps", outcome.step());
    json.put("epochs", length.epochs());
    json.put("train_flows", length.flows());
    json.put("validation_flows", validationFlows);
    json.put("flows_per_second", outcome.flowsPerSecond());
    json.put("tokens_per_second", outcome.tokensPerSecond());
    splitCaution.ifPresent(caution -> json.put(RunNotes.SPLIT_CAUTION, caution));
    return json;
  }
}
