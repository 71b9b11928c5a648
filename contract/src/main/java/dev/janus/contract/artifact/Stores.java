package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.OutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the sharded store of a data set, and lets a store and arrays take each other's place.
 *
 * <p>Which of the two counts is told by one fact: a store that is in its place, or that a writer
 * had set aside for a newer one when it was killed, counts, whatever lies beside it. So arrays are
 * replaced by the move that puts a store in its place, and a store by the move that takes it away
 * once all arrays are in theirs. Whenever a writer is killed one of the two is whole and counts,
 * and readers at work meanwhile change nothing about that.
 */
public final class Stores {
  private Stores() {}

  /**
   * Puts arrays in the place of older ones, or of a store if there is one. The older data set's
   * summary goes with it.
   *
   * @param arrays puts their files in place, {@code flows.parquet} last; where that fails a store
   *     and its summary stay
   */
  static void replaceByArrays(Path folder, Runnable arrays) {
    restore(folder);
    Path store = folder.resolve(ShardFiles.STORE);
    Path summary = folder.resolve(ArtifactWriter.SUMMARY_FILE);
    // A crash between the moves must not leave new and old files side by side as if they matched.
    ArtifactWriter.remove(folder.resolve(FlowTables.FLOWS_FILE));
    if (!Files.isRegularFile(ShardFiles.index(store))) {
      ArtifactWriter.remove(summary);
    }
    arrays.run();
    ArtifactWriter.remove(summary);
    try {
      AtomicFolder.remove(store);
    } catch (IOException e) {
      throw new OutputException(
          store + ": replaced by arrays, but cannot be removed: " + FileFailure.reason(e), e);
    }
  }

  /** Removes the files of the other form: a store has taken their place. */
  static void removeArrays(Path folder) {
    for (String name :
        List.of(FlowTables.FLOWS_FILE, FlowTables.PACKETS_FILE, FlowTables.FEATURES_FILE)) {
      Path file = folder.resolve(name);
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new OutputException(
            file + ": replaced by a store, but cannot be removed: " + FileFailure.reason(e), e);
      }
    }
  }

  /**
   * Puts a store back where a writer that was killed had set it aside. To be called before asking
   * whether a folder is there or holds a result.
   *
   * @param folder of a data set, or of a store itself
   * @throws ContractException when that fails; names the folder
   */
  public static void restore(Path folder) {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null && folder.endsWith(ShardFiles.STORE)) {
      restoreIn(parent);
    }
    restoreIn(folder);
  }

  private static void restoreIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Path store = folder.resolve(ShardFiles.STORE);
    try {
      AtomicFolder.restore(store);
    } catch (IOException e) {
      throw new OutputException(
          store
              + ": was set aside by a writer that was killed, and cannot be put back: "
              + FileFailure.reason(e),
          e);
    }
  }

  /**
   * The store that {@code folder} is, or that lies in it. One that a killed writer had set aside is
   * put back. Where arrays lie beside it the store counts, and a warning is logged.
   */
  public static Optional<Path> find(Path folder) {
    restore(folder);
    if (Files.isRegularFile(ShardFiles.index(folder))) {
      return Optional.of(folder);
    }
    Path store = folder.resolve(ShardFiles.STORE);
    if (!Files.isRegularFile(ShardFiles.index(store))) {
      return Optional.empty();
    }
    Path packets = folder.resolve(FlowTables.PACKETS_FILE);
    if (Files.exists(packets)) {
      System.getLogger(Stores.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "{0}: not read, because {1} lies beside it; remove one of them",
              packets,
              store);
    }
    return Optional.of(store);
  }
}
