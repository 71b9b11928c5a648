package dev.janus.contract.artifact;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.packet.PacketSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names and columns of the three files that an extraction leaves. */
final class FlowTables {
  static final String PACKETS_FILE = "packets.npz";
  static final String FLOWS_FILE = "flows.parquet";
  static final String FEATURES_FILE = "flow_features.parquet";

  static final String TOKENS_ARRAY = "packet_tokens";
  static final String LENGTHS_ARRAY = "packet_lengths";
  static final String FLOW_ID_ARRAY = "flow_id";
  static final String VERSION_ARRAY = "schema_version";

  static final String VERSION_KEY = "janus.schema_version";

  /** Columns of {@code flows.parquet}, in the order in which they are written. */
  enum FlowColumn {
    FLOW_ID(ColumnType.INT64),
    LABEL(ColumnType.STRING),
    SRC_IP(ColumnType.STRING),
    SRC_PORT(ColumnType.INT32),
    DST_IP(ColumnType.STRING),
    DST_PORT(ColumnType.INT32),
    PROTOCOL(ColumnType.INT32),
    START_US(ColumnType.INT64),
    END_US(ColumnType.INT64),
    PACKETS(ColumnType.INT64),
    CAPTURE(ColumnType.STRING),
    FIRST_PACKET(ColumnType.INT64),
    FILE_OFFSET(ColumnType.INT64),
    START_KIND(ColumnType.STRING),
    END_REASON(ColumnType.STRING),
    PARENT_ID(ColumnType.INT64),
    PART(ColumnType.INT32);

    private final Column column;

    FlowColumn(ColumnType type) {
      column = new Column(name().toLowerCase(Locale.ROOT), type);
    }

    Column column() {
      return column;
    }
  }

  private FlowTables() {}

  static List<Column> flowColumns() {
    List<Column> columns = new ArrayList<>();
    for (FlowColumn column : FlowColumn.values()) {
      columns.add(column.column());
    }
    return columns;
  }

  /** The flow id and behind it the twenty features. */
  static List<Column> featureColumns() {
    List<Column> columns = new ArrayList<>();
    columns.add(FlowColumn.FLOW_ID.column());
    for (FlowFeature feature : FlowFeature.values()) {
      columns.add(new Column(feature.column(), ColumnType.DOUBLE));
    }
    return columns;
  }

  static Map<String, String> metadata() {
    return Map.of(VERSION_KEY, Integer.toString(PacketSchema.VERSION));
  }
}
