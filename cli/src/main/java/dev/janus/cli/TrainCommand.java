package dev.janus.cli;

import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code janus train}: benign flows to a model. */
@Command(
    name = "train",
    description =
        "Train on the benign flows that the configuration's split names, and write"
            + " model.safetensors. Three verdicts are fitted on benign flows: d2 by the ten scores of"
            + " the validation flows, hidden by the hidden states of the training flows, and fused,"
            + " the default, by five measures (oas and sum of the scores, hidden_packets and"
            + " hidden_opening of the hidden states, features) on both. All are calibrated on"
            + " validation flows, fused on every second one, as the others fit it. Ctrl-C finishes the step and leaves a"
            + " checkpoint for --resume.",
    footer = {
      "  janus train --config configs/testbed-a_seed42.yaml --data data/a --out models/a42",
      "  janus train --config configs/testbed-a_seed42.yaml --data data/a --out models/a42"
          + " --resume",
      "  janus train --config configs/cicids2017_seed42.yaml --data data/2017 --out models/x \\",
      "      --set training.sigma=0.6"
    })
final class TrainCommand extends JanusCommand {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "YAML",
      description = "Run configuration; see configs.")
  private Path config = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a configuration key, e.g. training.sigma=0.6; repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that extract wrote.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for model, log and resolved configuration; made if missing.")
  private Path out = Path.of("");

  @Option(names = "--resume", description = "Go on from the checkpoint in DIR.")
  private boolean resume;

  @Option(
      names = "--overwrite",
      description = "Replace a model or an interrupted training that is already in DIR.")
  private boolean overwrite;

  TrainCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    TrainingJob job =
        new TrainingJob(
            config,
            overrides,
            data,
            out,
            resume ? TrainingJob.Start.FROM_CHECKPOINT : TrainingJob.Start.FRESH,
            overwrite || resume ? OutputFolder.Existing.REPLACE : OutputFolder.Existing.REFUSE);
    if (job.alreadyFinished()) {
      context()
          .terminal()
          .say("training is already finished: " + out.resolve(TrainingJob.MODEL_FILE));
      return ExitCode.OK;
    }
    job.run(context()).print(context());
    return ExitCode.OK;
  }
}
