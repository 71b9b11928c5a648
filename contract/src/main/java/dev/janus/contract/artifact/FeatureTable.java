package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.packet.PacketSchema;
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
   * file appears when it is complete and replaces an older one.
   *
   * @param folder with {@code packets.npz}
   * @param progress told now and then how many flows are written; what it throws ends the writing
   * @return number of flows
   * @throws ContractException when packets.npz cannot be used or the disk refuses
   */
  public static long write(Path folder, LongConsumer progress) {
    try (PacketArrays packets = PacketArrays.open(folder.resolve(FlowTables.PACKETS_FILE));
        ParquetWriter out =
            ParquetWriter.create(
                folder.resolve(FILE), FlowTables.featureColumns(), FlowTables.metadata())) {
      float[] tokens = new float[PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS];
      double[] features = new double[FlowFeature.COUNT];
      for (int flow = 0; flow < packets.flows(); flow++) {
        int length = packets.next(tokens);
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
   * @throws ContractException when the store and the table have other numbers of flows, or the disk
   *     refuses
   */
  public static long writeFrom(FlowDataset store, Path folder, LongConsumer progress) {
    int flows = store.size();
    try (ParquetTable records = ParquetTable.open(folder.resolve(FlowTables.FLOWS_FILE))) {
      if (records.rowCount() != flows) {
        throw new ContractException(
            "%s: %d rows, but %s holds %d flows; give the store that the table is of"
                .formatted(records.file(), records.rowCount(), store.folder(), flows));
      }
    }
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

  /** Adds the row of a flow, whose features begin at {@code from}. */
  static void put(TableWriter out, long flow, double[] features, int from) {
    out.setLong(0, flow);
    for (int i = 0; i < FlowFeature.COUNT; i++) {
      out.setDouble(i + 1, features[from + i]);
    }
    out.endRow();
  }
}
