package dev.janus.cli.files;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two processes from working in one folder: an empty file that the first one locks. The
 * system frees it when the process ends, however it ends.
 *
 * <p>A second lock in the same process is refused too; but on POSIX systems it costs the first its
 * lock, after which other processes are no longer refused. So a process must not take two for one
 * folder. Not thread-safe.
 */
public final class FolderLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a folder.
   *
   * @param folder an existing folder
   * @param name name of the file in it
   * @param work what is done there, in a word: "extraction"
   * @throws CliException with {@link ExitCode#CANNOT_CREATE} when it is locked already or cannot be
   */
  public static FolderLock take(Path folder, String name, String work) {
    Path file = folder.resolve(name);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locks(channel)) {
        return new FolderLock(file, channel);
      }
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE, file + ": cannot be locked (" + InputFiles.reason(e) + ")", e);
    }
    throw new CliException(
        ExitCode.CANNOT_CREATE,
        "%s: another %s is at work here; wait for it or choose another --out"
            .formatted(folder, work));
  }

  /** Locks a file; where that fails, the channel is closed. */
  private static boolean locks(FileChannel channel) throws IOException {
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked;
  }

  /** Whether it is still locked. */
  public boolean isHeld() {
    return channel.isOpen();
  }

  /** Removes the file and frees the folder. */
  public void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE, file + ": cannot be removed (" + InputFiles.reason(e) + ")", e);
    }
    close();
  }

  /** Frees the folder; the file stays. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger(FolderLock.class.getName())
          .log(System.Logger.Level.DEBUG, "lock " + file, e);
    }
  }
}
