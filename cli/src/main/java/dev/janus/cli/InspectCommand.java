package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code janus inspect}: what is in captures, before anything is made of them. */
@Command(
    name = "inspect",
    description =
        "Tell what captures hold: packets kept and dropped by cause, link types, damage, time span,"
            + " tunnels, fragments, duplicates, flows, and what an extraction would lose.",
    footer = {
      "  janus inspect monday.pcap.gz",
      "  janus inspect captures/ --tunnels innermost --html monday.html",
      "  janus inspect captures/ --json > monday.json"
    })
final class InspectCommand extends JanusCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Captures (pcap, pcapng, plain or gzip'ed) or folders, searched with all below them.")
  private List<Path> captures = new ArrayList<>();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write a page with the histograms; replaces FILE.")
  private Optional<Path> html = Optional.empty();

  @Mixin private CaptureReadingOptions reading = new CaptureReadingOptions();

  @Mixin private FlowTableOptions flows = new FlowTableOptions();

  InspectCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    return new InspectionJob(captures, html, reading.options(), flows.table(), flows.boundary())
        .run(context(), spec.usageMessage().width());
  }
}
