package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.OutputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A folder that appears under its name only when it is complete: it is filled under a hidden name
 * beside it and then moved. Closing it before {@link #commit} leaves an older folder of that name
 * as it was. What a killed process leaves is removed by the next writer. Not thread-safe.
 */
final class AtomicFolder implements Closeable {
  private static final String LOCK = ".lock";

  private final Path target;
  private final Path temporary;
  private final FileChannel lock;
  private boolean committed;

  private AtomicFolder(Path target, Path temporary, FileChannel lock) {
    this.target = target;
    this.temporary = temporary;
    this.lock = lock;
  }

  /**
   * Starts an empty folder.
   *
   * @param target the folder to be; the one above must exist
   * @throws ContractException when that cannot be written to
   */
  static AtomicFolder create(Path target) {
    Path temporary = TemporaryPath.beside(target);
    try {
      removeAbandoned(target);
      Files.createDirectory(temporary);
      FileChannel lock =
          FileChannel.open(
              temporary.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      TemporaryPath.hold(lock);
      return new AtomicFolder(target, temporary, lock);
    } catch (IOException e) {
      throw FileFailure.writing(target, e);
    }
  }

  /** Where to write. */
  Path path() {
    return temporary;
  }

  /** Gives the folder its name; an older one of that name is removed. */
  void commit() {
    try {
      Files.delete(temporary.resolve(LOCK));
      lock.close();
      TemporaryPath.forceFolder(temporary);
      Path old = TemporaryPath.beside(target);
      boolean replaces = Files.exists(target);
      if (replaces) {
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      }
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        if (replaces) {
          Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
        }
        throw e;
      }
      committed = true;
      TemporaryPath.forceFolder(target.toAbsolutePath().getParent());
      if (replaces) {
        removeAll(old);
      }
    } catch (IOException e) {
      throw FileFailure.writing(target, e);
    }
  }

  /** Throws away what was written, unless it was committed. */
  @Override
  public void close() {
    if (committed) {
      return;
    }
    try {
      lock.close();
      removeAll(temporary);
    } catch (IOException e) {
      throw new OutputException(temporary + ": cannot be removed: " + FileFailure.reason(e), e);
    }
  }

  private static void removeAbandoned(Path target) throws IOException {
    for (Path path : TemporaryPath.left(target)) {
      if (isAbandoned(path)) {
        removeAll(path);
      }
    }
  }

  private static boolean isAbandoned(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    if (!Files.exists(file)) {
      return true; // complete and about to be moved, or an old one about to go: never for long
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return TemporaryPath.hold(channel);
    }
  }

  static void removeAll(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
