package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.FlowBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads a store from end to end and compares it with its index. */
public final class StoreCheck {
  private static final int FLOWS_PER_PIECE = 4096;

  private StoreCheck() {}

  /**
   * Checks that nothing else lies in the store or its shards, sizes and checksums of all files, and
   * every token, feature and row.
   *
   * @param store the folder with the index
   * @param progress told the bytes checked so far, of {@link StoreIndex#bytes}; what it throws ends
   *     the check
   * @return the index, which everything agrees with
   * @throws ContractException on the first difference
   */
  public static StoreIndex run(Path store, LongConsumer progress) {
    StoreIndex index = StoreIndex.read(store);
    requireNothingElse(store, index);
    long bytes = 0;
    for (StoreIndex.Shard shard : index.shards()) {
      for (String name : ShardFiles.ALL) {
        Path file = store.resolve(shard.folder()).resolve(name);
        StoreIndex.StoredFile found = FileDigest.of(file);
        if (!found.equals(shard.files().get(name))) {
          throw new ContractException(
              file + ": does not have the size and SHA-256 of the index" + TableColumns.FIX);
        }
        bytes += found.bytes();
        progress.accept(bytes);
      }
    }
    FlowDataset dataset = FlowDataset.read(store);
    FlowBatch batch = new FlowBatch();
    for (int from = 0; from < dataset.size(); from += FLOWS_PER_PIECE) {
      int[] rows =
          IntStream.range(from, Math.min(dataset.size(), from + FLOWS_PER_PIECE)).toArray();
      batch.clear();
      dataset.flows().copy(rows, 0, rows.length, batch);
      for (int i = 0; i < rows.length; i++) {
        if (dataset.metadata().packets(rows[i]) < batch.length(i)) {
          throw new ContractException(
              "%s: flow %d: %d packets, but %d of them are stored%s"
                  .formatted(
                      store,
                      rows[i],
                      dataset.metadata().packets(rows[i]),
                      batch.length(i),
                      TableColumns.FIX));
        }
      }
      progress.accept(bytes);
    }
    return index;
  }

  private static void requireNothingElse(Path store, StoreIndex index) {
    Set<String> parts = new HashSet<>(Set.of(ShardFiles.INDEX));
    for (StoreIndex.Shard shard : index.shards()) {
      parts.add(shard.folder());
      requireOnly(store.resolve(shard.folder()), Set.copyOf(ShardFiles.ALL));
    }
    requireOnly(store, parts);
  }

  private static void requireOnly(Path folder, Set<String> names) {
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(path -> !names.contains(String.valueOf(path.getFileName())))
          .sorted()
          .findFirst()
          .ifPresent(path -> {
            throw new ContractException(path + ": is no part of the store; remove it");
          });
    } catch (IOException e) {
      throw unlisted(folder, e);
    } catch (UncheckedIOException e) {
      throw unlisted(folder, Objects.requireNonNull(e.getCause()));
    }
  }

  private static ContractException unlisted(Path folder, IOException failure) {
    return new ContractException(
        folder + ": cannot be listed: " + FileFailure.reason(failure), failure);
  }
}
