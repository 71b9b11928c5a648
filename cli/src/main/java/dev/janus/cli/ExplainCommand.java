package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.score.VerdictName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code janus explain}: what the verdicts of flows are made of. */
@Command(
    name = "explain",
    description =
        "Tell what the verdicts of flows are made of: fused, the default, is the surprise of one of"
            + " five measures (oas, sum, hidden_packets, hidden_opening, features), which is split"
            + " over scores, packets or features; d2 is split over the ten scores and further over"
            + " packets, channels, bits and features, hidden over packets. Largest parts first."
            + " Parts add up to what they are parts of; a negative one speaks"
            + " for a benign flow. With --json one line per flow, with every part.",
    footer = {
      "  janus explain --model models/a42 --data data/a --top 5",
      "  janus explain --model models/a42 --data data/a --top 5 --by hidden",
      "  janus explain --model models/a42 --data data/a --flow 17 2391 --lines 20",
      "  janus explain --model models/a42 --data data/a --flow 17 --json > 17.json"
    })
final class ExplainCommand extends JanusCommand {
  private static final int TOP = 10;
  private static final int LINES = 10;

  @Mixin private ModelOptions model = new ModelOptions();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that extract wrote.")
  private Path data = Path.of("");

  @Option(
      names = "--flow",
      arity = "1..*",
      paramLabel = "ID",
      description = "Flows to explain, by flow_id, in this order.")
  private List<Long> flows = new ArrayList<>();

  @Option(
      names = "--top",
      paramLabel = "N",
      description =
          "Score every flow of the data, also those that trained, and explain the N with the largest"
              + " distance (default, without --flow: "
              + TOP
              + ").")
  private Optional<Integer> top = Optional.empty();

  @Option(
      names = "--by",
      paramLabel = "WHICH",
      description =
          "What --top goes by: fused, d2 (the ten scores alone) or hidden (the hidden state alone),"
              + " the verdicts that a model file holds; eval --verdict takes more"
              + " (default: fused).")
  private Optional<VerdictName> by = Optional.empty();

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "Lines of evidence for each distance at most (default: " + LINES + ").")
  private int lines = LINES;

  ExplainCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    if (lines < 1) {
      throw new CliException(ExitCode.USAGE, "--lines must be 1 or more, not " + lines);
    }
    new ExplanationJob(model.path(), data, selection(), lines, model.threads()).run(context());
    return ExitCode.OK;
  }

  private ExplanationJob.Selection selection() {
    if (flows.isEmpty()) {
      int count = top.orElse(TOP);
      if (count < 1) {
        throw new CliException(ExitCode.USAGE, "--top must be 1 or more, not " + count);
      }
      return new ExplanationJob.Farthest(count, by.orElse(VerdictName.DEFAULT));
    }
    if (top.isPresent() || by.isPresent()) {
      throw new CliException(
          ExitCode.USAGE,
          "--flow names the flows; leave out " + (top.isPresent() ? "--top" : "--by"));
    }
    return new ExplanationJob.Named(flows);
  }
}
