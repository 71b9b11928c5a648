package dev.janus.cli;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.config.RunConfigReader;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.score.JanusModel;
import dev.janus.score.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model as loaded from a file.
 *
 * @param file the file
 * @param model its content
 */
record ModelSource(Path file, JanusModel model) {
  /** Loads a model file, or the model in a folder that train wrote. */
  static ModelSource load(Path fileOrFolder) {
    Path file =
        Files.isDirectory(fileOrFolder)
            ? fileOrFolder.resolve(TrainingJob.MODEL_FILE)
            : fileOrFolder;
    return new ModelSource(file, ModelFile.read(InputFiles.requireFile(file)));
  }

  /** Fingerprint of the data set it was trained on; "" if it does not say. */
  String trainedOn() {
    return model.provenance().getOrDefault(TrainingJob.FINGERPRINT, "");
  }

  /** The configuration it was trained with. */
  RunConfig config() {
    String yaml = model.provenance().getOrDefault("config", "");
    if (yaml.isEmpty()) {
      throw new CliException(
          ExitCode.DATA, file + ": the model does not say how its data was split");
    }
    return RunConfigReader.parse(yaml, file + " (config)");
  }
}
