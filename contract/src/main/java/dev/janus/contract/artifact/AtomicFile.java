package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.OutputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that appears under its name only when it is complete: it is written under a hidden
 * temporary name in the same folder, forced to the disk and then moved. Closing it before {@link
 * #commit} leaves an existing file of that name as it was and nothing else behind.
 *
 * <p>A process that is killed cannot tidy up; the next writer of the same file removes what it
 * left. Not thread-safe.
 */
public final class AtomicFile implements Closeable {
  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private boolean committed;

  private AtomicFile(Path target, Path temporary, FileChannel channel) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
  }

  /**
   * Starts writing.
   *
   * @param target the file to be; its folder must exist
   * @throws ContractException when the folder cannot be written to
   */
  public static AtomicFile create(Path target) {
    Path temporary = TemporaryPath.beside(target);
    try {
      removeAbandoned(target);
      FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      TemporaryPath.hold(channel);
      return new AtomicFile(target, temporary, channel);
    } catch (IOException e) {
      throw FileFailure.writing(target, e);
    }
  }

  /** Where to write. Closing it is left to this object. */
  public FileChannel channel() {
    return channel;
  }

  /** The name the file will have. */
  public Path target() {
    return target;
  }

  /**
   * Forces what was written to the disk; afterwards nothing more can be written.
   *
   * @throws ContractException when that fails
   */
  public void force() {
    try {
      if (channel.isOpen()) {
        channel.force(true);
        channel.close();
      }
    } catch (IOException e) {
      throw FileFailure.writing(target, e);
    }
  }

  /**
   * Forces the file to the disk if that was not done yet and gives it its name, replacing an older
   * one.
   *
   * @throws ContractException when that fails; the older file is then still there
   */
  public void commit() {
    if (committed) {
      throw new IllegalStateException(target + " is already in place");
    }
    force();
    try {
      moveIntoPlace();
    } catch (IOException e) {
      throw FileFailure.writing(target, e);
    }
    committed = true;
    TemporaryPath.forceFolder(target.toAbsolutePath().getParent());
  }

  private void moveIntoPlace() throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Throws away what was written, unless it was committed. */
  @Override
  public void close() {
    if (committed) {
      return;
    }
    try {
      channel.close();
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw new OutputException(temporary + ": cannot be removed: " + FileFailure.reason(e), e);
    }
  }

  private static void removeAbandoned(Path target) throws IOException {
    for (Path path : TemporaryPath.leftByOthers(target, TemporaryPath.UNFINISHED)) {
      boolean abandoned;
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        abandoned = TemporaryPath.hold(channel);
      } catch (NoSuchFileException e) {
        continue; // its writer has just ended
      }
      if (abandoned) {
        Files.deleteIfExists(path);
      }
    }
  }
}
