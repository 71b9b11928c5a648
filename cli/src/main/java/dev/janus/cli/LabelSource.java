package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where labels come from.
 *
 * @param description YAML that says how label files are read
 * @param files label file, or folder of label files
 * @param timeOffset added to the label files' times, as given
 */
record LabelSource(Path description, Path files, Optional<String> timeOffset) {
  /** Checks that either both or none of the two options are given. */
  static Optional<LabelSource> of(
      Optional<Path> dataset, Optional<Path> labels, Optional<String> timeOffset) {
    if (dataset.isEmpty() && labels.isEmpty()) {
      if (timeOffset.isPresent()) {
        throw new CliException(
            ExitCode.USAGE, "--time-offset moves label times; give --dataset and --labels too");
      }
      return Optional.empty();
    }
    if (dataset.isEmpty() || labels.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE, "--dataset and --labels belong together; give both or none");
    }
    return Optional.of(
        new LabelSource(
            InputFiles.requireFile(dataset.get()),
            InputFiles.requirePresent(labels.get()),
            timeOffset));
  }
}
