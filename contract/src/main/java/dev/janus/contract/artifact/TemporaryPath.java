package dev.janus.contract.artifact;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hidden names beside a file or folder under which it is written until it is whole. A writer holds
 * a lock as long as it lives; that is how what a killed one left is told.
 *
 * <p>Names are {@code .TARGET.UUID.SUFFIX}. The first half of the UUID is that of the process, so
 * that it knows its own names: on POSIX systems, to close any channel of a file gives back every
 * lock that the process has on it, and so a process must not even look at the lock of a writer of
 * its own.
 */
final class TemporaryPath {
  /** Ends the name of what is being written. */
  static final String UNFINISHED = ".tmp";

  private static final int UUID_CHARACTERS = 36;

  private static final long PROCESS = UUID.randomUUID().getMostSignificantBits();

  private TemporaryPath() {}

  /** A new name beside {@code target}. */
  static Path beside(Path target) {
    return beside(target, UNFINISHED);
  }

  /** A new name beside {@code target} that ends with {@code suffix}. */
  static Path beside(Path target, String suffix) {
    UUID id = new UUID(PROCESS, UUID.randomUUID().getLeastSignificantBits());
    return target.toAbsolutePath().resolveSibling(prefix(target) + id + suffix);
  }

  /** The name that differs from {@code path}, one of these, in its suffix alone. */
  static Path sibling(Path path, String suffix) {
    String name = String.valueOf(path.getFileName());
    return path.resolveSibling(name.substring(0, name.lastIndexOf('.')) + suffix);
  }

  /** What writers of {@code target}, living or killed, have under names with that suffix. */
  static List<Path> left(Path target, String suffix) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      return List.of();
    }
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(folder, path -> id(target, path, suffix).isPresent())) {
      entries.forEach(left::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return left;
  }

  /** As {@link #left}, without what this process has. */
  static List<Path> leftByOthers(Path target, String suffix) throws IOException {
    return left(target, suffix).stream()
        .filter(path -> id(target, path, suffix).orElseThrow().getMostSignificantBits() != PROCESS)
        .toList();
  }

  /** The UUID in a name of {@code target}; empty in the names of others, as of one with a dot. */
  private static Optional<UUID> id(Path target, Path path, String suffix) {
    String name = String.valueOf(path.getFileName());
    String prefix = prefix(target);
    if (name.length() != prefix.length() + UUID_CHARACTERS + suffix.length()
        || !name.startsWith(prefix)
        || !name.endsWith(suffix)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          UUID.fromString(name.substring(prefix.length(), name.length() - suffix.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  /** Takes the lock of a file that is being written, until the channel is closed. */
  static boolean hold(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException | IOException e) {
      // Another thread tidies up, or a file system without locks, where nothing is ever abandoned.
      return false;
    }
  }

  /** Makes new names in a folder survive a power cut; not every system can open a folder. */
  static void forceFolder(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
      opened.force(true);
    } catch (IOException e) {
      System.getLogger(TemporaryPath.class.getName())
          .log(System.Logger.Level.DEBUG, "folder " + folder + " cannot be forced to disk", e);
    }
  }
}
