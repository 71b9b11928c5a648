package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import picocli.CommandLine.Option;

/** How much traffic a rate of false alarms is told for. */
final class TrafficOptions {
  /** What is assumed where nobody says: a site of some thousand hosts. */
  static final long FLOWS_PER_DAY = 10_000_000;

  @Option(
      names = "--flows-per-day",
      paramLabel = "N",
      description =
          "Benign flows a day that false alarms are told for (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + FLOWS_PER_DAY)
  private long flowsPerDay = FLOWS_PER_DAY;

  long flowsPerDay() {
    if (flowsPerDay < 1) {
      throw new CliException(
          ExitCode.USAGE, "--flows-per-day must be 1 or more, not " + flowsPerDay);
    }
    return flowsPerDay;
  }
}
