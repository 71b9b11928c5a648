package dev.janus.cli.results;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder that an evaluation wrote, of a model or of a control, and its figures; the scores are
 * read when they are needed.
 *
 * @param name its own name, or its path where another run has the same one
 * @param path the folder
 * @param metrics its figures
 */
public record RunFolder(String name, Path path, RunMetrics metrics) {
  /** Folders below a given one that are looked into: {@code results/a/b/c/d}. */
  private static final int DEPTH = 4;

  /**
   * Finds runs; a run that is found twice is one.
   *
   * @param given folders of runs, or folders with some below them, at most {@value #DEPTH} deep
   * @throws CliException when one is neither, or holds a damaged {@code metrics.json}
   */
  public static List<RunFolder> find(List<Path> given) {
    Map<Path, Path> found = new LinkedHashMap<>();
    for (Path path : given) {
      InputFiles.requireFolder(path);
      List<Path> below = new ArrayList<>();
      addRuns(path, 0, below);
      if (below.isEmpty()) {
        throw new CliException(
            ExitCode.NO_INPUT,
            ("%s: holds no %s, nor does a folder below it; give one that janus eval, eval-cross or"
                    + " baseline wrote with --out")
                .formatted(path, EvaluatedRun.METRICS_FILE));
      }
      below.forEach(run -> found.putIfAbsent(real(run), run.normalize()));
    }
    List<RunFolder> runs = new ArrayList<>();
    for (Path path : found.values()) {
      boolean unique =
          found.values().stream().filter(other -> lastName(other).equals(lastName(path))).count()
              == 1;
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

  /** Nothing is looked for inside a run, or in a hidden folder. */
  private static void addRuns(Path folder, int depth, List<Path> runs) {
    if (Files.exists(folder.resolve(EvaluatedRun.METRICS_FILE))) {
      runs.add(folder);
      return;
    }
    if (depth < DEPTH) {
      try (Stream<Path> inside = Files.list(folder)) {
        inside
            .filter(path -> !lastName(path).startsWith("."))
            .filter(Files::isDirectory)
            .sorted()
            .forEach(path -> addRuns(path, depth + 1, runs));
      } catch (IOException e) {
        throw new CliException(
            ExitCode.NO_INPUT, folder + ": cannot be listed (" + InputFiles.reason(e) + ")", e);
      }
    }
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NO_INPUT, folder + ": cannot be read (" + InputFiles.reason(e) + ")", e);
    }
  }

  /** Whether it is the same folder, however it is written. */
  public boolean isSameAs(RunFolder other) {
    return real(path).equals(real(other.path));
  }

  private static String lastName(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /**
   * Where something lies that the run names: at the path itself, as seen from where the command
   * runs, or else as seen from the run's folder.
   */
  public Path located(Path named) {
    Path beside = path.resolve(named);
    return !Files.exists(named) && Files.exists(beside) ? beside.normalize() : named;
  }
}
