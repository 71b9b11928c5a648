package dev.janus.cli;

import dev.janus.cli.extraction.WorkFolder;
import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code janus extract}: captures to flows on disk. */
@Command(
    name = "extract",
    description =
        "Cut captures into flows and write packets.npz, flows.parquet, flow_features.parquet and"
            + " extract.json, or a sharded store. Without labels every flow is labelled UNLABELLED."
            + " Several captures are read at a time; one that was killed goes on with --resume.",
    footer = {
      "  janus extract --pcap monday.pcap.gz --out data/monday",
      "  janus extract --pcap captures/ --dataset configs/datasets/testbed-a.yaml \\",
      "      --labels captures/ --out data/a",
      "  janus extract --pcap Tuesday-WorkingHours.pcap --label-policy rules \\",
      "      --dataset configs/datasets/cicids2017.yaml --out data/tuesday",
      "  janus extract --pcap captures/ --layout store --out data/big --memory 2g --resume"
    })
final class ExtractCommand extends JanusCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--pcap",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Captures (pcap, pcapng, plain or gzip'ed) or folders, searched with all below them.")
  private List<Path> captures = new ArrayList<>();

  @Mixin private LabelOptions labels = new LabelOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the result; made if missing.")
  private Path out = Path.of("");

  @Mixin private CaptureReadingOptions reading = new CaptureReadingOptions();

  @Mixin private FlowTableOptions flows = new FlowTableOptions();

  @Mixin private ExtractionOptions extraction = new ExtractionOptions();

  ExtractCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    refuseIdleOptions(GivenOptions.of(spec));
    ExtractionJob job =
        new ExtractionJob(
            captures,
            labels.source(),
            out,
            reading.options(),
            flows.table(),
            extraction.memoryBytes(),
            flows.boundary(),
            extraction.layout(),
            extraction.jobs(),
            extraction.start());
    if (job.alreadyFinished(context())) {
      WorkFolder.tidy(out);
      context().terminal().say(out + ": this extraction has ended; there is nothing to resume");
      return ExitCode.OK;
    }
    job.run(context()).print(context());
    return ExitCode.OK;
  }

  /** What would have no effect is more likely a mistake than meant so. */
  private void refuseIdleOptions(GivenOptions given) {
    if (extraction.layout() instanceof ExtractionJob.Layout.Arrays) {
      given.refuse("--shard-flows", "is for a store; add --layout store, or leave it out");
    }
    if (given.has("--memory")) {
      given.refuse("--max-flows", "is set by --memory; give one of them");
    }
    if (given.has("--stitch-files") && extraction.jobs() > 1) {
      given.refuse(
          "--jobs",
          "has no effect with --stitch-files, which reads the captures one after another");
    }
  }
}
