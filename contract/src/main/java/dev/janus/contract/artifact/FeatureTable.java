package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.packet.PacketSchema;
import java.nio.file.Path;
import java.util.function.LongConsumer;

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
        out.setLong(0, flow);
        for (int i = 0; i < features.length; i++) {
          out.setDouble(i + 1, features[i]);
        }
        out.endRow();
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
}
