package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that applies a model. */
final class ModelOptions {
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR|FILE",
      description = "Model file, or folder that train wrote.")
  private Path model = Path.of("");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: one per core); results do not depend on it.")
  private Optional<Integer> threads = Optional.empty();

  Path path() {
    return model;
  }

  /** The number of threads to use. */
  int threads() {
    return threads(threads);
  }

  /** The number of threads to use where so many were asked for. */
  static int threads(Optional<Integer> wanted) {
    int chosen = wanted.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    if (chosen < 1 || chosen > MOST_THREADS) {
      throw new CliException(
          ExitCode.USAGE, "--threads must be 1 to " + MOST_THREADS + ", not " + chosen);
    }
    return chosen;
  }
}
