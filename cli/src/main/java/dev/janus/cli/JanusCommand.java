package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A subcommand: help, context and exit code. */
@Command(
    sortOptions = false,
    usageHelpAutoWidth = true,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    descriptionHeading = "%n",
    footerHeading = "%nExamples:%n")
abstract class JanusCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 1000,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  JanusCommand(CommandContext context) {
    this.context = context;
  }

  final CommandContext context() {
    return context;
  }

  /** Does the work; errors are exceptions. */
  abstract ExitCode run();

  @Override
  public final Integer call() {
    return run().code();
  }
}
