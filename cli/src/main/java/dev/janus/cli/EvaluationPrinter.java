package dev.janus.cli;

import dev.janus.cli.report.EvaluationResult;
import dev.janus.cli.report.EvaluationTables;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Quantity;
import java.nio.file.Path;

/** Prints an evaluation. */
final class EvaluationPrinter {
  private EvaluationPrinter() {}

  /** Prints tables, or JSON when that was asked for. */
  static void print(CommandContext context, EvaluationResult result, Path folder) {
    if (context.json()) {
      context.print(Json.pretty(result.json()).stripTrailing());
      return;
    }
    EvaluationTables.lines(result).forEach(context::print);
    context.print("");
    context.print(
        "Scored %s at %,.0f flows/s; results in %s"
            .formatted(
                Quantity.of(result.scored().verdicts().flows(), "flow"),
                result.scored().flowsPerSecond(),
                folder));
  }
}
