package dev.janus.contract.artifact;

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
import java.util.function.IntToLongFunction;

/**
 * Reads the rows of {@code flows.parquet} and checks every value. Of a table that another program
 * wrote, all but flow_id and label may be missing: addresses are then unspecified, ports and times
 * 0, capture, beginning and end unknown, and packets as many as {@code packets.npz} says. Not
 * thread-safe.
 */
final class FlowRecordReader implements Closeable {
  private static final String UNKNOWN_CAPTURE = "unknown";

  private final ParquetTable table;
  private final ParquetTable.Rows rows;
  private final long firstFlowId;
  private final IntToLongFunction packetCounts;
  private final FlowCells cells;
  private final Map<String, IpAddress> addresses = new HashMap<>();
  private final Map<String, FlowStart> starts = new HashMap<>();
  private final Map<String, EndReason> endReasons = new HashMap<>();

  private FlowRecordReader(ParquetTable table, long firstFlowId, IntToLongFunction packetCounts) {
    this.table = table;
    this.firstFlowId = firstFlowId;
    this.packetCounts = packetCounts;
    for (FlowStart start : FlowStart.values()) {
      starts.put(start.name(), start);
    }
    for (EndReason reason : EndReason.values()) {
      endReasons.put(reason.name(), reason);
    }
    this.rows = table.rows();
    try {
      this.cells = new FlowCells(table, rows);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /**
   * Opens the table beside a {@code packets.npz}.
   *
   * @param packetCounts true number of packets of each flow, for a table that does not have it
   */
  static FlowRecordReader open(Path file, IntToLongFunction packetCounts) {
    return open(file, 0, packetCounts);
  }

  /**
   * Opens the table of a shard.
   *
   * @param firstFlowId id of its first flow
   */
  static FlowRecordReader open(Path file, long firstFlowId) {
    return open(file, firstFlowId, flow -> 1);
  }

  private static FlowRecordReader open(
      Path file, long firstFlowId, IntToLongFunction packetCounts) {
    ParquetTable table = ParquetTable.open(file);
    try {
      return new FlowRecordReader(table, firstFlowId, packetCounts);
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

  /** Whether the table itself may say how many packets a flow has. */
  boolean hasPackets() {
    return cells.hasColumn(FlowColumn.PACKETS);
  }

  /** Whether the present row says how many packets the flow has. */
  boolean tellsPackets() {
    return cells.has(FlowColumn.PACKETS);
  }

  boolean next() {
    return rows.next();
  }

  /** The present row. */
  FlowRecord flow() {
    long flowId = cells.integer(FlowColumn.FLOW_ID);
    check(flowId == firstFlowId + rows.row(), FlowColumn.FLOW_ID, flowId, wantedId());
    String label = cells.text(FlowColumn.LABEL);
    check(!label.isBlank(), FlowColumn.LABEL, label, "a label");
    long start = cells.integer(FlowColumn.START_US, 0);
    long end = cells.integer(FlowColumn.END_US, start);
    check(end >= start, FlowColumn.END_US, end, "at least start_us");
    int row = (int) Math.min(rows.row(), Integer.MAX_VALUE);
    long packets =
        cells.has(FlowColumn.PACKETS)
            ? cells.integer(FlowColumn.PACKETS)
            : packetCounts.applyAsLong(row);
    check(packets >= 1, FlowColumn.PACKETS, packets, "at least 1");
    long firstPacket = cells.integer(FlowColumn.FIRST_PACKET, 0);
    check(firstPacket >= 0, FlowColumn.FIRST_PACKET, firstPacket, "at least 0");
    long fileOffset = cells.integer(FlowColumn.FILE_OFFSET, 0);
    check(fileOffset >= 0, FlowColumn.FILE_OFFSET, fileOffset, "at least 0");
    return new FlowRecord(
        flowId,
        label,
        tuple(),
        start,
        end,
        packets,
        cells.text(FlowColumn.CAPTURE, UNKNOWN_CAPTURE),
        firstPacket,
        fileOffset,
        oneOf(starts, FlowColumn.START_KIND, FlowStart.UNKNOWN),
        oneOf(endReasons, FlowColumn.END_REASON, EndReason.UNKNOWN),
        part(flowId));
  }

  private <T> T oneOf(Map<String, T> known, FlowColumn column, T missing) {
    if (!cells.has(column)) {
      return missing;
    }
    String name = cells.text(column);
    T value = known.get(name);
    if (value == null) {
      throw cells.wrong(column, name, "one of " + known.keySet());
    }
    return value;
  }

  private String wantedId() {
    return firstFlowId == 0 ? "the row number" : "the row number plus " + firstFlowId;
  }

  private FlowPart part(long flowId) {
    long parentId = cells.integer(FlowColumn.PARENT_ID, flowId);
    long number = cells.integer(FlowColumn.PART, 0);
    check(
        parentId >= 0 && parentId <= flowId,
        FlowColumn.PARENT_ID,
        parentId,
        "0 to the flow's own id");
    check(
        parentId == flowId ? number == 0 : number > 0 && number <= Integer.MAX_VALUE,
        FlowColumn.PART,
        number,
        "0 for a flow that is its own parent, or above");
    return new FlowPart(parentId, (int) number);
  }

  private FlowTuple tuple() {
    boolean hasInitiator = cells.has(FlowColumn.SRC_IP);
    boolean hasResponder = cells.has(FlowColumn.DST_IP);
    IpAddress initiator =
        hasInitiator
            ? addressAt(FlowColumn.SRC_IP)
            : unspecified(
                hasResponder ? addressAt(FlowColumn.DST_IP).family() : IpAddress.Family.IPV4);
    IpAddress responder =
        hasResponder ? addressAt(FlowColumn.DST_IP) : unspecified(initiator.family());
    check(
        initiator.family() == responder.family(),
        FlowColumn.DST_IP,
        responder,
        "of the family of src_ip");
    return new FlowTuple(
        initiator,
        upTo(0xffff, FlowColumn.SRC_PORT),
        responder,
        upTo(0xffff, FlowColumn.DST_PORT),
        upTo(0xff, FlowColumn.PROTOCOL));
  }

  private IpAddress unspecified(IpAddress.Family family) {
    return addresses.computeIfAbsent(
        family == IpAddress.Family.IPV4 ? "0.0.0.0" : "::", IpAddress::parse);
  }

  private IpAddress addressAt(FlowColumn column) {
    String text = cells.text(column);
    IpAddress known = addresses.get(text);
    if (known == null) {
      try {
        known = IpAddress.parse(text);
      } catch (IllegalArgumentException e) {
        throw cells.wrong(column, text, "an IP address");
      }
      addresses.put(text, known);
    }
    return known;
  }

  private int upTo(int max, FlowColumn column) {
    long value = cells.integer(column, 0);
    check(value >= 0 && value <= max, column, value, "0 to " + max);
    return (int) value;
  }

  private void check(boolean right, FlowColumn column, Object value, String wanted) {
    if (!right) {
      throw cells.wrong(column, value, wanted);
    }
  }

  @Override
  public void close() {
    rows.close();
    table.close();
  }
}
