package dev.janus.cli.files;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder a command writes to. It is made and tried before work starts; if the command fails,
 * the folders it made are removed again as far as they are empty. Not thread-safe.
 */
public final class OutputFolder implements AutoCloseable {
  /** What to do when the folder already holds a result. */
  public enum Existing {
    /** Fail and say which file it is. */
    REFUSE,
    /** Replace files one by one, each when its successor is complete. */
    REPLACE
  }

  private final Path folder;
  private final List<Path> created;
  private boolean completed;

  private OutputFolder(Path folder, List<Path> created) {
    this.folder = folder;
    this.created = created;
  }

  /**
   * Makes the folder and checks that files can be created in it.
   *
   * @param results names of the files that count as an existing result
   * @throws CliException with {@link ExitCode#CANNOT_CREATE}
   */
  public static OutputFolder prepare(Path folder, List<String> results, Existing existing) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new CliException(ExitCode.CANNOT_CREATE, folder + ": is a file, not a folder");
    }
    for (String name : results) {
      if (existing == Existing.REFUSE && Files.exists(folder.resolve(name))) {
        throw new CliException(
            ExitCode.CANNOT_CREATE,
            folder + ": already holds " + name + "; choose another --out or add --overwrite");
      }
    }
    List<Path> created = missing(folder);
    OutputFolder output = new OutputFolder(folder, created);
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".janus", ".tmp"));
    } catch (IOException e) {
      output.close();
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          folder + ": cannot be written to (" + InputFiles.reason(e) + ")",
          e);
    }
    return output;
  }

  public Path path() {
    return folder;
  }

  /** A file of this folder. */
  public Path resolve(String name) {
    return folder.resolve(name);
  }

  /** Writes a text file in UTF-8; it appears when it is complete. */
  public void writeText(String name, String text) {
    try (AtomicFile file = AtomicFile.create(resolve(name))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.channel().write(bytes);
      }
      file.commit();
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          resolve(name) + ": cannot be written (" + InputFiles.reason(e) + ")",
          e);
    }
  }

  /** Keeps the folder whatever comes. */
  public void complete() {
    completed = true;
  }

  /** Removes the folders that were made here and are still empty, unless the work was completed. */
  @Override
  public void close() {
    if (completed) {
      return;
    }
    for (Path made : created) {
      try {
        Files.deleteIfExists(made);
      } catch (IOException e) {
        return; // not empty: somebody's files are in it
      }
    }
  }

  /** The folders that do not exist yet, innermost first. */
  private static List<Path> missing(Path folder) {
    List<Path> missing = new ArrayList<>();
    for (Path at = folder.toAbsolutePath(); at != null && !Files.exists(at); at = at.getParent()) {
      missing.add(at);
    }
    return missing;
  }
}
