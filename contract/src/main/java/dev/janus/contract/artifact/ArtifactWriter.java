package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.OutputException;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.label.FlowLabeler;
import dev.janus.contract.packet.PacketSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Writes the files of an extraction, row-aligned by flow id, in one pass over the spilled flows:
 *
 * <ul>
 *   <li>{@code packets.npz}: {@code packet_tokens [N, 64, 9]} float32, zero behind a flow's last
 *       packet; {@code packet_lengths [N]} int32; {@code flow_id [N]} int64; {@code schema_version}
 *       int32
 *   <li>{@code flows.parquet}: flow_id, label, src_ip, src_port, dst_ip, dst_port, protocol,
 *       start_us, end_us, packets, capture, first_packet, file_offset, start_kind, end_reason,
 *       parent_id, part
 *   <li>{@code flow_features.parquet}: flow_id and the twenty features
 * </ul>
 *
 * They are put in their places once all are complete; whatever fails before leaves the folder as it
 * was. An older {@code flows.parquet} and {@code extract.json} go first and the new {@code
 * flows.parquet} comes last, so a folder in which a move failed holds no data set rather than a
 * mixed one, and no half-written file. A store that they replace counts, with its {@code
 * extract.json}, until they are in place.
 */
public final class ArtifactWriter {
  /** What an extraction reports about the files; removed when they are replaced. */
  public static final String SUMMARY_FILE = "extract.json";

  private static final int ROWS_BETWEEN_UPDATES = 1 << 12;

  private final Path folder;
  private final FlowSequence flows;
  private final List<String> captures;
  private final FlowLabeler labeler;
  private final double[] features = new double[FlowFeature.COUNT];

  private ArtifactWriter(
      Path folder, FlowSequence flows, List<String> captures, FlowLabeler labeler) {
    this.folder = folder;
    this.flows = flows;
    this.captures = captures;
    this.labeler = labeler;
  }

  /**
   * Writes the three files. Files of an earlier extraction in the folder are replaced.
   *
   * @param folder must exist
   * @param captures name of each capture, see {@link CaptureNames}
   * @param labeler asked for each flow in the order of flow ids
   * @param progress told now and then how many flows are written; what it throws ends the writing
   * @throws ContractException when the disk refuses
   */
  public static void write(
      Path folder,
      FlowSequence flows,
      List<String> captures,
      FlowLabeler labeler,
      LongConsumer progress) {
    new ArtifactWriter(folder, flows, List.copyOf(captures), labeler).write(progress);
  }

  private void write(LongConsumer progress) {
    Map<String, String> metadata = FlowTables.metadata();
    try (NpzWriter packets = NpzWriter.create(folder.resolve(FlowTables.PACKETS_FILE));
        ParquetWriter records =
            ParquetWriter.create(
                folder.resolve(FlowTables.FLOWS_FILE), FlowTables.flowColumns(), metadata);
        ParquetWriter featureTable =
            ParquetWriter.create(
                folder.resolve(FlowTables.FEATURES_FILE), FlowTables.featureColumns(), metadata);
        IntSpill lengths = IntSpill.create(folder);
        OrderedWorker tables = new OrderedWorker("janus-tables")) {
      FlowBatcher rows =
          new FlowBatcher(together ->
              tables.submit(() -> together.forEach(next -> putRow(records, featureTable, next))));
      int n = count();
      packets.put(FlowTables.VERSION_ARRAY, NpyArray.scalar(PacketSchema.VERSION));
      packets.put(
          FlowTables.TOKENS_ARRAY,
          NpyHeader.of(NpyType.FLOAT32, n, PacketSchema.MAX_PACKETS, PacketSchema.CHANNELS),
          out -> {
            for (Flow flow : flows) {
              putTokens(out, flow);
              lengths.add(flow.length());
              rows.add(new LabelledFlow(flow, labeler.label(flow), captures.get(flow.capture())));
              if (flow.flowId() % ROWS_BETWEEN_UPDATES == 0) {
                progress.accept(flow.flowId());
              }
            }
          });
      packets.put(FlowTables.LENGTHS_ARRAY, NpyHeader.of(NpyType.INT32, n), lengths::copyTo);
      packets.put(
          FlowTables.FLOW_ID_ARRAY,
          NpyHeader.of(NpyType.INT64, n),
          out -> {
            for (long id = 0; id < n; id++) {
              out.putLong(id);
            }
          });
      progress.accept(n);
      rows.flush();
      tables.finish();
      packets.finish();
      featureTable.finish();
      records.finish();
      Stores.replaceByArrays(
          folder,
          () -> {
            packets.commit();
            featureTable.commit();
            records.commit();
          });
    }
  }

  private int count() {
    if (flows.size() > Integer.MAX_VALUE) {
      throw new ContractException(
          "%s: %d flows are too many for one data set; extract fewer captures at a time"
              .formatted(folder, flows.size()));
    }
    return (int) flows.size();
  }

  /** Removes a file, if it is there, before its successor comes. */
  static void remove(Path old) {
    try {
      Files.deleteIfExists(old);
    } catch (IOException e) {
      throw new OutputException(old + ": cannot be replaced: " + FileFailure.reason(e), e);
    }
  }

  private static void putTokens(ChannelOutput out, Flow flow) throws IOException {
    float[] tokens = flow.tokens();
    for (float value : tokens) {
      out.putFloat(value);
    }
    for (int i = tokens.length; i < PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS; i++) {
      out.putFloat(0);
    }
  }

  private void putRow(TableWriter records, TableWriter featureTable, LabelledFlow next) {
    FlowRow.put(records, next);
    putFeatures(featureTable, next.flow());
  }

  private void putFeatures(TableWriter out, Flow flow) {
    FlowFeatures.compute(flow.tokens(), 0, flow.length(), features, 0);
    FeatureTable.put(out, flow.flowId(), features, 0);
  }
}
