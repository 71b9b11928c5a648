package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
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
      "  janus eval-cross --model models/a42 --target data/tor --out results/a42-tor \\",
      "      --benign-label NONTOR",
      "  janus eval-cross --model models/a42 --target data/c --out results/a42-c-fitted \\",
      "      --fit-capture c-01-benign"
    })
final class EvalCrossCommand extends JanusCommand {
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private TrafficOptions traffic = new TrafficOptions();
  @Mixin private VerdictOptions verdict = new VerdictOptions();

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

  @Override
  ExitCode run() {
    EvaluationJob job =
        new EvaluationJob(
            model.path(),
            target,
            out,
            EvaluationJob.Network.OTHER,
            Set.copyOf(benignLabels),
            traffic.flowsPerDay(),
            verdict.name(),
            fitCaptures,
            model.threads());
    EvaluationPrinter.print(context(), job.run(context()), out);
    return ExitCode.OK;
  }
}
