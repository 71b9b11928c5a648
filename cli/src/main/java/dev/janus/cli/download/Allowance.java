package dev.janus.cli.download;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;

/** How many bytes may still be received in this run. Not thread-safe. */
final class Allowance {
  private final long limit;
  private long received;

  Allowance(long limit) {
    this.limit = limit;
  }

  static Allowance unlimited() {
    return new Allowance(Long.MAX_VALUE);
  }

  long left() {
    return limit - received;
  }

  long received() {
    return received;
  }

  void use(long bytes) {
    received += bytes;
  }

  CliException exhausted(String name) {
    return new CliException(
        ExitCode.DATA,
        "%s: needs more than --limit leaves (%s in all); what came is kept, the same command with a"
                .formatted(name, ByteSize.shown(limit))
            + " larger --limit goes on from it");
  }
}
