package dev.janus.cli;

import dev.janus.cli.report.EvaluationResult;
import dev.janus.cli.report.RunSummaries;
import dev.janus.cli.results.RunFolder;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Quantity;
import java.nio.file.Path;
import java.util.List;

/** Evaluates one model or several, and prints. */
final class EvaluationPrinter {
  private EvaluationPrinter() {}

  /** Evaluates: one model into the folder itself, several into folders below it. */
  static void run(
      CommandContext context,
      List<Path> models,
      Path data,
      Path folder,
      EvaluationSettings settings) {
    if (models.size() == 1) {
      EvaluationJob job = new EvaluationJob(models.getFirst(), data, folder, settings);
      print(context, job.run(context), folder);
      return;
    }
    EvaluationSeries series = new EvaluationSeries(models, data, folder, settings);
    print(context, series, series.run(context));
  }

  /** Prints tables, or JSON when that was asked for. */
  static void print(CommandContext context, EvaluationOutcome outcome, Path folder) {
    if (context.json()) {
      context.print(Json.pretty(outcome.json()).stripTrailing());
      return;
    }
    outcome.lines().forEach(context::print);
    EvaluationResult result = outcome.result();
    context.print("");
    context.print(
        "Scored %s at %,.0f flows/s; results in %s"
            .formatted(
                Quantity.of(result.scored().verdicts().flows(), "flow"),
                result.scored().flowsPerSecond(),
                folder));
  }

  private static void print(CommandContext context, EvaluationSeries series, List<RunFolder> runs) {
    if (context.json()) {
      context.print(Json.pretty(series.summary(context, runs)).stripTrailing());
      return;
    }
    RunSummaries.lines(runs).forEach(context::print);
    context.print("");
    context.print(
        "Evaluated %s; a folder of each, %s and %s are in %s"
            .formatted(
                Quantity.of(runs.size(), "model"),
                EvaluationSeries.SUMMARY_FILE,
                EvaluationJob.REPORT_FILE,
                series.out()));
  }
}
