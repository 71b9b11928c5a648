package dev.janus.cli;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.config.RunConfigWriter;
import dev.janus.cli.dataset.DatasetFingerprint;
import dev.janus.cli.dataset.FlowSplit;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.report.EvaluationResult;
import dev.janus.cli.report.RunReport;
import dev.janus.cli.report.ScoreArchive;
import dev.janus.cli.report.ScoredDataset;
import dev.janus.cli.results.EvaluatedFlows;
import dev.janus.cli.results.EvaluatedRun;
import dev.janus.cli.results.RunFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Quantity;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.score.JanusModel;
import dev.janus.score.ModelFitting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * From a model and a data set to metrics, scores and a report.
 *
 * @param model model file or folder
 * @param data folder of the data set
 * @param out folder of the results
 * @param settings how it is evaluated
 */
record EvaluationJob(Path model, Path data, Path out, EvaluationSettings settings) {
  static final String METRICS_FILE = EvaluatedRun.METRICS_FILE;
  static final String SCORES_FILE = EvaluatedRun.SCORES_FILE;
  static final String REPORT_FILE = "report.html";

  /** Whose traffic is evaluated. */
  enum Network {
    /** The data the model was trained on; its own split decides what is tested. */
    SAME,
    /** Another network; everything labelled is tested. */
    OTHER
  }

  /** Does the work. */
  EvaluationOutcome run(CommandContext context) {
    ModelSource source = ModelSource.load(model);
    RunConfig config = config(source);
    InputFiles.requireData(data);
    if (Files.exists(out.resolve(EvaluationSeries.SUMMARY_FILE))) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          "%s: holds the results of several models; choose another --out for one".formatted(out));
    }
    try (OutputFolder folder =
        OutputFolder.prepare(out, List.of(), OutputFolder.Existing.REPLACE)) {
      FlowDataset dataset = FlowDataset.read(data);
      EvaluationOutcome outcome = evaluate(context, source, config, dataset);
      write(context, outcome, dataset, folder);
      folder.complete();
      return outcome;
    }
  }

  /** The configuration of the training, with the labels that count as benign here. */
  RunConfig config(ModelSource source) {
    RunConfig trained = source.config();
    return settings.benignLabels().isEmpty()
        ? trained
        : trained.withBenignLabels(settings.benignLabels());
  }

  /** Scores and evaluates; writes nothing. */
  EvaluationOutcome evaluate(
      CommandContext context, ModelSource source, RunConfig config, FlowDataset dataset) {
    requireComputed(source);
    FlowSplit split = split(context, source, dataset, config);
    try (ThreadTeam team = ThreadTeam.ofSize(settings.threads())) {
      JanusModel judge = judge(context, source.model(), dataset, split, team);
      ScoredDataset scored = new DatasetScoring(context, judge, team).score(dataset, split);
      EvaluationResult.Figures figures =
          settings.network() == Network.SAME
              ? EvaluationResult.withinNetwork(scored, judge, settings.verdict())
              : EvaluationResult.acrossNetworks(scored, judge, settings.verdict());
      EvaluationResult result =
          figures.describedBy(
              settings.fittedOn(),
              settings.flowsPerDay(),
              source.file(),
              data,
              config,
              context.build().toString());
      return new EvaluationOutcome(
          result,
          settings.delayFlows().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new DelayMeasurement(context, judge, team)
                      .measure(dataset.flows(), result, settings.delayFlows().getAsInt())),
          new AlarmExplanation(context, judge, team).of(dataset.flows(), result));
    }
  }

  private void requireComputed(ModelSource source) {
    settings
        .verdict()
        .notComputedBy(source.model().config())
        .ifPresent(member -> {
          throw new CliException(
              ExitCode.USAGE,
              "--verdict %s: %s does not compute %s"
                  .formatted(settings.verdict().label(), source.file(), member.label()));
        });
  }

  /** Writes all files of an evaluation, the page last. */
  void write(
      CommandContext context, EvaluationOutcome outcome, FlowDataset dataset, OutputFolder folder) {
    ScoreArchive.write(folder.resolve(SCORES_FILE), outcome.result());
    folder.writeText(TrainingJob.CONFIG_FILE, RunConfigWriter.yaml(outcome.result().config()));
    folder.writeText(METRICS_FILE, Json.pretty(outcome.json()));
    writePage(context, folder, dataset);
  }

  /** An evaluation that is finished does not fail for a page; an earlier one is not left beside. */
  private void writePage(CommandContext context, OutputFolder folder, FlowDataset dataset) {
    try {
      Files.deleteIfExists(folder.resolve(REPORT_FILE));
      folder.writeText(REPORT_FILE, page(context, dataset));
    } catch (IOException | RuntimeException e) {
      ErrorReport.warn("no " + REPORT_FILE, e, context.terminal());
    }
  }

  /** The page that report makes of one run. */
  private String page(CommandContext context, FlowDataset dataset) {
    RunReport report =
        new RunReport(RunFolder.find(List.of(out)), new EvaluatedFlows.Present(dataset));
    report.add(0);
    return report.html(context.build().toString());
  }

  private FlowSplit split(
      CommandContext context, ModelSource source, FlowDataset dataset, RunConfig config) {
    if (settings.network() == Network.OTHER) {
      return settings.fitCaptures().isEmpty()
          ? FlowSplit.allTested(dataset.metadata(), config.benignLabels())
          : FlowSplit.refitted(dataset.metadata(), config.benignLabels(), settings.fitCaptures());
    }
    if (!DatasetFingerprint.of(dataset.metadata()).equals(source.trainedOn())) {
      context
          .terminal()
          .warn(
              "janus: warning: "
                  + data
                  + " is not the data this model was trained on, so the split may test flows it"
                  + " has seen; for another network use eval-cross");
    }
    return FlowSplit.of(dataset.metadata(), config);
  }

  /** The model, its verdicts fitted on the other network's benign flows if that was asked for. */
  private JanusModel judge(
      CommandContext context,
      JanusModel model,
      FlowDataset dataset,
      FlowSplit split,
      ThreadTeam team) {
    if (settings.fitCaptures().isEmpty()) {
      return model;
    }
    int[] rows = dataset.metadata().inOrderOfTime(split.rows(FlowSplit.Use.VALIDATION));
    context
        .terminal()
        .say(
            "verdicts are fitted and calibrated on %s of the target"
                .formatted(Quantity.of(rows.length, "benign flow")));
    return ModelFitting.refit(model, new DatasetScoring(context, model, team).score(dataset, rows));
  }
}
