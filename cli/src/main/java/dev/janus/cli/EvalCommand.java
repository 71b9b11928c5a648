package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code janus eval}: how well a model tells attacks apart on the network it was trained on. */
@Command(
    name = "eval",
    description =
        "Score every flow of the data the model was trained on and evaluate those that neither"
            + " trained nor validated. Writes metrics.json, phase1_scores.npz, report.html and"
            + " config.resolved.yaml.",
    footer = {
      "  janus eval --model models/a42 --data data/a --out results/a42",
      "  janus eval --model models/a42/model.safetensors --data data/a --out results/a42 --json"
    })
final class EvalCommand extends JanusCommand {
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private TrafficOptions traffic = new TrafficOptions();
  @Mixin private VerdictOptions verdict = new VerdictOptions();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that extract wrote and train used.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results; made if missing, earlier results are replaced.")
  private Path out = Path.of("");

  EvalCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    EvaluationJob job =
        new EvaluationJob(
            model.path(),
            data,
            out,
            EvaluationJob.Network.SAME,
            Set.of(),
            traffic.flowsPerDay(),
            verdict.name(),
            List.of(),
            model.threads());
    EvaluationPrinter.print(context(), job.run(context()), out);
    return ExitCode.OK;
  }
}
