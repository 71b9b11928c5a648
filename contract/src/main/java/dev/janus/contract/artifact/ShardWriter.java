package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.packet.PacketSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes one shard of a store: {@code packet_tokens.npy [packets, 9]} float32 without padding,
 * {@code packet_offsets.npy [flows + 1]} int64 (flow {@code i} of the shard has the token rows from
 * offset {@code i} to the next), {@code flow_features.npy [flows, 20]} float64 and {@code
 * flows.parquet}. Not thread-safe.
 */
final class ShardWriter implements Closeable {
  private final Path folder;
  private final long firstFlowId;
  private final NpyFile tokens;
  private final NpyFile offsets;
  private final NpyFile features;
  private final ParquetWriter rows;
  private final double[] featureRow = new double[FlowFeature.COUNT];
  private int flows;
  private long packets;

  private ShardWriter(
      Path folder,
      long firstFlowId,
      NpyFile tokens,
      NpyFile offsets,
      NpyFile features,
      ParquetWriter rows) {
    this.folder = folder;
    this.firstFlowId = firstFlowId;
    this.tokens = tokens;
    this.offsets = offsets;
    this.features = features;
    this.rows = rows;
    offsets.put(0);
  }

  /**
   * Starts a shard.
   *
   * @throws ContractException when the disk refuses; no file is left open then
   */
  static ShardWriter create(Path store, int number, long firstFlowId) {
    Path folder = store.resolve(ShardFiles.folder(number));
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw FileFailure.writing(folder, e);
    }
    Deque<Closeable> open = new ArrayDeque<>();
    try {
      NpyFile tokens =
          NpyFile.create(folder.resolve(ShardFiles.TOKENS), NpyType.FLOAT32, PacketSchema.CHANNELS);
      open.push(tokens);
      NpyFile offsets = NpyFile.create(folder.resolve(ShardFiles.OFFSETS), NpyType.INT64, 0);
      open.push(offsets);
      NpyFile features =
          NpyFile.create(folder.resolve(ShardFiles.FEATURES), NpyType.FLOAT64, FlowFeature.COUNT);
      open.push(features);
      ParquetWriter rows =
          ParquetWriter.create(
              folder.resolve(ShardFiles.FLOWS), FlowTables.flowColumns(), FlowTables.metadata());
      return new ShardWriter(folder, firstFlowId, tokens, offsets, features, rows);
    } catch (ContractException e) {
      for (Closeable file : open) {
        try {
          file.close();
        } catch (IOException | ContractException suppressed) {
          e.addSuppressed(suppressed);
        }
      }
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

  void add(Flow flow, String label, String capture) {
    if (flow.flowId() != firstFlowId + flows) {
      throw new IllegalStateException(
          "flow %d instead of %d".formatted(flow.flowId(), firstFlowId + flows));
    }
    FlowRow.put(rows, flow, label, capture);
    tokens.put(flow.tokens(), flow.tokens().length);
    packets += flow.length();
    offsets.put(packets);
    FlowFeatures.compute(flow.tokens(), 0, flow.length(), featureRow, 0);
    features.put(featureRow);
    flows++;
  }

  /** Brings the shard to the disk. */
  StoreIndex.Shard finish() {
    tokens.finish();
    offsets.finish();
    features.finish();
    rows.commit();
    Map<String, StoreIndex.StoredFile> files = new LinkedHashMap<>();
    for (String file : ShardFiles.ALL) {
      files.put(file, FileDigest.of(folder.resolve(file)));
    }
    TemporaryPath.forceFolder(folder);
    return new StoreIndex.Shard(
        String.valueOf(folder.getFileName()), firstFlowId, flows, packets, files);
  }

  @Override
  public void close() {
    try (tokens;
        offsets;
        features) {
      rows.close();
    }
  }
}
