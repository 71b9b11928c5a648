package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.OutputException;
import dev.janus.contract.artifact.AtomicFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder for the flows of captures while a command looks at them. It is gone when this is closed;
 * one that a killed process left in the same folder is removed by the next.
 */
final class SpillFolder implements AutoCloseable {
  private static final String NAME = "labels-audit";

  private final AtomicFolder folder;
  private final Optional<Path> temporary;

  private SpillFolder(AtomicFolder folder, Optional<Path> temporary) {
    this.folder = folder;
    this.temporary = temporary;
  }

  /**
   * Makes it.
   *
   * @param out where; empty for the system's temporary folder, which the system tidies up
   */
  static SpillFolder create(Optional<Path> out) {
    if (out.isPresent()) {
      return new SpillFolder(AtomicFolder.create(out.get().resolve(NAME)), Optional.empty());
    }
    // Of its own, because others may not even look at what this user has there.
    Path temporary = temporary();
    return new SpillFolder(AtomicFolder.create(temporary.resolve(NAME)), Optional.of(temporary));
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("janus-audit");
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          "%s: no folder for the flows of captures can be made there (%s); choose an --out folder"
              .formatted(System.getProperty("java.io.tmpdir"), InputFiles.reason(e)),
          e);
    }
  }

  Path path() {
    return folder.path();
  }

  /** Removes it with everything in it. */
  @Override
  public void close() {
    try {
      folder.close();
      if (temporary.isPresent()) {
        Files.deleteIfExists(temporary.get());
      }
    } catch (OutputException | IOException e) {
      System.getLogger(SpillFolder.class.getName())
          .log(System.Logger.Level.WARNING, "{0}: it is of no more use", e.getMessage());
    }
  }
}
