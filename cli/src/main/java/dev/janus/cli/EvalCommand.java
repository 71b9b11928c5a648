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
            + " config.resolved.yaml; of several models, into a folder of each, with summary.json"
            + " (mean, standard deviation and worst of those that differ in the seed only) and one"
            + " report.html beside them.",
    footer = {
      "  janus eval --model models/a42 --data data/a --out results/a42",
      "  janus eval --model models/a42/model.safetensors --data data/a --out results/a42 --json",
      "  janus eval --model models/a42 --model models/a43 --data data/a --out results/a",
      "  janus eval --model models/a42 --data data/a --out results/a42 --delay",
      "  janus eval --model models/a42 --data data/a --out results/a42-max \\",
      "      --verdict 'max(hidden,oas_strata)'"
    })
final class EvalCommand extends JanusCommand {
  @Mixin private ModelsOptions models = new ModelsOptions();
  @Mixin private TrafficOptions traffic = new TrafficOptions();
  @Mixin private VerdictOptions verdict = new VerdictOptions();
  @Mixin private DelayOptions delay = new DelayOptions();

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
    EvaluationSettings settings =
        new EvaluationSettings(
            EvaluationJob.Network.SAME,
            Set.of(),
            traffic.flowsPerDay(),
            verdict.chosen(),
            List.of(),
            delay.flows(),
            models.threads());
    EvaluationPrinter.run(context(), models.paths(), data, out, settings);
    return ExitCode.OK;
  }
}
