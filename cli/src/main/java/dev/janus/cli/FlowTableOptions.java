package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.FlowTableConfig;
import picocli.CommandLine.Option;

/** Options of every command that cuts captures into flows. */
final class FlowTableOptions {
  @Option(
      names = "--max-flows",
      paramLabel = "N",
      description =
          "Flows held open at once (default ${DEFAULT-VALUE}); beyond it the one idle for longest"
              + " is ended and counted. Bounds the memory.")
  private int maxFlows = FlowTableConfig.DEFAULT_MAX_OPEN_FLOWS;

  @Option(
      names = "--stitch-files",
      description = "The captures are consecutive pieces of one: flows go on across files.")
  private boolean stitch;

  /** The limits of the flow table. */
  FlowTableConfig table() {
    try {
      return FlowTableConfig.defaults().withMaxOpenFlows(maxFlows);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "--max-flows: " + e.getMessage(), e);
    }
  }

  /** What the end of a file means. */
  CaptureBoundary boundary() {
    return stitch ? CaptureBoundary.KEEPS_FLOWS : CaptureBoundary.ENDS_FLOWS;
  }
}
