package dev.janus.cli.files;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A text file that a command was asked for by its name. Its place is tried before the work starts;
 * an earlier file is replaced when its successor is complete. Not thread-safe.
 */
public final class OutputFile implements AutoCloseable {
  private final OutputFolder folder;
  private final String name;

  private OutputFile(OutputFolder folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /**
   * Makes the file's folder and checks that files can be created in it.
   *
   * @throws CliException with {@link ExitCode#CANNOT_CREATE}
   */
  public static OutputFile prepare(Path file) {
    Path absolute = file.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new CliException(ExitCode.CANNOT_CREATE, file + ": is a folder, not a file");
    }
    Path parent = Optional.ofNullable(absolute.getParent()).orElse(absolute);
    return new OutputFile(
        OutputFolder.prepare(parent, List.of(), OutputFolder.Existing.REPLACE),
        String.valueOf(absolute.getFileName()));
  }

  /** Writes the file in UTF-8; it appears when it is complete. */
  public void write(String content) {
    folder.writeText(name, content);
    folder.complete();
  }

  /** Removes the folders that were made for the file if it was not written. */
  @Override
  public void close() {
    folder.close();
  }
}
