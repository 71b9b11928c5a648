package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.score.ChosenVerdict;
import dev.janus.score.VerdictMember;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code janus eval-cross}: how well a model does on a network it has never seen. */
@Command(
    name = "eval-cross",
    description =
        "Evaluate a model on another network: normalisation, aggregator and thresholds are the"
            + " model's own unless benign flows of the target are named to fit them; every other"
            + " labelled flow of the target is tested.",
    footer = {
      "  janus eval-cross --model models/a42 --target data/c --out results/a42-c",
      "  janus eval-cross --model models/a42 --model models/a43 --target data/c --out results/a-c",
      "  janus eval-cross --model models/a42 --target data/tor --out results/a42-tor \\",
      "      --benign-label NONTOR",
      "  janus eval-cross --model models/a42 --target data/c --out results/a42-c-fitted \\",
      "      --fit-capture c-01-benign"
    })
final class EvalCrossCommand extends JanusCommand {
  @Mixin private ModelsOptions models = new ModelsOptions();
  @Mixin private TrafficOptions traffic = new TrafficOptions();
  @Mixin private VerdictOptions verdict = new VerdictOptions();
  @Mixin private DelayOptions delay = new DelayOptions();

  @Option(
      names = "--target",
      required = true,
      paramLabel = "DIR",
      description = "Folder that extract wrote for the other network.")
  private Path target = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results; made if missing, earlier results are replaced.")
  private Path out = Path.of("");

  @Option(
      names = "--benign-label",
      paramLabel = "LABEL",
      description = "Label that counts as benign there; repeatable (default: as in training).")
  private List<String> benignLabels = new ArrayList<>();

  @Option(
      names = "--fit-capture",
      paramLabel = "NAME",
      description =
          "Capture of the target whose benign flows fit and calibrate the verdicts anew, and are not"
              + " tested; repeatable, * stands for any letters (default: the fit of the training"
              + " network).")
  private List<String> fitCaptures = new ArrayList<>();

  EvalCrossCommand(CommandContext context) {
    super(context);
  }

  /** What is told before anything is read. */
  private ChosenVerdict chosen() {
    ChosenVerdict chosen = verdict.chosen();
    if (fitCaptures.isEmpty() && chosen.notInModelFile().isPresent()) {
      throw new CliException(
          ExitCode.USAGE,
          ("--verdict %s: a model file does not hold what %s of its reference flows is; name benign"
                  + " captures of the target with --fit-capture, or leave it out")
              .formatted(
                  chosen.label(), chosen.notInModelFile().map(VerdictMember::label).orElse("")));
    }
    return chosen;
  }

  @Override
  ExitCode run() {
    EvaluationSettings settings =
        new EvaluationSettings(
            EvaluationJob.Network.OTHER,
            Set.copyOf(benignLabels),
            traffic.flowsPerDay(),
            chosen(),
            fitCaptures,
            delay.flows(),
            models.threads());
    EvaluationPrinter.run(context(), models.paths(), target, out, settings);
    return ExitCode.OK;
  }
}
