package dev.janus.cli;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.config.RunConfigReader;
import dev.janus.cli.config.RunConfigWriter;
import dev.janus.cli.dataset.DatasetFingerprint;
import dev.janus.cli.dataset.FlowSplit;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.results.TrainingCurves;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.Normalization;
import dev.janus.score.JanusModel;
import dev.janus.score.ModelFile;
import dev.janus.score.ModelFitting;
import dev.janus.train.SourcedTrainingFlows;
import dev.janus.train.Trainer;
import dev.janus.train.TrainingFlows;
import dev.janus.train.TrainingLength;
import dev.janus.train.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From a data set to a model file.
 *
 * @param config run configuration
 * @param overrides {@code key=value} strings that win over it
 * @param data folder of the data set
 * @param out folder of the model
 * @param start whether to begin or to go on
 * @param existing what to do with an earlier model
 * @param trained model of the same training, which is then not done again: only what comes after it
 *     is, such as the scores
 */
record TrainingJob(
    Path config,
    List<String> overrides,
    Path data,
    Path out,
    Start start,
    OutputFolder.Existing existing,
    Optional<Path> trained) {
  static final String MODEL_FILE = "model.safetensors";
  static final String CHECKPOINT_FILE = "checkpoint.safetensors";
  static final String LOG_FILE = TrainingCurves.FILE;
  static final String CONFIG_FILE = RunConfigWriter.FILE;

  static final String FINGERPRINT = "data_fingerprint";

  /** Where training begins. */
  enum Start {
    FRESH,
    FROM_CHECKPOINT
  }

  TrainingJob {
    overrides = List.copyOf(overrides);
  }

  /** A job that trains. */
  TrainingJob(
      Path config,
      List<String> overrides,
      Path data,
      Path out,
      Start start,
      OutputFolder.Existing existing) {
    this(config, overrides, data, out, start, existing, Optional.empty());
  }

  /** Whether there is nothing to resume because the training has ended with a model. */
  boolean alreadyFinished() {
    return start == Start.FROM_CHECKPOINT
        && !Files.exists(out.resolve(CHECKPOINT_FILE))
        && Files.exists(out.resolve(MODEL_FILE));
  }

  /** Does the work. */
  TrainingSummary run(CommandContext context) {
    RunConfig run = RunConfigReader.read(config, overrides);
    InputFiles.requireData(data);
    requireOwnCheckpoint(out.resolve(CHECKPOINT_FILE));
    KernelSelection chosen = KernelSelection.choose();
    try (OutputFolder folder = OutputFolder.prepare(out, List.of(MODEL_FILE), existing)) {
      FlowDataset dataset = FlowDataset.read(data);
      FlowSplit split = FlowSplit.of(dataset.metadata(), run);
      split.requireValidation("to fit the aggregator");
      context.terminal().say(split.description());
      split.caution().ifPresent(context.terminal()::say);
      KernelSelection tried = chosen.measured();
      context.terminal().say(tried.explanation());
      try (ThreadTeam team = ThreadTeam.ofSize(run.effectiveThreads())) {
        return train(context, run, folder, dataset, split, tried.kernels(), team);
      }
    }
  }

  private TrainingSummary train(
      CommandContext context,
      RunConfig run,
      OutputFolder folder,
      FlowDataset dataset,
      FlowSplit split,
      Kernels kernels,
      ThreadTeam team) {
    int[] trainRows = split.rows(FlowSplit.Use.TRAIN);
    Normalization normalization =
        Normalization.fit(dataset.flows(), trainRows, run.model().maxPackets());
    TrainingFlows flows =
        new SourcedTrainingFlows(
            dataset.flows(), trainRows, normalization, run.model().maxPackets());
    Path checkpoint = folder.resolve(CHECKPOINT_FILE);
    TrainingOutcome outcome =
        trained.isPresent()
            ? taken(trained.get(), run, folder, dataset)
            : trained(
                context,
                run,
                folder,
                new Trainer(run.model(), run.training(), flows, kernels, team, checkpoint));
    JanusModel model =
        ModelFitting.fit(
            run.model(),
            outcome.weights(),
            normalization,
            run.scoring(),
            dataset.flows(),
            trainRows,
            split.rows(FlowSplit.Use.VALIDATION),
            provenance(context, run, dataset, split),
            kernels,
            team);
    Path file = folder.resolve(MODEL_FILE);
    ModelFile.write(file, model);
    delete(checkpoint);
    return new TrainingSummary(
        file,
        TrainingLength.of(run.training(), trainRows.length),
        split.count(FlowSplit.Use.VALIDATION),
        outcome,
        model,
        split.caution());
  }

  private TrainingOutcome trained(
      CommandContext context, RunConfig run, OutputFolder folder, Trainer trainer) {
    begin(trainer, folder);
    TrainingLengthText.lines(trainer.length()).forEach(context.terminal()::say);
    folder.writeText(CONFIG_FILE, RunConfigWriter.yaml(run));
    folder.complete();
    TrainingOutcome outcome;
    try (TrainingLog log = new TrainingLog(folder.resolve(LOG_FILE), context.terminal())) {
      outcome = trainer.train(log, context.interruption()::requested);
    }
    if (!outcome.finished()) {
      throw new CliException(
          ExitCode.INTERRUPTED, resumeHint(outcome, folder.resolve(CHECKPOINT_FILE)));
    }
    return outcome;
  }

  /** The outcome of a training that was done for another model, with its log. */
  private static TrainingOutcome taken(
      Path file, RunConfig run, OutputFolder folder, FlowDataset dataset) {
    ModelSource source = ModelSource.load(file);
    if (!source.config().sharesTraining(run)
        || !source.trainedOn().equals(DatasetFingerprint.of(dataset.metadata()))) {
      throw new CliException(
          ExitCode.DATA, file + ": not of the same training; remove its folder to train again");
    }
    Path log = file.resolveSibling(LOG_FILE);
    try {
      if (Files.exists(log)) {
        folder.writeText(LOG_FILE, Files.readString(log));
      }
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NO_INPUT, log + ": cannot be read (" + InputFiles.reason(e) + ")", e);
    }
    folder.writeText(CONFIG_FILE, RunConfigWriter.yaml(run));
    folder.complete();
    return new TrainingOutcome(
        source.model().weights(), run.training().steps(), true, Double.NaN, Double.NaN);
  }

  /** An interrupted run is neither missed nor thrown away in silence. */
  private void requireOwnCheckpoint(Path checkpoint) {
    if (start == Start.FROM_CHECKPOINT) {
      InputFiles.requireFile(checkpoint);
    } else if (existing == OutputFolder.Existing.REFUSE && Files.exists(checkpoint)) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          checkpoint
              + ": left by an interrupted training; add --resume to go on or --overwrite to start"
              + " again");
    }
  }

  /** Nothing of the folder changes before the checkpoint has been found to fit. */
  private void begin(Trainer trainer, OutputFolder folder) {
    if (start == Start.FROM_CHECKPOINT) {
      trainer.restore();
    } else {
      delete(folder.resolve(CHECKPOINT_FILE));
      delete(folder.resolve(LOG_FILE));
    }
  }

  /** Nothing that differs between two runs of the same configuration on the same data. */
  private static Map<String, String> provenance(
      CommandContext context, RunConfig run, FlowDataset dataset, FlowSplit split) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("version", context.build().version());
    provenance.put("commit", context.build().commit());
    provenance.put("dataset", run.dataset());
    provenance.put("seed", Long.toString(run.seed()));
    provenance.put("steps", Integer.toString(run.training().steps()));
    provenance.put("train_flows", Integer.toString(split.count(FlowSplit.Use.TRAIN)));
    provenance.put("validation_flows", Integer.toString(split.count(FlowSplit.Use.VALIDATION)));
    provenance.put(FINGERPRINT, DatasetFingerprint.of(dataset.metadata()));
    provenance.put("config", RunConfigWriter.yaml(run.withAutomaticThreads()));
    return provenance;
  }

  private String resumeHint(TrainingOutcome outcome, Path checkpoint) {
    StringBuilder sets = new StringBuilder();
    overrides.forEach(override -> sets.append(" --set ").append(override));
    return "interrupted after step %,d; checkpoint %s; go on with: janus train --config %s --data %s --out %s%s --resume"
        .formatted(outcome.step(), checkpoint, config, data, out, sets);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE, file + ": cannot be removed (" + InputFiles.reason(e) + ")", e);
    }
  }
}
