package dev.janus.contract.artifact;

import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowOrigin;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.flow.FlowStart;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code flows.parquet} says about each flow beside its packets, column by column. The row of
 * a flow is its id. Equal labels, addresses and capture names are one object. Immutable once read.
 */
public final class FlowMetadata {
  private final String[] labels;
  private final IpAddress[] initiators;
  private final IpAddress[] responders;
  private final char[] initiatorPorts;
  private final char[] responderPorts;
  private final byte[] protocols;
  private final long[] startMicros;
  private final long[] endMicros;
  private final long[] packets;
  private final String[] captures;
  private final long[] firstPacketIndices;
  private final long[] fileOffsets;
  private final FlowStart[] starts;
  private final EndReason[] endReasons;
  private final long[] parentIds;
  private final int[] parts;

  private FlowMetadata(int flows) {
    labels = new String[flows];
    initiators = new IpAddress[flows];
    responders = new IpAddress[flows];
    initiatorPorts = new char[flows];
    responderPorts = new char[flows];
    protocols = new byte[flows];
    startMicros = new long[flows];
    endMicros = new long[flows];
    packets = new long[flows];
    captures = new String[flows];
    firstPacketIndices = new long[flows];
    fileOffsets = new long[flows];
    starts = new FlowStart[flows];
    endReasons = new EndReason[flows];
    parentIds = new long[flows];
    parts = new int[flows];
  }

  /** Number of flows. */
  public int size() {
    return labels.length;
  }

  public String label(int flow) {
    return labels[flow];
  }

  /** The 5-tuple seen from the initiator. */
  public FlowTuple tuple(int flow) {
    return new FlowTuple(
        initiators[flow],
        initiatorPorts[flow],
        responders[flow],
        responderPorts[flow],
        protocols[flow] & 0xff);
  }

  /** Epoch microseconds of the first packet. */
  public long startMicros(int flow) {
    return startMicros[flow];
  }

  /** The given flows by their start; those that start together stay as they stand. */
  public int[] inOrderOfTime(int[] flows) {
    return Arrays.stream(flows)
        .boxed()
        .sorted(Comparator.comparingLong(this::startMicros))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Epoch microseconds of the latest packet. */
  public long endMicros(int flow) {
    return endMicros[flow];
  }

  /** True number of packets, also beyond the stored ones. */
  public long packets(int flow) {
    return packets[flow];
  }

  /** Name of the capture file the flow came from, without folder and ending. */
  public String capture(int flow) {
    return captures[flow];
  }

  /** Index of the first packet in its capture, from 0. */
  public long firstPacketIndex(int flow) {
    return firstPacketIndices[flow];
  }

  /** Offset of the first packet's record in the uncompressed capture. */
  public long fileOffset(int flow) {
    return fileOffsets[flow];
  }

  /** What the first packet tells about the beginning. */
  public FlowStart start(int flow) {
    return starts[flow];
  }

  public EndReason endReason(int flow) {
    return endReasons[flow];
  }

  /** Which piece of a longer conversation the flow is. */
  public FlowPart part(int flow) {
    return new FlowPart(parentIds[flow], parts[flow]);
  }

  /** Everything about one flow. */
  public FlowRecord flow(int flow) {
    return new FlowRecord(
        flow,
        label(flow),
        tuple(flow),
        startMicros(flow),
        endMicros(flow),
        packets(flow),
        capture(flow),
        firstPacketIndex(flow),
        fileOffset(flow),
        start(flow),
        endReason(flow),
        part(flow));
  }

  /**
   * A flow as an extraction gives it, with another number and place than it has here.
   *
   * @param capture number of its capture among those of the sequence
   * @param part which piece it is there
   */
  Flow flow(int row, long flowId, float[] tokens, int capture, FlowPart part) {
    return new Flow(
        flowId,
        tuple(row),
        startMicros(row),
        endMicros(row),
        packets(row),
        tokens,
        new FlowOrigin(capture, firstPacketIndex(row), fileOffset(row)),
        start(row),
        endReason(row),
        part);
  }

  /** Fills the rows from 0 on. */
  static final class Builder {
    private final FlowMetadata filled;
    private final Map<Object, Object> known = new HashMap<>();
    private int row;

    Builder(int flows) {
      filled = new FlowMetadata(flows);
    }

    void add(FlowRecord flow) {
      filled.labels[row] = shared(flow.label());
      filled.initiators[row] = shared(flow.tuple().initiator());
      filled.responders[row] = shared(flow.tuple().responder());
      filled.initiatorPorts[row] = (char) flow.tuple().initiatorPort();
      filled.responderPorts[row] = (char) flow.tuple().responderPort();
      filled.protocols[row] = (byte) flow.tuple().protocol();
      filled.startMicros[row] = flow.startMicros();
      filled.endMicros[row] = flow.endMicros();
      filled.packets[row] = flow.packets();
      filled.captures[row] = shared(flow.capture());
      filled.firstPacketIndices[row] = flow.firstPacketIndex();
      filled.fileOffsets[row] = flow.fileOffset();
      filled.starts[row] = flow.start();
      filled.endReasons[row] = flow.endReason();
      filled.parentIds[row] = flow.part().parentId();
      filled.parts[row] = flow.part().number();
      row++;
    }

    @SuppressWarnings("unchecked")
    private <T> T shared(T value) {
      return (T) known.computeIfAbsent(value, v -> v);
    }

    FlowMetadata build() {
      return filled;
    }
  }
}
