package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.label.AttemptedFlows;
import dev.janus.contract.label.LabelPolicy;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that labels flows. */
final class LabelOptions {
  @Option(
      names = "--dataset",
      paramLabel = "YAML",
      description =
          "Where the labels come from; see configs/datasets. Label files need --labels, rules none:"
              + " --label-policy rules.")
  private Optional<Path> dataset = Optional.empty();

  @Option(
      names = "--labels",
      paramLabel = "PATH",
      description = "Label file, or folder with the label files that the description names.")
  private Optional<Path> labels = Optional.empty();

  @Option(
      names = "--label-policy",
      paramLabel = "POLICY",
      description =
          "Which labels of the description: join (label files), rules (time windows, addresses and"
              + " ports), capture or constant (default: its label_policy, else the first it"
              + " has).")
  private Optional<LabelPolicy.Kind> policy = Optional.empty();

  @Option(
      names = "--attempted",
      paramLabel = "TREATMENT",
      description =
          "What becomes of attempts, flows of an attack without any of it:"
              + " keep, attack, drop or benign (default: as the description says).")
  private Optional<AttemptedFlows> attempted = Optional.empty();

  @Option(
      names = "--time-offset",
      paramLabel = "OFFSET",
      description = "Added to the label files' times: +03:00, -00:00:02.5, -3h, 10800s, 250ms.")
  private Optional<String> timeOffset = Optional.empty();

  /** Where labels come from, if from anywhere. */
  Optional<LabelSource> source() {
    if (dataset.isEmpty() && (policy.isPresent() || attempted.isPresent())) {
      throw new CliException(
          ExitCode.USAGE,
          (policy.isPresent() ? "--label-policy" : "--attempted")
              + " chooses among the labels of a description; give --dataset too");
    }
    return LabelSource.of(dataset, labels, timeOffset)
        .map(source -> source.preferring(policy, attempted));
  }
}
