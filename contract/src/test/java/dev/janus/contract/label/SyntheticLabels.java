package dev.janus.contract.label;

import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowOrigin;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.flow.FlowStart;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import dev.janus.contract.packet.PacketSchema;
import java.util.List;
import java.util.OptionalLong;

/** Flows and label rows that fit each other, for joining. */
final class SyntheticLabels {
  private SyntheticLabels() {}

  static FlowTuple tuple(int client, int port) {
    return new FlowTuple(IpAddress.ofV4(client), port, IpAddress.ofV4(99), 80, 6);
  }

  static FlowTuple reversed(FlowTuple tuple) {
    return new FlowTuple(
        tuple.responder(),
        tuple.responderPort(),
        tuple.initiator(),
        tuple.initiatorPort(),
        tuple.protocol());
  }

  static Flow flow(long id, FlowTuple tuple, long startMicros, long durationMicros) {
    return new Flow(
        id,
        tuple,
        startMicros,
        startMicros + durationMicros,
        1,
        new float[PacketSchema.CHANNELS],
        new FlowOrigin(0, id, 0),
        FlowStart.DATAGRAM,
        EndReason.CAPTURE_END,
        new FlowPart(id, 0));
  }

  static LabelRow row(long line, FlowTuple tuple, long startMicros, int resolution, String label) {
    return new LabelRow(line, tuple, startMicros, resolution, OptionalLong.empty(), label);
  }

  static LabelTable table(List<LabelRow> rows) {
    LabelTable.Builder builder = LabelTable.builder();
    rows.forEach(builder::add);
    builder.endFile(new LabelFileReport("rows.csv", rows.size(), 0, 0, 0, List.of()));
    return builder.build();
  }
}
