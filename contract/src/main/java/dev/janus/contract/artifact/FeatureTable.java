package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.packet.PacketSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Makes {@code flow_features.parquet} of {@code packets.npz}, for data that came without it. */
public final class FeatureTable {
  /** The name of the file. */
  public static final String FILE = FlowTables.FEATURES_FILE;

  private static final int ROWS_BETWEEN_UPDATES = 1 << 12;

  private FeatureTable() {}

  /**
   * Writes the twenty features of every flow, row {@code i} for the flow with id {@code i}. The
   * file appears when it is complete and replaces an older one. A {@code flows.parquet} beside is
   * checked as {@link FlowDataset#read} does it; it may also come later.
   *
   * @param folder with {@code packets.npz}
   * @param progress told now and then how many flows are written; what it throws ends the writing
   * @return number of flows
   * @throws ContractException when packets.npz is missing or cannot be used, flows.parquet cannot
   *     be used or is not of it, or the disk refuses
   */
  public static long write(Path folder, LongConsumer progress) {
    Path source = folder.resolve(FlowTables.PACKETS_FILE);
    if (!Files.isRegularFile(source)) {
      throw new MissingInputException(
          source
              + ": no such file, and features are computed from it; put it there, or give the store"
              + " that flows.parquet is of with --source-store");
    }
    try (PacketArrays packets = PacketArrays.open(source)) {
      Path table = folder.resolve(FlowTables.FLOWS_FILE);
      if (!Files.isRegularFile(table)) {
        return write(folder, packets, (flow, stored) -> {}, progress);
      }
      try (FlowRecordReader records = FlowRecordReader.open(table, packets::count)) {
        FlowDataset.checkEqual(packets.flows(), records.rowCount(), table);
        RowCheck check = (flow, stored) -> FlowDataset.checkPackets(next(records), stored, table);
        return write(folder, packets, check, progress);
      }
    }
  }

  /** What must hold of the row of a flow in {@code flows.parquet}. */
  @FunctionalInterface
  private interface RowCheck {
    void check(int flow, int storedPackets);
  }

  private static FlowRecord next(FlowRecordReader records) {
    if (!records.next()) {
      throw new ContractException(
          records.file() + ": fewer rows than it states; it is damaged" + TableColumns.FIX);
    }
    return records.flow();
  }

  private static long write(
      Path folder, PacketArrays packets, RowCheck rows, LongConsumer progress) {
    try (ParquetWriter out =
        ParquetWriter.create(
            folder.resolve(FILE), FlowTables.featureColumns(), FlowTables.metadata())) {
      float[] tokens = new float[PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS];
      double[] features = new double[FlowFeature.COUNT];
      for (int flow = 0; flow < packets.flows(); flow++) {
        int length = packets.next(tokens);
        rows.check(flow, length);
        FlowFeatures.compute(tokens, 0, length, features, 0);
        put(out, flow, features, 0);
        if (flow % ROWS_BETWEEN_UPDATES == 0) {
          progress.accept(flow);
        }
      }
      packets.finish();
      progress.accept(packets.flows());
      out.commit();
      return packets.flows();
    }
  }

  /**
   * The same from the flows of a store, which has the features of each.
   *
   * @param folder with {@code flows.parquet}, row {@code i} for flow {@code i} of the store
   * @param store where the flows are
   * @param progress as above
   * @return number of flows
   * @throws ContractException when the table cannot be used, or is not of the store: it has other
   *     numbers of flows or of their packets; or when the disk refuses
   */
  public static long writeFrom(FlowDataset store, Path folder, LongConsumer progress) {
    int flows = store.size();
    checkRows(store, folder.resolve(FlowTables.FLOWS_FILE));
    try (ParquetWriter out =
        ParquetWriter.create(
            folder.resolve(FILE), FlowTables.featureColumns(), FlowTables.metadata())) {
      FlowBatch batch = new FlowBatch();
      for (int from = 0; from < flows; from += ROWS_BETWEEN_UPDATES) {
        int[] rows = IntStream.range(from, Math.min(flows, from + ROWS_BETWEEN_UPDATES)).toArray();
        batch.clear();
        store.flows().copy(rows, 0, rows.length, batch);
        for (int i = 0; i < rows.length; i++) {
          put(out, rows[i], batch.features(), i * FlowFeature.COUNT);
        }
        progress.accept(from + (long) rows.length);
      }
      out.commit();
      return flows;
    }
  }

  private static void checkRows(FlowDataset store, Path table) {
    FlowMetadata metadata = store.metadata();
    try (FlowRecordReader records = FlowRecordReader.open(table, metadata::packets)) {
      if (records.rowCount() != store.size()) {
        throw new ContractException(
            "%s: %d rows, but %s holds %d flows; give the store that the table is of"
                .formatted(table, records.rowCount(), store.folder(), store.size()));
      }
      for (int row = 0; row < store.size(); row++) {
        long packets = next(records).packets();
        if (packets != metadata.packets(row)) {
          throw new ContractException(
              "%s: row %d: %d packets, but the flow of %s has %d; give the store that the table is of"
                  .formatted(table, row, packets, store.folder(), metadata.packets(row)));
        }
      }
    }
  }

  /** Adds the row of a flow, whose features begin at {@code from}. */
  static void put(TableWriter out, long flow, double[] features, int from) {
    out.setLong(0, flow);
    for (int i = 0; i < FlowFeature.COUNT; i++) {
      out.setDouble(i + 1, features[from + i]);
    }
    out.endRow();
  }
}
