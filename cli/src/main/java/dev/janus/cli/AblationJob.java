package dev.janus.cli;

import dev.janus.cli.config.AblationGrid;
import dev.janus.cli.files.FolderLock;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.report.AblationReport;
import dev.janus.cli.results.RunFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Quantity;
import dev.janus.model.ModelException;
import dev.janus.model.OutputFailedException;
import dev.janus.score.ChosenVerdict;
import dev.janus.train.TrainingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Runs the cells of a grid one after the other and makes one table of them. What is done is not
 * done again, and an interrupted training goes on from its checkpoint.
 *
 * @param grid the grid
 * @param plan its cells
 * @param data folder of the data set
 * @param out folder of all cells and of the table
 * @param flowsPerDay benign traffic that false alarms are told for
 */
record AblationJob(AblationGrid grid, AblationPlan plan, Path data, Path out, long flowsPerDay) {
  static final String MARKDOWN_FILE = "ablation.md";
  static final String JSON_FILE = "ablation.json";
  static final String LOCK_FILE = ".ablation.lock";

  /**
   * Does what is left and makes the table of all that is done.
   *
   * @throws CliException when another ablation is at work in the folder, or what is there was made
   *     with another configuration or from other flows
   */
  AblationReport run(CommandContext context) {
    InputFiles.requireData(data);
    plan.requireOwn(data);
    try (OutputFolder folder =
        OutputFolder.prepare(out, List.of(), OutputFolder.Existing.REPLACE)) {
      FolderLock lock = FolderLock.take(out, LOCK_FILE, "ablation");
      try {
        Map<String, String> failed = new LinkedHashMap<>();
        runCells(context, failed);
        AblationReport report = report(failed);
        String build = context.build().toString();
        folder.writeText(MARKDOWN_FILE, report.markdown(build));
        folder.writeText(JSON_FILE, Json.pretty(report.json(build)));
        folder.complete();
        return report;
      } finally {
        lock.remove();
      }
    }
  }

  private void runCells(CommandContext context, Map<String, String> failed) {
    List<AblationCell> left =
        plan.cells().stream().filter(cell -> cell.state() != AblationCell.State.DONE).toList();
    int done = plan.cells().size() - left.size();
    if (done > 0) {
      context
          .terminal()
          .say("%s of %,d done already".formatted(Quantity.of(done, "cell"), plan.cells().size()));
    }
    for (int i = 0; i < left.size(); i++) {
      AblationCell cell = left.get(i);
      String number = "%,d of %,d".formatted(done + i + 1, plan.cells().size());
      context.terminal().say("== cell %s: %s".formatted(number, cell.name()));
      try {
        context.interruption().check();
        run(context, cell);
      } catch (CliException e) {
        switch (e.exitCode()) {
          // A configuration that does not suit the data, such as a gap that leaves no flow.
          case DATA -> failed(context, cell, e, failed);
          case INTERRUPTED ->
              throw new CliException(
                  ExitCode.INTERRUPTED,
                  "interrupted in cell %s, %s; the same command goes on from there"
                      .formatted(number, cell.name()),
                  e);
          default -> throw e;
        }
      } catch (OutputFailedException e) {
        throw e;
      } catch (TrainingException | ModelException e) {
        failed(context, cell, e, failed);
      }
    }
  }

  /** One configuration that cannot be trained is a result; the others are still wanted. */
  private static void failed(
      CommandContext context, AblationCell cell, RuntimeException e, Map<String, String> failed) {
    String reason = String.valueOf(e.getMessage());
    failed.put(cell.name(), reason);
    context.terminal().warn("janus: cell " + cell.name() + " failed: " + reason);
  }

  private void run(CommandContext context, AblationCell cell) {
    AblationCell.State state = cell.state();
    if (state != AblationCell.State.TRAINED) {
      Optional<AblationCell> trained =
          state == AblationCell.State.NEW ? trainedAlike(cell) : Optional.empty();
      TrainingJob training =
          new TrainingJob(
              cell.base(),
              cell.overrides(),
              data,
              cell.model(),
              state == AblationCell.State.INTERRUPTED
                  ? TrainingJob.Start.FROM_CHECKPOINT
                  : TrainingJob.Start.FRESH,
              OutputFolder.Existing.REPLACE,
              trained.map(other -> other.model().resolve(TrainingJob.MODEL_FILE)));
      TrainingSummary summary = training.run(context);
      context
          .terminal()
          .say(
              trained
                  .map(other -> "Weights are those of " + other.name())
                  .orElseGet(summary::line));
    }
    EvaluationJob evaluation =
        new EvaluationJob(
            cell.model(),
            data,
            cell.result(),
            new EvaluationSettings(
                EvaluationJob.Network.SAME,
                Set.of(),
                flowsPerDay,
                ChosenVerdict.DEFAULT,
                List.of(),
                OptionalInt.empty(),
                cell.config().effectiveThreads()));
    context
        .terminal()
        .say(
            "macro AUROC %.4f"
                .formatted(evaluation.run(context).result().report().verdict().macroAuroc()));
  }

  /** A cell whose training gives the same weights, and is done. */
  private Optional<AblationCell> trainedAlike(AblationCell cell) {
    return plan.cells().stream()
        .filter(other -> other.config().sharesTraining(cell.config()))
        .filter(other ->
            other.state() == AblationCell.State.DONE || other.state() == AblationCell.State.TRAINED)
        .filter(other -> Files.exists(other.model().resolve(TrainingJob.MODEL_FILE)))
        .findFirst();
  }

  private AblationReport report(Map<String, String> failed) {
    List<AblationReport.Variant> variants = new ArrayList<>();
    for (String name : plan.variants()) {
      List<AblationCell> cells = plan.of(name);
      List<RunFolder> runs =
          cells.stream()
              .filter(cell -> cell.state() == AblationCell.State.DONE)
              .map(cell -> RunFolder.read(cell.variant() + "/seed" + cell.seed(), cell.result()))
              .toList();
      variants.add(
          new AblationReport.Variant(name, cells.getFirst().changes(), runs, cells.size()));
    }
    return new AblationReport(
        grid.file(), grid.base(), data, grid.common(), variants, plan.repeated(), failed);
  }
}
