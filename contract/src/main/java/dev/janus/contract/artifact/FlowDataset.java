package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowSource;
import dev.janus.contract.packet.PacketSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The flows of one extraction: packets and features, and the metadata of each. Row {@code i} of
 * everything is the flow with id {@code i}. Immutable; safe to share between threads.
 *
 * <p>A data set lies on disk in one of two forms: {@code packets.npz} with its two tables, which is
 * read whole, or a sharded store, whose packets and features stay on disk. Metadata, about 80 bytes
 * a flow, is in memory in both.
 */
public final class FlowDataset {
  /** Names of what a data set consists of in its folder, in either form. */
  public static final List<String> FILES =
      List.of(
          FlowTables.PACKETS_FILE,
          FlowTables.FLOWS_FILE,
          FlowTables.FEATURES_FILE,
          ShardFiles.STORE);

  private final Path folder;
  private final FlowSource flows;
  private final FlowMetadata metadata;

  private FlowDataset(Path folder, FlowSource flows, FlowMetadata metadata) {
    this.folder = folder;
    this.flows = flows;
    this.metadata = metadata;
  }

  /**
   * Reads a data set and checks it: shapes, types, columns, schema version, flow ids 0 to N-1 in
   * each file, lengths, ranges and checksums. Of a store the packets and features are checked flow
   * by flow when they are used, and checksums only by {@link StoreCheck}. Takes the memory of the
   * packed result and no more.
   *
   * @param folder of an extraction, or a store itself
   * @throws ContractException on the first violation; names file, row and column and what to do
   */
  public static FlowDataset read(Path folder) {
    Optional<Path> store = Stores.find(folder);
    if (!Files.isDirectory(folder)) {
      throw new MissingInputException(
          folder + ": no such folder; give the one that janus extract wrote with --out");
    }
    if (store.isPresent()) {
      return readStore(folder, store.get());
    }
    checkPresent(folder.resolve(FlowTables.PACKETS_FILE), TableColumns.FIX);
    checkPresent(folder.resolve(FlowTables.FLOWS_FILE), TableColumns.FIX);
    checkPresent(folder.resolve(FlowTables.FEATURES_FILE), "; run janus features --data " + folder);
    try (PacketArrays packets = PacketArrays.open(folder.resolve(FlowTables.PACKETS_FILE));
        FlowRecordReader records =
            FlowRecordReader.open(folder.resolve(FlowTables.FLOWS_FILE), packets::count);
        FeatureReader features = FeatureReader.open(folder.resolve(FlowTables.FEATURES_FILE))) {
      checkEqual(packets.flows(), records.rowCount(), records.file());
      checkEqual(packets.flows(), features.rowCount(), features.file());
      return read(folder, packets, records, features);
    }
  }

  private static FlowDataset read(
      Path folder, PacketArrays packets, FlowRecordReader records, FeatureReader features) {
    FlowBatch flows = batchFor(folder, packets);
    FlowMetadata.Builder metadata = new FlowMetadata.Builder(packets.flows());
    float[] tokens = new float[PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS];
    double[] featureRow = new double[FlowFeature.COUNT];
    for (int i = 0; i < packets.flows(); i++) {
      int length = packets.next(tokens);
      if (!records.next() || !features.next(featureRow)) {
        throw new ContractException(
            "%s: fewer rows than it states; the folder's files are damaged%s"
                .formatted(folder, TableColumns.FIX));
      }
      FlowRecord flow = records.flow();
      checkPackets(flow, length, records.file());
      flows.add(tokens, length, featureRow);
      metadata.add(flow);
    }
    packets.finish();
    return new FlowDataset(folder, flows, metadata.build());
  }

  private static FlowDataset readStore(Path folder, Path store) {
    StoreIndex index = StoreIndex.read(store);
    ShardedFlows flows = ShardedFlows.open(store, index);
    return new FlowDataset(folder, flows, MetadataReader.ofStore(store, index));
  }

  private static FlowBatch batchFor(Path folder, PacketArrays packets) {
    long packetCount = packets.packets();
    try {
      return FlowBatch.withCapacity(packets.flows(), Math.toIntExact(packetCount));
    } catch (ArithmeticException e) {
      throw new ContractException(
          "%s: %d flows with %d packets do not fit into memory at once; extract fewer captures"
              .formatted(folder, packets.flows(), packetCount),
          e);
    }
  }

  private static void checkPresent(Path file, String fix) {
    if (!Files.isRegularFile(file)) {
      throw new ContractException(file + ": no such file" + fix);
    }
  }

  /** Checks that a row does not have fewer packets than are stored of its flow. */
  static void checkPackets(FlowRecord flow, int stored, Path file) {
    if (flow.packets() < stored) {
      throw new ContractException(
          "%s: row %d: %d packets, but %s holds %d of them%s"
              .formatted(
                  file,
                  flow.flowId(),
                  flow.packets(),
                  FlowTables.PACKETS_FILE,
                  stored,
                  TableColumns.FIX));
    }
  }

  /** Checks that a table has a row for each flow. */
  static void checkEqual(int flows, long rows, Path file) {
    if (flows != rows) {
      throw new ContractException(
          "%s: %d rows, but %s holds %d flows; the files are not of one extraction%s"
              .formatted(file, rows, FlowTables.PACKETS_FILE, flows, TableColumns.FIX));
    }
  }

  /** Where the data set lies. */
  public Path folder() {
    return folder;
  }

  /** Number of flows, N. */
  public int size() {
    return metadata.size();
  }

  /** Raw tokens and features of every flow. */
  public FlowSource flows() {
    return flows;
  }

  /** Label, 5-tuple, times and origin of every flow. */
  public FlowMetadata metadata() {
    return metadata;
  }
}
