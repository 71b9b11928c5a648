package dev.janus.cli.results;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that an evaluation wrote, and its figures; the scores are read when they are needed.
 *
 * @param name its own name, or its path where another run has the same one
 * @param path the folder
 * @param metrics its figures
 */
public record RunFolder(String name, Path path, RunMetrics metrics) {
  /**
   * Finds runs.
   *
   * @param given folders of runs, or folders that hold some
   * @throws CliException when one is neither, or holds a damaged {@code metrics.json}
   */
  public static List<RunFolder> find(List<Path> given) {
    Set<Path> paths = new LinkedHashSet<>();
    for (Path path : given) {
      InputFiles.requireFolder(path);
      paths.addAll(runs(path));
    }
    List<RunFolder> runs = new ArrayList<>();
    for (Path path : paths) {
      boolean unique =
          paths.stream().filter(other -> lastName(other).equals(lastName(path))).count() == 1;
      runs.add(read(unique ? lastName(path) : path.toString(), path));
    }
    return List.copyOf(runs);
  }

  /**
   * Reads one run.
   *
   * @param name what to call it
   * @throws CliException when its {@code metrics.json} is missing or damaged
   */
  public static RunFolder read(String name, Path path) {
    return new RunFolder(name, path, MetricsReader.read(path.resolve(EvaluatedRun.METRICS_FILE)));
  }

  private static List<Path> runs(Path folder) {
    if (Files.exists(folder.resolve(EvaluatedRun.METRICS_FILE))) {
      return List.of(folder.normalize());
    }
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> runs =
          inside
              .filter(path -> Files.exists(path.resolve(EvaluatedRun.METRICS_FILE)))
              .map(Path::normalize)
              .sorted()
              .toList();
      if (runs.isEmpty()) {
        throw new CliException(
            ExitCode.NO_INPUT,
            "%s: holds no %s; give a folder that janus eval or eval-cross wrote with --out"
                .formatted(folder, EvaluatedRun.METRICS_FILE));
      }
      return runs;
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NO_INPUT, folder + ": cannot be listed (" + InputFiles.reason(e) + ")", e);
    }
  }

  private static String lastName(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }
}
