package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.artifact.FlowTables.FlowColumn;
import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.flow.FlowStart;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads the rows of {@code flows.parquet} and checks every value. Not thread-safe. */
final class FlowRecordReader implements Closeable {
  private final ParquetTable table;
  private final ParquetTable.Rows rows;
  private final long firstFlowId;
  private final int[] places;
  private final Map<String, IpAddress> addresses = new HashMap<>();
  private final Map<String, FlowStart> starts = new HashMap<>();
  private final Map<String, EndReason> endReasons = new HashMap<>();

  private FlowRecordReader(ParquetTable table, long firstFlowId) {
    this.table = table;
    this.firstFlowId = firstFlowId;
    this.places =
        TableColumns.locate(table, FlowTables.flowColumns(), TableColumns.Unknown.IGNORED);
    for (FlowStart start : FlowStart.values()) {
      starts.put(start.name(), start);
    }
    for (EndReason reason : EndReason.values()) {
      endReasons.put(reason.name(), reason);
    }
    this.rows = table.rows();
  }

  static FlowRecordReader open(Path file) {
    return open(file, 0);
  }

  /**
   * Opens the table of a shard.
   *
   * @param firstFlowId id of its first flow
   */
  static FlowRecordReader open(Path file, long firstFlowId) {
    ParquetTable table = ParquetTable.open(file);
    try {
      return new FlowRecordReader(table, firstFlowId);
    } catch (RuntimeException e) {
      table.close();
      throw e;
    }
  }

  Path file() {
    return table.file();
  }

  long rowCount() {
    return table.rowCount();
  }

  boolean next() {
    return rows.next();
  }

  /** The present row. */
  FlowRecord flow() {
    long flowId = longAt(FlowColumn.FLOW_ID);
    check(flowId == firstFlowId + rows.row(), FlowColumn.FLOW_ID, flowId, wantedId());
    String label = textAt(FlowColumn.LABEL);
    check(!label.isBlank(), FlowColumn.LABEL, label, "a label");
    long start = longAt(FlowColumn.START_US);
    long end = longAt(FlowColumn.END_US);
    check(end >= start, FlowColumn.END_US, end, "at least start_us");
    long packets = longAt(FlowColumn.PACKETS);
    check(packets >= 1, FlowColumn.PACKETS, packets, "at least 1");
    long firstPacket = longAt(FlowColumn.FIRST_PACKET);
    check(firstPacket >= 0, FlowColumn.FIRST_PACKET, firstPacket, "at least 0");
    long fileOffset = longAt(FlowColumn.FILE_OFFSET);
    check(fileOffset >= 0, FlowColumn.FILE_OFFSET, fileOffset, "at least 0");
    return new FlowRecord(
        flowId,
        label,
        tuple(),
        start,
        end,
        packets,
        textAt(FlowColumn.CAPTURE),
        firstPacket,
        fileOffset,
        oneOf(starts, FlowColumn.START_KIND),
        oneOf(endReasons, FlowColumn.END_REASON),
        part(flowId));
  }

  private <T> T oneOf(Map<String, T> known, FlowColumn column) {
    String name = textAt(column);
    T value = known.get(name);
    if (value == null) {
      throw wrong(column, name, "one of " + known.keySet());
    }
    return value;
  }

  private String wantedId() {
    return firstFlowId == 0 ? "the row number" : "the row number plus " + firstFlowId;
  }

  private FlowPart part(long flowId) {
    long parentId = longAt(FlowColumn.PARENT_ID);
    int number = rows.getInt(places[FlowColumn.PART.ordinal()]);
    check(
        parentId >= 0 && parentId <= flowId,
        FlowColumn.PARENT_ID,
        parentId,
        "0 to the flow's own id");
    check(
        parentId == flowId ? number == 0 : number > 0,
        FlowColumn.PART,
        number,
        "0 for a flow that is its own parent, or above");
    return new FlowPart(parentId, number);
  }

  private FlowTuple tuple() {
    FlowTuple tuple =
        new FlowTuple(
            addressAt(FlowColumn.SRC_IP),
            upTo(0xffff, FlowColumn.SRC_PORT),
            addressAt(FlowColumn.DST_IP),
            upTo(0xffff, FlowColumn.DST_PORT),
            upTo(0xff, FlowColumn.PROTOCOL));
    check(
        tuple.initiator().family() == tuple.responder().family(),
        FlowColumn.DST_IP,
        tuple.responder(),
        "of the family of src_ip");
    return tuple;
  }

  private IpAddress addressAt(FlowColumn column) {
    String text = textAt(column);
    IpAddress known = addresses.get(text);
    if (known == null) {
      try {
        known = IpAddress.parse(text);
      } catch (IllegalArgumentException e) {
        throw wrong(column, text, "an IP address");
      }
      addresses.put(text, known);
    }
    return known;
  }

  private int upTo(int max, FlowColumn column) {
    int value = rows.getInt(places[column.ordinal()]);
    check(value >= 0 && value <= max, column, value, "0 to " + max);
    return value;
  }

  private long longAt(FlowColumn column) {
    return rows.getLong(places[column.ordinal()]);
  }

  private String textAt(FlowColumn column) {
    return rows.getString(places[column.ordinal()]);
  }

  private void check(boolean right, FlowColumn column, Object value, String wanted) {
    if (!right) {
      throw wrong(column, value, wanted);
    }
  }

  private ContractException wrong(FlowColumn column, Object value, String wanted) {
    return new ContractException(
        "%s: row %d, column %s: %s is not %s%s"
            .formatted(
                file(), rows.row(), column.column().name(), value, wanted, TableColumns.FIX));
  }

  @Override
  public void close() {
    rows.close();
    table.close();
  }
}
