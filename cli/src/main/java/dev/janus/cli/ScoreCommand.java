package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code janus score}: captures to one line per flow. */
@Command(
    name = "score",
    description =
        "Score the flows of captures and print one line per flow, in the order in which flows end:"
            + " flow_id, 5-tuple, start and end, packets, the ten scores, the five measures of fused"
            + " (oas, sum, hidden_packets, hidden_opening, features), and the three verdicts with"
            + " their p-values: fused (the default), d2 (the ten scores alone; p_value) and hidden"
            + " (the hidden state alone). Memory does not grow with the capture.",
    footer = {
      "  janus score --model models/a42 --pcap today.pcap.gz > scores.csv",
      "  janus score --model models/a42 --pcap captures/ --format jsonl \\",
      "      | jq 'select(.fused_p_value<0.001)'",
      "  janus score --model models/a42 --pcap today.pcap.gz --scores hidden > hidden.csv"
    })
final class ScoreCommand extends JanusCommand {
  @Mixin private ModelOptions model = new ModelOptions();

  @Option(
      names = "--pcap",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Captures (pcap, pcapng, plain or gzip'ed) or folders, searched with all below them.")
  private List<Path> captures = new ArrayList<>();

  @Mixin private CaptureReadingOptions reading = new CaptureReadingOptions();

  @Mixin private FlowTableOptions flows = new FlowTableOptions();

  @Option(
      names = "--scores",
      paramLabel = "WHICH",
      description =
          "all, or hidden for the distance of the hidden state alone, which is several times"
              + " faster; only the verdicts that the model file holds, eval --verdict takes more"
              + " (default: all).")
  private ScoringJob.Scores scores = ScoringJob.Scores.ALL;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv or jsonl (default: csv, or jsonl with --json).")
  private Optional<ScoringJob.Format> format = Optional.empty();

  ScoreCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    ScoringJob.Format chosen =
        format.orElse(context().json() ? ScoringJob.Format.JSONL : ScoringJob.Format.CSV);
    ScoringJob job =
        new ScoringJob(
            model.path(),
            captures,
            reading.options(),
            flows.table(),
            flows.boundary(),
            scores,
            chosen,
            model.threads());
    job.run(context(), context()::print);
    return ExitCode.OK;
  }
}
