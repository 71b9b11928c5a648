package dev.janus.cli.files;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.Stores;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Checks inputs before any work starts. */
public final class InputFiles {
  private InputFiles() {}

  /** Fails with {@link ExitCode#NO_INPUT} unless the file can be opened. */
  public static Path requireFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new CliException(ExitCode.NO_INPUT, file + ": is a folder, expected a file");
    }
    return requirePresent(file);
  }

  /** Fails with {@link ExitCode#NO_INPUT} unless the folder is there. */
  public static Path requireFolder(Path folder) {
    requirePresent(folder);
    if (!Files.isDirectory(folder)) {
      throw new CliException(ExitCode.NO_INPUT, folder + ": is a file, expected a folder");
    }
    return folder;
  }

  /**
   * Fails with {@link ExitCode#NO_INPUT} unless the folder of a data set, or of a store itself, is
   * there. A store that a killed writer had set aside is put back.
   */
  public static Path requireData(Path folder) {
    Stores.restore(folder);
    return requireFolder(folder);
  }

  /** Fails with {@link ExitCode#NO_INPUT} unless there is something readable at the path. */
  public static Path requirePresent(Path path) {
    if (!Files.exists(path)) {
      throw new CliException(ExitCode.NO_INPUT, path + ": does not exist");
    }
    if (!Files.isReadable(path)) {
      throw new CliException(ExitCode.NO_INPUT, path + ": no permission to read");
    }
    return path;
  }

  /** Why an operation on a file failed, in words and without the path. */
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "does not exist";
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
