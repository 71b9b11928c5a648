package dev.janus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that applies one model or several. */
final class ModelsOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR|FILE",
      description =
          "Model file, or folder that train wrote; repeatable, as for the seeds of a configuration:"
              + " the data is read once, and the results of each model go into a folder of its"
              + " name.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: one per core); results do not depend on it.")
  private Optional<Integer> threads = Optional.empty();

  List<Path> paths() {
    return List.copyOf(models);
  }

  /** The number of threads to use. */
  int threads() {
    return ModelOptions.threads(threads);
  }
}
