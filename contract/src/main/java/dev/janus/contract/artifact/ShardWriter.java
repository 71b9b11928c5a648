package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.packet.PacketSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes one shard of a store: {@code packet_tokens.npy [packets, 9]} float32 without padding,
 * {@code packet_offsets.npy [flows + 1]} int64 (flow {@code i} of the shard has the token rows from
 * offset {@code i} to the next), {@code flow_features.npy [flows, 20]} float64 and {@code
 * flows.parquet}. Arrays and table are written by one thread each. Not thread-safe.
 */
final class ShardWriter implements Closeable {
  private final Path folder;
  private final long firstFlowId;
  private final ShardPackets arrays;
  private final ParquetWriter rows;
  private final Threads threads;
  private final FlowBatcher batcher = new FlowBatcher(this::handOver);
  private int flows;
  private long packets;

  /**
   * Who writes, for one shard after the other.
   *
   * @param arrays writes the arrays
   * @param rows writes the table
   */
  record Threads(OrderedWorker arrays, OrderedWorker rows) implements AutoCloseable {
    static Threads start() {
      return new Threads(
          new OrderedWorker("janus-shard-arrays"), new OrderedWorker("janus-shard-rows"));
    }

    @Override
    public void close() {
      try (arrays) {
        rows.close();
      }
    }
  }

  private ShardWriter(
      Path folder, long firstFlowId, ShardPackets arrays, ParquetWriter rows, Threads threads) {
    this.folder = folder;
    this.firstFlowId = firstFlowId;
    this.arrays = arrays;
    this.rows = rows;
    this.threads = threads;
  }

  /**
   * Starts a shard.
   *
   * @param threads have nothing else to do until the shard is finished
   * @throws ContractException when the disk refuses; no file is left open then
   */
  static ShardWriter create(Path store, int number, long firstFlowId, Threads threads) {
    Path folder = store.resolve(ShardFiles.folder(number));
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw FileFailure.writing(folder, e);
    }
    ShardPackets arrays = ShardPackets.create(folder);
    try {
      ParquetWriter rows =
          ParquetWriter.create(
              folder.resolve(ShardFiles.FLOWS), FlowTables.flowColumns(), FlowTables.metadata());
      return new ShardWriter(folder, firstFlowId, arrays, rows, threads);
    } catch (ContractException e) {
      ShardPackets.closeAfter(e, arrays);
      throw e;
    }
  }

  int flows() {
    return flows;
  }

  /** Whether a flow more could be one packet too many for an array. */
  boolean isFull() {
    return packets > Integer.MAX_VALUE - PacketSchema.MAX_PACKETS;
  }

  /**
   * Adds a flow.
   *
   * @throws ContractException when the disk has refused an earlier one
   */
  void add(LabelledFlow next) {
    Flow flow = next.flow();
    if (flow.flowId() != firstFlowId + flows) {
      throw new IllegalStateException(
          "flow %d instead of %d".formatted(flow.flowId(), firstFlowId + flows));
    }
    flows++;
    packets += flow.length();
    batcher.add(next);
  }

  private void handOver(List<LabelledFlow> together) {
    threads.arrays().submit(() -> together.forEach(next -> arrays.add(next.flow())));
    threads.rows().submit(() -> together.forEach(next -> FlowRow.put(rows, next)));
  }

  /** Brings the shard to the disk and closes it. */
  StoreIndex.Shard finish() {
    batcher.flush();
    Map<String, StoreIndex.StoredFile> digests = new ConcurrentHashMap<>();
    threads
        .rows()
        .submit(() -> {
          rows.commit();
          digests.put(ShardFiles.FLOWS, FileDigest.of(folder.resolve(ShardFiles.FLOWS)));
        });
    threads
        .arrays()
        .submit(() -> {
          arrays.finish();
          for (String file : ShardFiles.ARRAYS) {
            digests.put(file, FileDigest.of(folder.resolve(file)));
          }
        });
    threads.rows().finish();
    threads.arrays().finish();
    close();
    TemporaryPath.forceFolder(folder);
    Map<String, StoreIndex.StoredFile> files = new LinkedHashMap<>();
    for (String file : ShardFiles.ALL) {
      files.put(file, digests.get(file));
    }
    return new StoreIndex.Shard(
        String.valueOf(folder.getFileName()), firstFlowId, flows, packets, files);
  }

  /** Only while the threads have nothing to do. */
  @Override
  public void close() {
    try (arrays) {
      rows.close();
    }
  }
}
