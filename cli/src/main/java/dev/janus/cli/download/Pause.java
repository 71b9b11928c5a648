package dev.janus.cli.download;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import java.time.Duration;

/** Waits between two attempts. */
@FunctionalInterface
interface Pause {
  /**
   * Returns after so long.
   *
   * @throws CliException when the command is to end meanwhile
   */
  void of(Duration duration);

  /** Real time, in steps short enough to notice an interruption. */
  static Pause real(Interruption interruption) {
    long stepMillis = 50;
    return duration -> {
      long end = System.nanoTime() + duration.toNanos();
      for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
        interruption.check();
        try {
          Thread.sleep(Math.min(stepMillis, left / 1_000_000 + 1));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CliException(ExitCode.INTERRUPTED, "interrupted", e);
        }
      }
      interruption.check();
    };
  }
}
