package dev.janus.cli;

import dev.janus.cli.config.DatasetDescriptionReader;
import dev.janus.cli.dataset.LabelTables;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.label.AttemptedFlows;
import dev.janus.contract.label.CaptureLabels;
import dev.janus.contract.label.CsvLabels;
import dev.janus.contract.label.DatasetDescription;
import dev.janus.contract.label.LabelPolicy;
import dev.janus.contract.label.LabelTable;
import dev.janus.contract.label.RuleSet;
import dev.janus.contract.label.TimeOffset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where labels come from.
 *
 * @param dataset YAML that describes them
 * @param files label file, or folder of label files
 * @param timeOffset added to the label files' times; none when not given
 * @param policy which of the described policies, unless the first
 * @param attempted what becomes of attempts, unless the description decides
 */
record LabelSource(
    Path dataset,
    Optional<Path> files,
    Optional<TimeOffset> timeOffset,
    Optional<LabelPolicy.Kind> policy,
    Optional<AttemptedFlows> attempted) {
  /**
   * What is needed to label some captures.
   *
   * @param description what was read
   * @param policy the one that is used
   * @param tables label rows of each capture; empty unless flows are joined with rows
   * @param captureLabels label of each capture where there is one; empty unless labels go by
   *     capture
   * @param timeOffset added to the times of rows
   */
  record Rows(
      DatasetDescription description,
      LabelPolicy policy,
      List<LabelTable> tables,
      List<Optional<String>> captureLabels,
      TimeOffset timeOffset) {}

  /** Checks that label files come with a description. */
  static Optional<LabelSource> of(
      Optional<Path> dataset, Optional<Path> labels, Optional<String> timeOffset) {
    if (dataset.isPresent()) {
      return Optional.of(
          new LabelSource(
              InputFiles.requireFile(dataset.get()),
              labels.map(InputFiles::requirePresent),
              timeOffset.map(LabelSource::offset),
              Optional.empty(),
              Optional.empty()));
    }
    if (labels.isPresent()) {
      throw new CliException(
          ExitCode.USAGE, "--dataset and --labels belong together; give both or none");
    }
    if (timeOffset.isPresent()) {
      throw new CliException(
          ExitCode.USAGE, "--time-offset moves label times; give --dataset and --labels too");
    }
    return Optional.empty();
  }

  /** The same with other choices than the description's. */
  LabelSource preferring(Optional<LabelPolicy.Kind> kind, Optional<AttemptedFlows> treatment) {
    return new LabelSource(dataset, files, timeOffset, kind, treatment);
  }

  /**
   * Reads what is needed to label the captures.
   *
   * @param captures the files
   * @param names their names
   */
  Rows read(List<Path> captures, List<String> names) {
    DatasetDescription read = DatasetDescriptionReader.read(dataset);
    DatasetDescription description = attempted.map(read::withAttempted).orElse(read);
    LabelPolicy chosen = policy.map(kind -> described(description, kind)).orElse(read.policy());
    if (!(chosen instanceof CsvLabels)) {
      onlyForRows(description, chosen.kind());
    }
    return switch (chosen) {
      case CsvLabels csv ->
          new Rows(
              description,
              csv,
              LabelTables.load(description, requireFiles(description), names),
              List.of(),
              timeOffset.orElse(TimeOffset.ZERO));
      case CaptureLabels byCapture ->
          new Rows(
              description,
              byCapture,
              List.of(),
              captureLabels(byCapture, captures, names),
              TimeOffset.ZERO);
      case RuleSet rules -> new Rows(description, rules, List.of(), List.of(), TimeOffset.ZERO);
      case LabelPolicy.Constant constant ->
          new Rows(description, constant, List.of(), List.of(), TimeOffset.ZERO);
    };
  }

  private LabelPolicy described(DatasetDescription description, LabelPolicy.Kind kind) {
    return description
        .policy(kind)
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE,
                "--label-policy %s: %s describes no such labels; it has %s"
                    .formatted(
                        kind.key(),
                        dataset,
                        description.policies().stream()
                            .map(policy -> policy.kind().key())
                            .toList())));
  }

  private Path requireFiles(DatasetDescription description) {
    return files.orElseThrow(() ->
        new CliException(
            ExitCode.USAGE,
            "--dataset and --labels belong together: "
                + dataset
                + " reads labels from files; give them with --labels"
                + (description.policy(LabelPolicy.Kind.RULES).isPresent()
                    ? ", or label by its rules (time windows and addresses) with --label-policy"
                        + " rules"
                    : "")));
  }

  private void onlyForRows(DatasetDescription description, LabelPolicy.Kind kind) {
    if (files.isPresent() || timeOffset.isPresent()) {
      throw new CliException(
          ExitCode.USAGE,
          "%s is for labels from files, but %s takes them from %s; leave it out%s"
              .formatted(
                  files.isPresent() ? "--labels" : "--time-offset",
                  dataset,
                  described(kind),
                  description.policy(LabelPolicy.Kind.JOIN).isPresent()
                      ? ", or give --label-policy join"
                      : ""));
    }
  }

  private static String described(LabelPolicy.Kind kind) {
    return switch (kind) {
      case JOIN -> "rows";
      case RULES -> "rules";
      case CAPTURE -> "the names of captures";
      case CONSTANT -> "one constant";
    };
  }

  private static List<Optional<String>> captureLabels(
      CaptureLabels labels, List<Path> captures, List<String> names) {
    List<Optional<String>> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      found.add(labels.label(names.get(i), captures.get(i)));
    }
    if (found.stream().noneMatch(Optional::isPresent)) {
      throw new CliException(
          ExitCode.DATA,
          "labels.by_capture fits none of the captures: "
              + String.join(", ", names.subList(0, Math.min(names.size(), 20))));
    }
    return found;
  }

  private static TimeOffset offset(String text) {
    try {
      return TimeOffset.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "--time-offset: " + e.getMessage(), e);
    }
  }
}
