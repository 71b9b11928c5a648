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
 * <p>A writer removes the older form after the newer one is in place, so one that is killed leaves
 * at least one of them whole. Which one counts is told by these rules: a store in its place counts,
 * whatever lies beside it. One that was set aside counts unless {@code flows.parquet}, the last of
 * the arrays' files, is there.
 */
public final class Stores {
  private Stores() {}

  /**
   * Ends what a killed writer had begun, so that the folder holds one form of the data set. To be
   * called before another one is written.
   */
  static void settle(Path folder) {
    restore(folder);
    Path store = folder.resolve(ShardFiles.STORE);
    if (Files.isRegularFile(ShardFiles.index(store))) {
      removeArrays(folder);
    } else if (!Files.exists(store)) {
      removeAside(store);
    }
  }

  /**
   * Puts arrays in the place of a store, if there is one.
   *
   * @param arrays puts their files in place, {@code flows.parquet} last; where that fails the store
   *     stays
   */
  static void replaceByArrays(Path folder, Runnable arrays) {
    Path store = folder.resolve(ShardFiles.STORE);
    try {
      AtomicFolder.setAside(store);
    } catch (IOException e) {
      throw FileFailure.writing(store, e);
    }
    try {
      arrays.run();
    } finally {
      restore(folder);
    }
    removeAside(store);
  }

  private static void removeAside(Path store) {
    try {
      AtomicFolder.removeAside(store);
    } catch (IOException e) {
      throw FileFailure.writing(store, e);
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
   * Puts the store of a data set back where a writer that was killed had set it aside. To be called
   * before asking whether a folder holds a result.
   *
   * @throws ContractException when that fails; names the folder
   */
  public static void restore(Path folder) {
    Path store = folder.resolve(ShardFiles.STORE);
    if (!Files.isDirectory(folder) || Files.isRegularFile(folder.resolve(FlowTables.FLOWS_FILE))) {
      return;
    }
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
    if (Files.isRegularFile(ShardFiles.index(folder))) {
      return Optional.of(folder);
    }
    restore(folder);
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
