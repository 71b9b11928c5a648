package dev.janus.contract.artifact;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hidden names beside a file or folder under which it is written until it is whole. A writer holds
 * a lock as long as it lives; that is how what a killed one left is told.
 */
final class TemporaryPath {
  /** Ends the name of what is being written. */
  static final String UNFINISHED = ".tmp";

  private TemporaryPath() {}

  /** A new name beside {@code target}. */
  static Path beside(Path target) {
    return beside(target, UNFINISHED);
  }

  /** A new name beside {@code target} that ends with {@code suffix}. */
  static Path beside(Path target, String suffix) {
    return target.toAbsolutePath().resolveSibling(prefix(target) + UUID.randomUUID() + suffix);
  }

  /** The name that differs from {@code path}, one of these, in its suffix alone. */
  static Path sibling(Path path, String suffix) {
    String name = String.valueOf(path.getFileName());
    return path.resolveSibling(name.substring(0, name.lastIndexOf('.')) + suffix);
  }

  /** What writers of {@code target}, living or killed, have under unfinished names. */
  static List<Path> left(Path target) throws IOException {
    return left(target, UNFINISHED);
  }

  /** What writers of {@code target}, living or killed, have under names with that suffix. */
  static List<Path> left(Path target, String suffix) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      return List.of();
    }
    String prefix = prefix(target);
    DirectoryStream.Filter<Path> ours =
        path -> {
          String name = path.getFileName().toString();
          return name.startsWith(prefix) && name.endsWith(suffix);
        };
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, ours)) {
      entries.forEach(left::add);
    }
    return left;
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  /** Takes the lock of a file that is being written, until the channel is closed. */
  static boolean hold(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException | IOException e) {
      // Held by this process, or a file system without locks: then nothing is taken for abandoned.
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
