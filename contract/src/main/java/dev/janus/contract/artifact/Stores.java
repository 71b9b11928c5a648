package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.OutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the sharded store of a data set. */
public final class Stores {
  private Stores() {}

  /** Removes the store of a data set, if there is one: arrays are about to take its place. */
  static void remove(Path folder) {
    Path store = folder.resolve(ShardFiles.STORE);
    try {
      AtomicFolder.removeAside(store);
      Files.deleteIfExists(ShardFiles.index(store));
      if (Files.isDirectory(store)) {
        FolderTree.remove(store);
      }
    } catch (IOException e) {
      throw FileFailure.writing(store, e);
    }
  }

  /** Removes the files of the other form: a store is about to take their place. */
  static void removeArrays(Path folder) {
    for (String name :
        List.of(FlowTables.FLOWS_FILE, FlowTables.PACKETS_FILE, FlowTables.FEATURES_FILE)) {
      Path file = folder.resolve(name);
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw FileFailure.writing(file, e);
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
    if (!Files.isDirectory(folder)) {
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
   * put back.
   *
   * @throws ContractException when there is one beside {@code packets.npz}, so that nobody could
   *     tell which of the two is meant
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
    if (Files.exists(folder.resolve(FlowTables.PACKETS_FILE))) {
      throw new ContractException(
          "%s: holds both %s and %s; remove one of them"
              .formatted(folder, FlowTables.PACKETS_FILE, ShardFiles.STORE));
    }
    return Optional.of(store);
  }
}
