package dev.janus.cli;

import dev.janus.cli.config.DatasetDescriptionReader;
import dev.janus.cli.dataset.LabelTables;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.label.DatasetDescription;
import dev.janus.contract.label.LabelTable;
import dev.janus.contract.label.TimeOffset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where labels come from.
 *
 * @param dataset YAML that says how label files are read
 * @param files label file, or folder of label files
 * @param timeOffset added to the label files' times
 */
record LabelSource(Path dataset, Path files, TimeOffset timeOffset) {
  /**
   * Label rows of some captures.
   *
   * @param description how they were read
   * @param tables one per capture
   * @param timeOffset added to their times
   */
  record Rows(DatasetDescription description, List<LabelTable> tables, TimeOffset timeOffset) {}

  /** Checks that either both or none of the two options are given. */
  static Optional<LabelSource> of(
      Optional<Path> dataset, Optional<Path> labels, Optional<String> timeOffset) {
    if (dataset.isPresent() && labels.isPresent()) {
      return Optional.of(
          new LabelSource(
              InputFiles.requireFile(dataset.get()),
              InputFiles.requirePresent(labels.get()),
              timeOffset.map(LabelSource::offset).orElse(TimeOffset.ZERO)));
    }
    if (dataset.isPresent() || labels.isPresent()) {
      throw new CliException(
          ExitCode.USAGE, "--dataset and --labels belong together; give both or none");
    }
    if (timeOffset.isPresent()) {
      throw new CliException(
          ExitCode.USAGE, "--time-offset moves label times; give --dataset and --labels too");
    }
    return Optional.empty();
  }

  /** Reads the label rows of the named captures. */
  Rows read(List<String> captures) {
    DatasetDescription description = DatasetDescriptionReader.read(dataset);
    return new Rows(description, LabelTables.load(description, files, captures), timeOffset);
  }

  private static TimeOffset offset(String text) {
    try {
      return TimeOffset.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "--time-offset: " + e.getMessage(), e);
    }
  }
}
