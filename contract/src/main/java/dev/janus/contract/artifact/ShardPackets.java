package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.packet.PacketSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The arrays of one shard: tokens, offsets, features. Not thread-safe. */
final class ShardPackets implements Closeable {
  private final NpyFile tokens;
  private final NpyFile offsets;
  private final NpyFile features;
  private final double[] featureRow = new double[FlowFeature.COUNT];
  private long packets;

  private ShardPackets(NpyFile tokens, NpyFile offsets, NpyFile features) {
    this.tokens = tokens;
    this.offsets = offsets;
    this.features = features;
    offsets.put(0);
  }

  /**
   * Starts the arrays.
   *
   * @param folder folder of the shard
   * @throws ContractException when the disk refuses; no file is left open then
   */
  static ShardPackets create(Path folder) {
    Deque<NpyFile> open = new ArrayDeque<>();
    try {
      open.add(
          NpyFile.create(
              folder.resolve(ShardFiles.TOKENS), NpyType.FLOAT32, PacketSchema.CHANNELS));
      open.add(NpyFile.create(folder.resolve(ShardFiles.OFFSETS), NpyType.INT64, 0));
      open.add(
          NpyFile.create(folder.resolve(ShardFiles.FEATURES), NpyType.FLOAT64, FlowFeature.COUNT));
      return new ShardPackets(open.remove(), open.remove(), open.remove());
    } catch (ContractException e) {
      open.forEach(file -> closeAfter(e, file));
      throw e;
    }
  }

  /** Closes a file because of a failure that must not be hidden. */
  static void closeAfter(ContractException failure, Closeable file) {
    try {
      file.close();
    } catch (IOException | ContractException suppressed) {
      failure.addSuppressed(suppressed);
    }
  }

  void add(Flow flow) {
    tokens.put(flow.tokens(), flow.tokens().length);
    packets += flow.length();
    offsets.put(packets);
    FlowFeatures.compute(flow.tokens(), 0, flow.length(), featureRow, 0);
    features.put(featureRow);
  }

  /** Brings the arrays to the disk. */
  void finish() {
    tokens.finish();
    offsets.finish();
    features.finish();
  }

  @Override
  public void close() {
    try (tokens;
        offsets) {
      features.close();
    }
  }
}
