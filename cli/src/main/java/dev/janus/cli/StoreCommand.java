package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code janus store}: sharded stores as a whole. */
@Command(
    name = "store",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    description = "Check, merge and split sharded stores, which extract --layout store writes.",
    footer = {
      "  janus store verify data/big",
      "  janus store merge data/mon data/tue --out data/week",
      "  janus store split data/week --by capture --out data/days"
    })
final class StoreCommand extends JanusCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  private StoreCommand(CommandContext context) {
    super(context);
  }

  /** The command with those below it. */
  static CommandLine tree(CommandContext context) {
    return new CommandLine(new StoreCommand(context))
        .addSubcommand("verify", new StoreVerifyCommand(context))
        .addSubcommand("merge", new StoreMergeCommand(context))
        .addSubcommand("split", new StoreSplitCommand(context));
  }

  @Override
  ExitCode run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
