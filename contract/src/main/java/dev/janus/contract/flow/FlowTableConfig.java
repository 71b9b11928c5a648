package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketSchema;

/**
 * Limits of a flow table (method, section 1).
 *
 * @param idleTimeoutMicros a packet later than this after the flow's latest starts a new flow; at
 *     least 1
 * @param activeTimeoutMicros a packet later than this after the flow's first cuts the flow: it goes
 *     on as a new one that names it as its parent; at least 1, {@link #NO_ACTIVE_TIMEOUT} for never
 * @param maxOpenFlows flows open at once, 1 to 16,777,216; with more, the one idle for longest is
 *     ended. One open flow takes at most about 1 KiB, so this bounds the memory.
 * @param maxPackets packets stored per flow, 1..64
 * @param initiator who is taken for the initiator
 */
public record FlowTableConfig(
    long idleTimeoutMicros,
    long activeTimeoutMicros,
    int maxOpenFlows,
    int maxPackets,
    InitiatorRule initiator) {
  /** 120 s, the method's timeout. */
  public static final long DEFAULT_IDLE_TIMEOUT_MICROS = 120_000_000;

  /** Flows are never cut for their age, as in the method. */
  public static final long NO_ACTIVE_TIMEOUT = Long.MAX_VALUE;

  public static final int DEFAULT_MAX_OPEN_FLOWS = 1_000_000;

  static final int MOST_OPEN_FLOWS = 1 << 24;

  /** An open flow with 64 packets and its place in the table. */
  private static final int BYTES_PER_OPEN_FLOW = 1_100;

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public FlowTableConfig {
    if (idleTimeoutMicros < 1) {
      throw new IllegalArgumentException(
          "idle timeout must be at least 1 us, not " + idleTimeoutMicros);
    }
    if (activeTimeoutMicros < 1) {
      throw new IllegalArgumentException(
          "active timeout must be at least 1 us, not " + activeTimeoutMicros);
    }
    if (maxOpenFlows < 1 || maxOpenFlows > MOST_OPEN_FLOWS) {
      throw new IllegalArgumentException(
          "open flows must be 1 to " + MOST_OPEN_FLOWS + ", not " + maxOpenFlows);
    }
    if (maxPackets < 1 || maxPackets > PacketSchema.MAX_PACKETS) {
      throw new IllegalArgumentException(
          "stored packets must be 1 to " + PacketSchema.MAX_PACKETS + ", not " + maxPackets);
    }
  }

  /** The method's values: 120 s, no cuts, 64 packets; at most a million open flows. */
  public static FlowTableConfig defaults() {
    return new FlowTableConfig(
        DEFAULT_IDLE_TIMEOUT_MICROS,
        NO_ACTIVE_TIMEOUT,
        DEFAULT_MAX_OPEN_FLOWS,
        PacketSchema.MAX_PACKETS,
        InitiatorRule.FIRST_SENDER);
  }

  /** Memory that the open flows take at most, as an estimate. */
  public long memoryBytes() {
    return (long) maxOpenFlows * BYTES_PER_OPEN_FLOW;
  }

  /**
   * The same with as many open flows as fit into this memory.
   *
   * @throws IllegalArgumentException when not even 1,000 do
   */
  public FlowTableConfig withMemoryBytes(long bytes) {
    long flows = Math.min(MOST_OPEN_FLOWS, bytes / BYTES_PER_OPEN_FLOW);
    if (flows < 1_000) {
      throw new IllegalArgumentException("room for " + flows + " open flows is too little");
    }
    return withMaxOpenFlows((int) flows);
  }

  /** The same with another idle timeout. */
  public FlowTableConfig withIdleTimeoutMicros(long micros) {
    return new FlowTableConfig(micros, activeTimeoutMicros, maxOpenFlows, maxPackets, initiator);
  }

  /** The same with another active timeout. */
  public FlowTableConfig withActiveTimeoutMicros(long micros) {
    return new FlowTableConfig(idleTimeoutMicros, micros, maxOpenFlows, maxPackets, initiator);
  }

  /** The same with another bound for open flows. */
  public FlowTableConfig withMaxOpenFlows(int flows) {
    return new FlowTableConfig(
        idleTimeoutMicros, activeTimeoutMicros, flows, maxPackets, initiator);
  }

  /** The same with another number of stored packets. */
  public FlowTableConfig withMaxPackets(int packets) {
    return new FlowTableConfig(
        idleTimeoutMicros, activeTimeoutMicros, maxOpenFlows, packets, initiator);
  }

  /** The same with another rule for the initiator. */
  public FlowTableConfig withInitiator(InitiatorRule rule) {
    return new FlowTableConfig(
        idleTimeoutMicros, activeTimeoutMicros, maxOpenFlows, maxPackets, rule);
  }
}
