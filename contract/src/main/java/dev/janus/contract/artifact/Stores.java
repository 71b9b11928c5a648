package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the sharded store of a data set. */
public final class Stores {
  private Stores() {}

  /**
   * The store that {@code folder} is, or that lies in it.
   *
   * @throws ContractException when there is one beside {@code packets.npz}, so that nobody could
   *     tell which of the two is meant
   */
  public static Optional<Path> find(Path folder) {
    if (Files.isRegularFile(ShardFiles.index(folder))) {
      return Optional.of(folder);
    }
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
