package dev.janus.contract.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Says that the writer of a folder lives: a locked file beside the unfinished folder, there before
 * the folder is made and until it has been moved or removed. It lies beside and not in it so that
 * it holds through the move. Not thread-safe.
 */
final class WriterLock implements Closeable {
  private static final String SUFFIX = ".lock";

  private final Path file;
  private final FileChannel channel;

  private WriterLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock for a new unfinished folder beside {@code target}. */
  static WriterLock take(Path target) throws IOException {
    while (true) {
      Path file = TemporaryPath.beside(target, SUFFIX);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      WriterLock lock = new WriterLock(file, channel);
      if (lock.hold()) {
        return lock;
      }
      lock.close();
    }
  }

  /** False when another writer, tidying up, was quicker: this file is about to go or gone. */
  private boolean hold() {
    try {
      return channel.tryLock() != null && Files.exists(file);
    } catch (IOException e) {
      return true; // a file system without locks: nothing there is taken for abandoned
    }
  }

  /** The name of the folder that this lock is for. */
  Path folder() {
    return TemporaryPath.sibling(file, TemporaryPath.UNFINISHED);
  }

  @Override
  public void close() throws IOException {
    // Removed while it is held, so that nobody takes it in between.
    try (channel) {
      Files.deleteIfExists(file);
    }
  }

  /** Removes what killed writers of {@code target} left unfinished. */
  static void removeAbandoned(Path target) throws IOException {
    for (Path file : TemporaryPath.leftByOthers(target, SUFFIX)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        if (TemporaryPath.hold(channel)) {
          FolderTree.remove(TemporaryPath.sibling(file, TemporaryPath.UNFINISHED));
          Files.deleteIfExists(file);
        }
      } catch (NoSuchFileException e) {
        continue; // its writer has just ended
      }
    }
    for (Path folder : TemporaryPath.left(target, TemporaryPath.UNFINISHED)) {
      if (!Files.exists(TemporaryPath.sibling(folder, SUFFIX))) {
        FolderTree.remove(folder);
      }
    }
  }
}
