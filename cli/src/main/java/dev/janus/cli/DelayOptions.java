package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Whether and on how many flows detection delay is measured. */
final class DelayOptions {
  private static final String FLOWS = "200";

  @Option(
      names = "--delay",
      arity = "0..1",
      fallbackValue = FLOWS,
      paramLabel = "N",
      description =
          "Also measure detection delay: the first number of packets at which an alarm's beginning,"
              + " scored as a flow of its own, is an alarm. Takes up to N alarms and N other flows"
              + " of each class (default for N: "
              + FLOWS
              + "), each at up to 63 lengths, so it takes time.")
  private Optional<Integer> flows = Optional.empty();

  OptionalInt flows() {
    if (flows.isPresent() && flows.get() < 1) {
      throw new CliException(ExitCode.USAGE, "--delay must be 1 or more, not " + flows.get());
    }
    return flows.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }
}
