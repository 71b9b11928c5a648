package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the metadata of a data set; packets and features are left alone. */
final class MetadataReader {
  private MetadataReader() {}

  /**
   * Reads and checks {@code flows.parquet}, or the ones of all shards. Only where another program
   * wrote it without numbers of packets, the data set is read whole.
   *
   * @param folder of an extraction, or a store itself
   * @throws ContractException on the first violation; names file, row and column and what to do
   */
  static FlowMetadata read(Path folder) {
    Optional<Path> store = Stores.find(folder);
    if (!Files.isDirectory(folder)) {
      throw new MissingInputException(
          folder + ": no such folder; give the one that janus extract wrote with --out");
    }
    if (store.isPresent()) {
      return ofStore(store.get(), StoreIndex.read(store.get()));
    }
    Path file = folder.resolve(FlowTables.FLOWS_FILE);
    if (!Files.isRegularFile(file)) {
      throw new ContractException(file + ": no such file" + TableColumns.FIX);
    }
    try (FlowRecordReader records = FlowRecordReader.open(file, 0)) {
      boolean told = records.hasPackets();
      if (told) {
        if (records.rowCount() > Integer.MAX_VALUE) {
          throw new ContractException(
              "%s: %d rows are too many for one data set".formatted(file, records.rowCount()));
        }
        FlowMetadata.Builder metadata = new FlowMetadata.Builder((int) records.rowCount());
        while (told && records.next()) {
          told = records.tellsPackets();
          if (told) {
            metadata.add(records.flow());
          }
        }
        if (told) {
          return metadata.build();
        }
      }
    }
    return FlowDataset.read(folder).metadata();
  }

  /** Reads what a store says of its flows. */
  static FlowMetadata ofStore(Path store, StoreIndex index) {
    FlowMetadata.Builder metadata = new FlowMetadata.Builder(Math.toIntExact(index.flows()));
    for (StoreIndex.Shard shard : index.shards()) {
      Path file = store.resolve(shard.folder()).resolve(ShardFiles.FLOWS);
      try (FlowRecordReader records = FlowRecordReader.open(file, shard.firstFlowId())) {
        if (records.rowCount() != shard.flows()) {
          throw new ContractException(
              "%s: %d rows, but the index says %d flows%s"
                  .formatted(file, records.rowCount(), shard.flows(), TableColumns.FIX));
        }
        while (records.next()) {
          metadata.add(records.flow());
        }
      }
    }
    return metadata.build();
  }
}
