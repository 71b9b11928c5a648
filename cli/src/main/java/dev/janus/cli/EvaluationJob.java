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
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Quantity;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.score.JanusModel;
import dev.janus.score.ModelFitting;
import dev.janus.score.VerdictName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * From a model and a data set to metrics, scores and a report.
 *
 * @param model model file or folder
 * @param data folder of the data set
 * @param out folder of the results
 * @param network whether the data set is the one the model was trained on
 * @param benignLabels labels that count as benign; empty for those of the training
 * @param flowsPerDay benign traffic that false alarms are told for
 * @param verdict which verdict the figures are of
 * @param fitCaptures captures of another network whose benign flows fit and calibrate the verdicts
 *     anew; empty for the model's own fit
 * @param threads threads that score
 */
record EvaluationJob(
    Path model,
    Path data,
    Path out,
    Network network,
    Set<String> benignLabels,
    long flowsPerDay,
    VerdictName verdict,
    List<String> fitCaptures,
    int threads) {
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

  EvaluationJob {
    benignLabels = Set.copyOf(benignLabels);
    fitCaptures = List.copyOf(fitCaptures);
  }

  /** Does the work. */
  EvaluationResult run(CommandContext context) {
    ModelSource source = ModelSource.load(model);
    RunConfig trained = source.config();
    RunConfig config = benignLabels.isEmpty() ? trained : trained.withBenignLabels(benignLabels);
    InputFiles.requireData(data);
    try (OutputFolder folder =
        OutputFolder.prepare(out, List.of(), OutputFolder.Existing.REPLACE)) {
      FlowDataset dataset = FlowDataset.read(data);
      FlowSplit split = split(context, source, dataset, config);
      JanusModel judge = judge(context, source.model(), dataset, split);
      ScoredDataset scored = score(context, judge, dataset, split);
      EvaluationResult.Figures figures =
          network == Network.SAME
              ? EvaluationResult.withinNetwork(scored, judge, verdict)
              : EvaluationResult.acrossNetworks(scored, judge, verdict);
      EvaluationResult result =
          figures.describedBy(
              fittedOn(), flowsPerDay, source.file(), data, config, context.build().toString());
      ScoreArchive.write(folder.resolve(SCORES_FILE), scored);
      folder.writeText(TrainingJob.CONFIG_FILE, RunConfigWriter.yaml(config));
      folder.writeText(METRICS_FILE, Json.pretty(result.json()));
      folder.complete();
      writePage(context, folder, dataset);
      return result;
    }
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
    if (network == Network.OTHER) {
      return fitCaptures.isEmpty()
          ? FlowSplit.allTested(dataset.metadata(), config.benignLabels())
          : FlowSplit.refitted(dataset.metadata(), config.benignLabels(), fitCaptures);
    }
    String trainedOn = source.model().provenance().getOrDefault("data_fingerprint", "");
    if (!DatasetFingerprint.of(dataset.metadata()).equals(trainedOn)) {
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

  private String fittedOn() {
    return fitCaptures.isEmpty()
        ? EvaluationResult.TRAINING_NETWORK
        : "captures of the target: " + String.join(", ", fitCaptures);
  }

  /** The model, its verdicts fitted on the other network's benign flows if that was asked for. */
  private JanusModel judge(
      CommandContext context, JanusModel model, FlowDataset dataset, FlowSplit split) {
    if (fitCaptures.isEmpty()) {
      return model;
    }
    int[] rows = dataset.metadata().inOrderOfTime(split.rows(FlowSplit.Use.VALIDATION));
    context
        .terminal()
        .say(
            "verdicts are fitted and calibrated on %s of the target"
                .formatted(Quantity.of(rows.length, "benign flow")));
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      return ModelFitting.refit(
          model, new DatasetScoring(context, model, team).score(dataset, rows));
    }
  }

  private ScoredDataset score(
      CommandContext context, JanusModel model, FlowDataset dataset, FlowSplit split) {
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      return new DatasetScoring(context, model, team).score(dataset, split);
    }
  }
}
