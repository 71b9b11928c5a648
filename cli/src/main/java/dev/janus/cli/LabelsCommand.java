package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code janus labels}: what there is to know about labels. */
@Command(
    name = "labels",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    description = "Look into the labels of a data set.",
    footer = {
      "  janus labels audit --data data/a --dataset configs/datasets/testbed-a.yaml \\",
      "      --labels captures/"
    })
final class LabelsCommand extends JanusCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  private LabelsCommand(CommandContext context) {
    super(context);
  }

  /** The command with those below it. */
  static CommandLine tree(CommandContext context) {
    return new CommandLine(new LabelsCommand(context))
        .addSubcommand("audit", new LabelsAuditCommand(context));
  }

  @Override
  ExitCode run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
