package dev.janus.contract.artifact;

import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.flow.FlowStart;
import dev.janus.contract.flow.FlowTuple;

/**
 * One row of {@code flows.parquet}.
 *
 * @param flowId position of the flow in every file of the data set, from 0
 * @param label class of the flow
 * @param tuple 5-tuple seen from the initiator
 * @param startMicros epoch microseconds of the first packet
 * @param endMicros epoch microseconds of the latest packet
 * @param packets true number of packets, also beyond the stored ones
 * @param capture name of the capture file, without folder and ending
 * @param firstPacketIndex index of the first packet in that capture, from 0
 * @param fileOffset offset of the first packet's record in the uncompressed capture
 * @param start what the first packet tells about the beginning
 * @param endReason why the flow ended
 * @param part which piece of a longer conversation it is
 */
public record FlowRecord(
    long flowId,
    String label,
    FlowTuple tuple,
    long startMicros,
    long endMicros,
    long packets,
    String capture,
    long firstPacketIndex,
    long fileOffset,
    FlowStart start,
    EndReason endReason,
    FlowPart part) {}
