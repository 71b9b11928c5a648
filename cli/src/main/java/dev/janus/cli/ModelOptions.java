package dev.janus.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every command that applies a model. */
final class ModelOptions {
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
  private int threads;

  Path path() {
    return model;
  }

  /** The number of threads to use. */
  int threads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
