package dev.janus.cli;

import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code janus labels audit}: how well labels fit flows. */
@Command(
    name = "audit",
    description =
        "Tell how well labels fit flows: hits by capture and label file, what other time offsets"
            + " would give, rows that repeat or contradict each other, rows that label nothing,"
            + " flows without label, what rules do. Changes nothing.",
    footer = {
      "  janus labels audit --data data/a --dataset configs/datasets/testbed-a.yaml \\",
      "      --labels captures/ --out audit/a",
      "  janus labels audit --pcap Tuesday-WorkingHours.pcap \\",
      "      --dataset configs/datasets/cicids2017.yaml --label-policy rules"
    })
final class LabelsAuditCommand extends JanusCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder that extract wrote; its flows are labelled anew.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--pcap",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Captures, or folders, searched with all below them, in place of --data.")
  private List<Path> captures = new ArrayList<>();

  @Mixin private LabelOptions labels = new LabelOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for labels-audit.json and labels-audit.txt, and meanwhile for the flows of --pcap;"
              + " made if missing (default: the result is only printed, the flows go to the system's"
              + " temporary folder).")
  private Optional<Path> out = Optional.empty();

  @Mixin private CaptureReadingOptions reading = new CaptureReadingOptions();

  @Mixin private FlowTableOptions flows = new FlowTableOptions();

  @Option(names = "--overwrite", description = "Replace a result that is already in DIR.")
  private boolean overwrite;

  LabelsAuditCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    if (data.isPresent() == !captures.isEmpty()) {
      throw new CliException(ExitCode.USAGE, "give either --data or --pcap");
    }
    GivenOptions given = GivenOptions.of(spec);
    if (data.isPresent()) {
      given.refuseAll(
          List.of("reading", "flows"),
          "says how captures are read, but the flows of --data are cut already; leave it out, or"
              + " give --pcap in place of --data");
    }
    if (out.isEmpty()) {
      given.refuse("--overwrite", "is for a result in a folder; give --out too, or leave it out");
    }
    LabelSource source =
        labels
            .source()
            .orElseThrow(() ->
                new CliException(
                    ExitCode.USAGE, "--dataset says which labels to look at; give it"));
    LabelsAuditJob job =
        new LabelsAuditJob(
            data, captures, source, reading.options(), flows.table(), flows.boundary(), out);
    if (out.isEmpty()) {
      print(job.run(context()));
      return ExitCode.OK;
    }
    try (OutputFolder folder =
        OutputFolder.prepare(
            out.get(),
            List.of(LabelsAudit.JSON_FILE, LabelsAudit.TEXT_FILE),
            overwrite ? OutputFolder.Existing.REPLACE : OutputFolder.Existing.REFUSE)) {
      LabelsAudit audit = job.run(context());
      folder.writeText(LabelsAudit.JSON_FILE, Json.pretty(LabelsAuditJson.of(audit)));
      folder.writeText(
          LabelsAudit.TEXT_FILE, String.join("\n", LabelsAuditText.lines(audit)) + "\n");
      folder.complete();
      print(audit);
    }
    return ExitCode.OK;
  }

  private void print(LabelsAudit audit) {
    if (context().json()) {
      audit
          .origin()
          .warning()
          .ifPresent(text -> context().terminal().warn("janus: warning: " + text));
      context().print(Json.pretty(LabelsAuditJson.of(audit)).stripTrailing());
    } else {
      LabelsAuditText.lines(audit).forEach(context()::print);
    }
  }
}
