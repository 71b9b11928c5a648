package dev.janus.cli;

import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code janus extract}: captures to flows on disk. */
@Command(
    name = "extract",
    description =
        "Cut captures into flows and write packets.npz, flows.parquet, flow_features.parquet and"
            + " extract.json. Without labels every flow is labelled UNLABELLED.",
    footer = {
      "  janus extract --pcap monday.pcap.gz --out data/monday",
      "  janus extract --pcap captures/ --dataset configs/datasets/testbed-a.yaml \\",
      "      --labels captures/ --out data/a"
    })
final class ExtractCommand extends JanusCommand {
  @Option(
      names = "--pcap",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "Captures (pcap, pcapng, plain or gzip'ed) or folders of them.")
  private List<Path> captures = new ArrayList<>();

  @Mixin private LabelOptions labels = new LabelOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the result; made if missing.")
  private Path out = Path.of("");

  @Mixin private FlowTableOptions flows = new FlowTableOptions();

  @Option(names = "--overwrite", description = "Replace a result that is already in DIR.")
  private boolean overwrite;

  ExtractCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    ExtractionJob job =
        new ExtractionJob(
            captures,
            labels.source(),
            out,
            flows.table(),
            flows.boundary(),
            overwrite ? OutputFolder.Existing.REPLACE : OutputFolder.Existing.REFUSE);
    job.run(context()).print(context());
    return ExitCode.OK;
  }
}
