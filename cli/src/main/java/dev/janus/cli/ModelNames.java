package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of the folders in which the results of several models lie. */
final class ModelNames {
  private static final String SUFFIX = ".safetensors";

  private ModelNames() {}

  /**
   * A name for each model: that of the folder that train wrote, or of the file where it is called
   * otherwise; of a name that is taken the next with a number behind it.
   *
   * @param files model files
   * @throws CliException when a file is given twice
   */
  static List<String> of(List<Path> files) {
    Set<Path> seen = new HashSet<>();
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      Path absolute = file.toAbsolutePath().normalize();
      if (!seen.add(absolute)) {
        throw new CliException(ExitCode.USAGE, "--model " + file + " is given twice");
      }
      String base = base(absolute);
      String name = base;
      for (int number = 2; !taken.add(name); number++) {
        name = base + "-" + number;
      }
      names.add(name);
    }
    return names;
  }

  private static String base(Path file) {
    String name = String.valueOf(file.getFileName());
    Path folder = file.getParent();
    if (name.equals(TrainingJob.MODEL_FILE)) {
      Path last = folder == null ? null : folder.getFileName();
      return last == null ? "model" : last.toString();
    }
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }
}
