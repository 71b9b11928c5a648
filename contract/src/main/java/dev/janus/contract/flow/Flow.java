package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketSchema;

/**
 * A finished flow with its first packets as raw tokens. The token array is not copied; whoever
 * receives a flow may keep it, nobody may change it.
 *
 * @param flowId arrival order of the first packet over the whole extraction, from 0
 * @param tuple 5-tuple seen from the initiator
 * @param startMicros epoch microseconds of the first packet
 * @param endMicros epoch microseconds of the latest packet
 * @param packets true number of packets, also beyond the stored ones
 * @param tokens raw tokens {@code [n, 9]}, row-major, {@code 1 <= n <= 64}; empty in a flow of
 *     metadata alone
 * @param origin where the first packet stands
 * @param start what the first packet tells about the beginning
 * @param endReason why the flow ended
 * @param part which piece of a longer conversation it is
 */
@SuppressWarnings("ArrayRecordComponent")
public record Flow(
    long flowId,
    FlowTuple tuple,
    long startMicros,
    long endMicros,
    long packets,
    float[] tokens,
    FlowOrigin origin,
    FlowStart start,
    EndReason endReason,
    FlowPart part) {
  /** Number of stored packets, 1..64; 0 in a flow of metadata alone. */
  public int length() {
    return tokens.length / PacketSchema.CHANNELS;
  }

  /** Index of the capture file the flow came from, in reading order. */
  public int capture() {
    return origin.capture();
  }
}
