package dev.janus.contract.artifact;

import dev.janus.contract.artifact.FlowTables.FlowColumn;
import dev.janus.contract.flow.Flow;

/** Writes rows of {@code flows.parquet}. */
final class FlowRow {
  private FlowRow() {}

  /**
   * Adds the row of a flow.
   *
   * @throws IllegalStateException when the label is blank
   */
  static void put(TableWriter out, LabelledFlow row) {
    Flow flow = row.flow();
    String label = row.label();
    if (label.isBlank()) {
      throw new IllegalStateException("blank label for flow " + flow.flowId());
    }
    out.setLong(FlowColumn.FLOW_ID.ordinal(), flow.flowId());
    out.setString(FlowColumn.LABEL.ordinal(), label);
    out.setString(FlowColumn.SRC_IP.ordinal(), flow.tuple().initiator().toString());
    out.setInt(FlowColumn.SRC_PORT.ordinal(), flow.tuple().initiatorPort());
    out.setString(FlowColumn.DST_IP.ordinal(), flow.tuple().responder().toString());
    out.setInt(FlowColumn.DST_PORT.ordinal(), flow.tuple().responderPort());
    out.setInt(FlowColumn.PROTOCOL.ordinal(), flow.tuple().protocol());
    out.setLong(FlowColumn.START_US.ordinal(), flow.startMicros());
    out.setLong(FlowColumn.END_US.ordinal(), flow.endMicros());
    out.setLong(FlowColumn.PACKETS.ordinal(), flow.packets());
    out.setString(FlowColumn.CAPTURE.ordinal(), row.capture());
    out.setLong(FlowColumn.FIRST_PACKET.ordinal(), flow.origin().firstPacketIndex());
    out.setLong(FlowColumn.FILE_OFFSET.ordinal(), flow.origin().fileOffset());
    out.setString(FlowColumn.START_KIND.ordinal(), flow.start().name());
    out.setString(FlowColumn.END_REASON.ordinal(), flow.endReason().name());
    out.setLong(FlowColumn.PARENT_ID.ordinal(), flow.part().parentId());
    out.setInt(FlowColumn.PART.ordinal(), flow.part().number());
    out.endRow();
  }
}
