package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowSource;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The packets and features of a sharded store, read in place: memory is what the operating system
 * has to spare. Every flow is checked when it is copied. Thread-safe.
 */
final class ShardedFlows implements FlowSource {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ORDER);
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER);
  private static final int TOKEN_BYTES = PacketSchema.CHANNELS * Float.BYTES;
  private static final int FEATURE_BYTES = FlowFeature.COUNT * Double.BYTES;

  private final List<Shard> shards;
  private final int size;

  private ShardedFlows(List<Shard> shards, int size) {
    this.shards = List.copyOf(shards);
    this.size = size;
  }

  /** A shard whose files are mapped. */
  private record Shard(
      Path folder,
      int first,
      long packets,
      MemorySegment tokens,
      MemorySegment offsets,
      MemorySegment features) {
    long offset(int flow) {
      return offsets.get(LONG, flow * (long) Long.BYTES);
    }

    int length(int flow) {
      long from = offset(flow);
      long to = offset(flow + 1);
      if (from < 0 || to - from < 1 || to - from > PacketSchema.MAX_PACKETS || to > packets) {
        throw new ContractException(
            "%s: flow %d has the token rows %d to %d of %d%s"
                .formatted(
                    folder.resolve(ShardFiles.OFFSETS), flow, from, to, packets, TableColumns.FIX));
      }
      return (int) (to - from);
    }
  }

  /**
   * Maps the shards of a store.
   *
   * @throws ContractException when a file is missing or is not what the index says
   */
  static ShardedFlows open(Path store, StoreIndex index) {
    if (index.flows() > Integer.MAX_VALUE) {
      throw new ContractException(store + ": more than 2,147,483,647 flows; split the store");
    }
    List<Shard> shards = new ArrayList<>();
    for (StoreIndex.Shard shard : index.shards()) {
      Path folder = store.resolve(shard.folder());
      int flows = shard.flows();
      int packets = (int) shard.packets();
      shards.add(
          new Shard(
              folder,
              (int) shard.firstFlowId(),
              packets,
              map(
                  folder,
                  shard,
                  ShardFiles.TOKENS,
                  NpyType.FLOAT32,
                  packets,
                  PacketSchema.CHANNELS),
              map(folder, shard, ShardFiles.OFFSETS, NpyType.INT64, flows + 1),
              map(folder, shard, ShardFiles.FEATURES, NpyType.FLOAT64, flows, FlowFeature.COUNT)));
    }
    return new ShardedFlows(shards, (int) index.flows());
  }

  private static MemorySegment map(
      Path folder, StoreIndex.Shard shard, String name, NpyType type, int... shape) {
    StoreIndex.StoredFile file = shard.files().get(name);
    if (file == null) {
      throw new IllegalStateException("an index without " + name);
    }
    return MappedArray.open(folder.resolve(name), type, shape, file.bytes()).elements();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int length(int row) {
    Shard shard = shards.get(shardOf(row));
    return shard.length(row - shard.first());
  }

  private int shardOf(int row) {
    if (row < 0 || row >= size) {
      throw new IndexOutOfBoundsException(row);
    }
    int low = 0;
    int high = shards.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (shards.get(middle).first() <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  @Override
  public void copy(int[] rows, int from, int to, FlowBatch target) {
    float[] tokens = new float[PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS];
    double[] features = new double[FlowFeature.COUNT];
    for (int i = from; i < to; i++) {
      Shard shard = shards.get(shardOf(rows[i]));
      int flow = rows[i] - shard.first();
      int length = shard.length(flow);
      MemorySegment.copy(
          shard.tokens(),
          FLOAT,
          shard.offset(flow) * TOKEN_BYTES,
          tokens,
          0,
          length * PacketSchema.CHANNELS);
      MemorySegment.copy(
          shard.features(), DOUBLE, flow * (long) FEATURE_BYTES, features, 0, FlowFeature.COUNT);
      checkTokens(shard, flow, tokens, length);
      checkFeatures(shard, flow, features);
      target.add(tokens, length, features);
    }
  }

  private static void checkTokens(Shard shard, int flow, float[] tokens, int length) {
    for (int i = 0; i < length * PacketSchema.CHANNELS; i++) {
      // Written so that NaN fails too.
      if (!(tokens[i] >= 0 && tokens[i] <= Float.MAX_VALUE)) {
        throw new ContractException(
            "%s: flow %d, packet %d, channel %s: %s is not a finite number of at least 0%s"
                .formatted(
                    shard.folder().resolve(ShardFiles.TOKENS),
                    flow,
                    i / PacketSchema.CHANNELS,
                    PacketChannel.values()[i % PacketSchema.CHANNELS].label(),
                    tokens[i],
                    TableColumns.FIX));
      }
    }
  }

  private static void checkFeatures(Shard shard, int flow, double[] features) {
    for (int k = 0; k < features.length; k++) {
      if (!Double.isFinite(features[k])) {
        throw new ContractException(
            "%s: flow %d, column %s: %s is not a finite number%s"
                .formatted(
                    shard.folder().resolve(ShardFiles.FEATURES),
                    flow,
                    FlowFeature.values()[k].column(),
                    features[k],
                    TableColumns.FIX));
      }
    }
  }

  @Override
  public void expect(int from, int to) {
    for (int row = from; row < to; ) {
      Shard shard = shards.get(shardOf(row));
      int first = row - shard.first();
      long flows = shard.offsets().byteSize() / Long.BYTES - 1;
      int last = (int) Math.min(flows, to - (long) shard.first());
      long begin = Math.clamp(shard.offset(first), 0, shard.packets());
      long end = Math.clamp(shard.offset(last), begin, shard.packets());
      shard.tokens().asSlice(begin * TOKEN_BYTES, (end - begin) * TOKEN_BYTES).load();
      shard
          .features()
          .asSlice(first * (long) FEATURE_BYTES, (last - first) * (long) FEATURE_BYTES)
          .load();
      row = shard.first() + last;
    }
  }
}
