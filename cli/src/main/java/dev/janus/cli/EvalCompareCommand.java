package dev.janus.cli;

import dev.janus.cli.report.Comparison;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code janus eval-compare}: whether one score is better than another on the same flows. */
@Command(
    name = "eval-compare",
    description =
        "Compare two evaluations of the same flows, or two scores of one: both figures, their"
            + " difference with its 95%% interval, and a p-value. Flows of one initiator and hour"
            + " depend on each other, so they are resampled together (paired bootstrap by blocks,"
            + " class by class).",
    footer = {
      "  janus eval-compare results/a42 controls/a/knn5",
      "  janus eval-compare results/a42 results/a42 --score-a d2 --score-b hidden",
      "  janus eval-compare results/a42 results/a43 --resamples 5000 --json"
    })
final class EvalCompareCommand extends JanusCommand {
  private static final int FEWEST = 100;
  private static final int MOST = 1_000_000;

  @Parameters(
      index = "0",
      paramLabel = "RUN_A",
      description = "Folder that eval, eval-cross or baseline wrote.")
  private Path first = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "RUN_B",
      description = "Another one, of the same flows and split, or the same folder.")
  private Path second = Path.of("");

  @Option(
      names = "--score-a",
      paramLabel = "NAME",
      description =
          "Score of RUN_A, such as d2, hidden or one of the ten (default: the one that verdicts are"
              + " made by).")
  private Optional<String> firstScore = Optional.empty();

  @Option(
      names = "--score-b",
      paramLabel = "NAME",
      description = "Score of RUN_B (default: the one that verdicts are made by).")
  private Optional<String> secondScore = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the flows (default: the one that RUN_A names).")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--resamples",
      paramLabel = "N",
      description =
          "Draws behind interval and p-value, from " + FEWEST + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "1000")
  private int resamples = 1000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the draws; the same one gives the same results (default: ${DEFAULT-VALUE}).",
      defaultValue = "42")
  private long seed = 42;

  EvalCompareCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    if (resamples < FEWEST || resamples > MOST) {
      throw new CliException(
          ExitCode.USAGE,
          "--resamples must be %d to %,d, not %d".formatted(FEWEST, MOST, resamples));
    }
    Comparison comparison =
        new ComparisonJob(first, second, firstScore, secondScore, data, resamples, seed)
            .run(context());
    if (context().json()) {
      context().print(Json.pretty(comparison.json()).stripTrailing());
    } else {
      comparison.lines().forEach(context()::print);
    }
    return ExitCode.OK;
  }
}
