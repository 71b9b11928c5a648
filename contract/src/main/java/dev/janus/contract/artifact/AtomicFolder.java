package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.OutputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;

/**
 * A folder that appears under its name only when it is complete: it is filled under a hidden name
 * beside it and then moved. Closing it before {@link #commit} leaves an older folder of that name
 * as it was. Not thread-safe.
 *
 * <p>No system moves a folder over another one, so an older one is set aside first, under a name
 * that says that it is whole. These rules hold whenever a process is killed:
 *
 * <ul>
 *   <li>What is set aside is removed only when something was seen in its place afterwards.
 *   <li>Where something is set aside and nothing is in place, the next writer, or a reader by
 *       {@link #restore}, puts it back.
 *   <li>What is unfinished is removed by the next writer once the {@link WriterLock} is free, which
 *       it is not before the last move.
 * </ul>
 */
public final class AtomicFolder implements Closeable {
  private static final String ASIDE = ".old";

  /** Readers and writers may be quicker than each other; then once more. */
  private static final int ATTEMPTS = 16;

  private final Path target;
  private final Path temporary;
  private final WriterLock lock;
  private boolean committed;

  private AtomicFolder(Path target, WriterLock lock) {
    this.target = target;
    this.temporary = lock.folder();
    this.lock = lock;
  }

  /**
   * Starts an empty folder.
   *
   * @param target the folder to be; the one above must exist
   * @throws ContractException when that cannot be written to
   */
  public static AtomicFolder create(Path target) {
    try {
      restore(target);
      removeReplaced(target);
      WriterLock.removeAbandoned(target);
      WriterLock lock = WriterLock.take(target);
      try {
        Files.createDirectory(lock.folder());
      } catch (IOException e) {
        lock.close();
        throw e;
      }
      return new AtomicFolder(target, lock);
    } catch (IOException e) {
      throw FileFailure.writing(target, e);
    }
  }

  /** Where to write. */
  public Path path() {
    return temporary;
  }

  /**
   * Gives the folder its name; an older one of that name is removed.
   *
   * @throws ContractException when that fails; an older folder that was not replaced is still there
   */
  public void commit() {
    try {
      TemporaryPath.forceFolder(temporary);
      moveIntoPlace();
      committed = true;
      TemporaryPath.forceFolder(target.toAbsolutePath().getParent());
      lock.close();
      removeReplaced(target);
    } catch (IOException e) {
      throw FileFailure.writing(target, e);
    }
  }

  private void moveIntoPlace() throws IOException {
    removeReplaced(target);
    for (int attempt = 1; ; attempt++) {
      setAside(target);
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException e) {
        // A reader may have put back what is set aside before its successor came.
        if (attempt == ATTEMPTS || !isThere(target)) {
          restore(target);
          throw e;
        }
      }
    }
  }

  /** Also says so of a link to what is not there: links are moved and not followed. */
  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Throws away what was written, unless it was committed. */
  @Override
  public void close() {
    if (committed) {
      return;
    }
    try (lock) {
      FolderTree.remove(temporary);
    } catch (IOException e) {
      throw new OutputException(temporary + ": cannot be removed: " + FileFailure.reason(e), e);
    }
  }

  /** Takes a folder out of its place, if it is there, until its successor is in place. */
  private static void setAside(Path target) throws IOException {
    try {
      Files.move(target, TemporaryPath.beside(target, ASIDE), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return; // there is none, or another writer was quicker
    }
  }

  /**
   * Puts back what was set aside, if nothing is in its place: whoever set it aside was killed
   * before its successor came.
   *
   * @throws IOException when it cannot be put back; nothing is lost then
   */
  static void restore(Path target) throws IOException {
    for (int attempt = 1; !isThere(target); attempt++) {
      List<Path> aside = TemporaryPath.left(target, ASIDE);
      if (aside.isEmpty()) {
        return;
      }
      try {
        Path newest = aside.getFirst();
        for (Path path : aside) {
          newest = written(path).compareTo(written(newest)) > 0 ? path : newest;
        }
        Files.move(newest, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        if (attempt == ATTEMPTS && !isThere(target)) {
          throw e;
        }
      }
    }
  }

  /** When the last name in a folder changed; moving the folder does not change that. */
  private static FileTime written(Path folder) throws IOException {
    return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Removes what was set aside, if something is in its place. That is whole and counts, even if it
   * should be the older one: so it can come when a reader puts back what one writer had set aside
   * after a second one set aside the successor, and the second one is then killed.
   */
  private static void removeReplaced(Path target) throws IOException {
    List<Path> aside = TemporaryPath.left(target, ASIDE);
    // Looked at after the list was made, so that the last that there is never goes.
    if (!isThere(target)) {
      return;
    }
    for (Path path : aside) {
      // Half removed it must not look whole.
      Path unfinished = TemporaryPath.sibling(path, TemporaryPath.UNFINISHED);
      try {
        Files.move(path, unfinished, StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException e) {
        continue; // another writer was quicker
      }
      FolderTree.remove(unfinished);
    }
  }

  /**
   * Removes a folder, if it is there, and what killed writers left of it. It goes by one move:
   * whenever that fails or the process is killed, the folder is there as a whole or not at all, and
   * nothing of it is put back.
   */
  static void remove(Path target) throws IOException {
    restore(target);
    removeReplaced(target);
    if (isThere(target)) {
      Files.move(target, TemporaryPath.beside(target), StandardCopyOption.ATOMIC_MOVE);
      TemporaryPath.forceFolder(target.toAbsolutePath().getParent());
    }
    // It has no lock, so it is one of those that killed writers left.
    WriterLock.removeAbandoned(target);
  }
}
