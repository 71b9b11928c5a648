package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.FlowTableConfig;
import dev.janus.contract.flow.InitiatorRule;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
      names = "--idle-timeout",
      paramLabel = "SECONDS",
      description = "A flow ends after so long without a packet (default ${DEFAULT-VALUE}).")
  private double idleTimeout = FlowTableConfig.DEFAULT_IDLE_TIMEOUT_MICROS * 1e-6;

  @Option(
      names = "--active-timeout",
      paramLabel = "SECONDS",
      description =
          "A flow that lasts longer is cut; what follows is a flow of its own that names its parent"
              + " (default: never).")
  private Optional<Double> activeTimeout = Optional.empty();

  @Option(
      names = "--initiator",
      paramLabel = "RULE",
      description =
          "first: who sends the first packet seen. syn: the same, but a SYN-ACK that comes first is"
              + " taken for an answer (default ${DEFAULT-VALUE}).")
  private Initiator initiator = Initiator.first;

  /** Rules as they are written on the command line. */
  enum Initiator {
    first,
    syn
  }

  @Option(
      names = "--stitch-files",
      description = "The captures are consecutive pieces of one: flows go on across files.")
  private boolean stitch;

  /** The limits of the flow table. */
  FlowTableConfig table() {
    FlowTableConfig table =
        FlowTableConfig.defaults()
            .withInitiator(
                initiator == Initiator.syn ? InitiatorRule.SYN_SENDER : InitiatorRule.FIRST_SENDER);
    table = checked("--max-flows", table, t -> t.withMaxOpenFlows(maxFlows));
    table = checked("--idle-timeout", table, t -> t.withIdleTimeoutMicros(micros(idleTimeout)));
    long active = activeTimeout.map(FlowTableOptions::micros).orElse(Long.MAX_VALUE);
    return checked("--active-timeout", table, t -> t.withActiveTimeoutMicros(active));
  }

  private static long micros(double seconds) {
    return Math.round(seconds * 1e6);
  }

  private static FlowTableConfig checked(
      String option, FlowTableConfig table, UnaryOperator<FlowTableConfig> change) {
    try {
      return change.apply(table);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, option + ": " + e.getMessage(), e);
    }
  }

  /** What the end of a file means. */
  CaptureBoundary boundary() {
    return stitch ? CaptureBoundary.KEEPS_FLOWS : CaptureBoundary.ENDS_FLOWS;
  }
}
