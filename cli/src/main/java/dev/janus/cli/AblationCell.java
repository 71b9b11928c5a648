package dev.janus.cli;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.config.RunConfigReader;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One training with its evaluation.
 *
 * @param variant name of the variant
 * @param base configuration file
 * @param overrides {@code key=value} strings that make the variant of it, the seed last
 * @param changes those in which the variant differs from the base; empty for the base itself
 * @param config what they come to
 * @param folder folder of model and result
 */
record AblationCell(
    String variant,
    long seed,
    Path base,
    List<String> overrides,
    List<String> changes,
    RunConfig config,
    Path folder) {
  /** How far a cell is. */
  enum State {
    /** Evaluated. */
    DONE("done"),
    /** Trained. */
    TRAINED("to evaluate"),
    /** A checkpoint is there. */
    INTERRUPTED("to go on"),
    /** Nothing is there. */
    NEW("to do");

    private final String label;

    State(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  AblationCell {
    overrides = List.copyOf(overrides);
    changes = List.copyOf(changes);
  }

  /** How it is called in messages. */
  String name() {
    return variant + ", seed " + seed;
  }

  Path model() {
    return folder.resolve("model");
  }

  Path result() {
    return folder.resolve("result");
  }

  /**
   * What is there of it. A file appears when it is complete, the metrics after the scores; an
   * evaluation whose page could not be made is done nevertheless.
   */
  State state() {
    if (Files.exists(result().resolve(EvaluationJob.METRICS_FILE))
        && Files.exists(result().resolve(EvaluationJob.SCORES_FILE))) {
      return State.DONE;
    }
    if (Files.exists(model().resolve(TrainingJob.CHECKPOINT_FILE))) {
      return State.INTERRUPTED;
    }
    return Files.exists(model().resolve(TrainingJob.MODEL_FILE)) ? State.TRAINED : State.NEW;
  }

  /**
   * Fails when what is there was made with another configuration.
   *
   * @throws CliException with {@link ExitCode#CANNOT_CREATE}; names the file
   */
  void requireOwnConfiguration() {
    Path resolved = (state() == State.DONE ? result() : model()).resolve(TrainingJob.CONFIG_FILE);
    if (state() == State.NEW || !Files.exists(resolved)) {
      return;
    }
    RunConfig made = RunConfigReader.read(resolved, List.of());
    if (!made.withAutomaticThreads().equals(config.withAutomaticThreads())) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          "%s: made with another configuration than the grid's %s; choose another --out, or remove %s"
              .formatted(resolved, name(), folder));
    }
  }

  /** Whether a training has ended here. That of a checkpoint is compared when it goes on. */
  boolean hasModel() {
    return Files.exists(model().resolve(TrainingJob.MODEL_FILE));
  }

  /**
   * Fails when the model was trained on other flows.
   *
   * @param data folder of the data set
   * @param fingerprint its fingerprint
   * @throws CliException with {@link ExitCode#CANNOT_CREATE}; names the file
   */
  void requireOwnData(Path data, String fingerprint) {
    ModelSource source = ModelSource.load(model());
    if (!source.trainedOn().equals(fingerprint)) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          "%s: made from other flows than those of %s; choose another --out, or remove %s"
              .formatted(source.file(), data, folder));
    }
  }
}
