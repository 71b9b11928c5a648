package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketHeader;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of packets into flows (method, section 1.3 to 1.7) and hands each to a sink when it
 * ends. Files and live capture use the same table. Memory depends on the flows open at once, never
 * on the number of packets; once the table has grown, only finished flows are allocated.
 *
 * <p>Flows are numbered by their first packet. When a packet of a flow comes late by more than the
 * idle timeout and by more than {@value #SWEEP_INTERVAL} packets at once, its flow may already be
 * out; everything less out of order gives the same flows as a table that never forgets.
 *
 * <p>Not thread-safe.
 */
public final class FlowTable {
  /**
   * Idle flows are looked for once in so many packets, by the earliest time among them: a few
   * packets with a time stamp far in the future end no flow.
   */
  private static final int SWEEP_INTERVAL = 256;

  /** Flows newer than the clock that a sweep looks behind before it gives up. */
  private static final int MOST_SKIPPED = 64;

  /** Packets whose flows are looked at together. */
  static final int MOST_TOGETHER = 16;

  private static final int FIRST_SLOTS = 1 << 10;
  private static final int OCCUPIED = 1 << 31;

  private final FlowTableConfig config;
  private final FlowSink sink;

  /** Keeps an attacker from choosing 5-tuples that collide; no result depends on it. */
  private final long hashKey = new SplittableRandom().nextLong() | 1;

  private @Nullable OpenFlow[] slots = new OpenFlow[FIRST_SLOTS];

  /** Hash of the flow in the slot, top bit set; 0 for a free slot. */
  private int[] tags = new int[FIRST_SLOTS];

  /** Ring of the open flows by last packet: {@code ends.newer} is the longest idle. */
  private final OpenFlow ends = new OpenFlow();

  /** Flow objects out of use, linked by {@code newer}; ends at {@link #ends}. */
  private OpenFlow unused = ends;

  private final int[] batchTags = new int[MOST_TOGETHER];

  /** Uses what was looked at, so that the compiler does not leave the looking out. */
  private long lookedAt;

  private int openFlows;
  private int mostOpenFlows;
  private int capture;
  private long nextFlowId;
  private long packets;
  private long flows;
  private long evicted;
  private long clampedTimestamps;
  private long earliestSinceSweep = Long.MAX_VALUE;
  private int packetsUntilSweep = SWEEP_INTERVAL;

  /**
   * @param firstFlowId number of the first flow
   * @param sink takes the flows in the order in which they end, on the calling thread
   */
  public FlowTable(FlowTableConfig config, long firstFlowId, FlowSink sink) {
    this.config = config;
    this.sink = sink;
    this.nextFlowId = firstFlowId;
  }

  /** Index of the capture that the next packets come from; flows remember that of their first. */
  public void beginCapture(int index) {
    capture = index;
  }

  /** Adds a packet to its flow, or starts one. */
  public void add(PacketHeader packet) {
    add(packet, tag(packet));
  }

  /**
   * Adds packets in order. In a large table nearly every look at a flow waits for memory; the flows
   * of all packets are looked at first, so that those waits overlap.
   *
   * @param batch packets; {@value #MOST_TOGETHER} at most
   * @param count how many of them are to be added
   */
  void add(PacketHeader[] batch, int count) {
    for (int i = 0; i < count; i++) {
      batchTags[i] = tag(batch[i]);
    }
    for (int i = 0; i < count; i++) {
      lookedAt += look(batchTags[i]);
    }
    for (int i = 0; i < count; i++) {
      add(batch[i], batchTags[i]);
    }
  }

  /** Brings the flow that probably has this tag into the cache, with its neighbours in the ring. */
  private long look(int tag) {
    int at = tag & tags.length - 1;
    OpenFlow flow = tags[at] == tag ? slots[at] : null;
    return flow == null ? 0 : flow.latestMicros + flow.older.latestMicros + flow.newer.latestMicros;
  }

  private void add(PacketHeader packet, int tag) {
    packets++;
    long time = packet.timeMicros();
    OpenFlow flow = find(tag, packet);
    if (flow == null) {
      flow = open(tag);
      flow.start(nextFlowId++, capture, packet, config.initiator());
    } else if (time - flow.latestMicros > config.idleTimeoutMicros()) {
      restart(flow, packet, EndReason.IDLE);
    } else if (flow.isReopenedBy(packet)) {
      restart(flow, packet, EndReason.REOPENED);
    } else if (flow.isOlderThan(config.activeTimeoutMicros(), time)) {
      cut(flow, packet);
    }
    if (flow.add(packet, config.maxPackets())) {
      clampedTimestamps++;
    }
    moveToNewest(flow);
    earliestSinceSweep = Math.min(earliestSinceSweep, time);
    if (--packetsUntilSweep == 0) {
      finishIdle(earliestSinceSweep);
    }
  }

  /**
   * Ends the flows that have been idle for more than the timeout at {@code nowMicros}. Files need
   * no call; a live capture calls it when no packets come.
   */
  public void finishIdle(long nowMicros) {
    packetsUntilSweep = SWEEP_INTERVAL;
    earliestSinceSweep = Long.MAX_VALUE;
    int skipped = 0;
    OpenFlow flow = ends.newer;
    while (flow != ends && skipped <= MOST_SKIPPED) {
      OpenFlow next = flow.newer;
      if (nowMicros - flow.latestMicros > config.idleTimeoutMicros()) {
        end(flow, EndReason.IDLE);
      } else if (flow.latestMicros <= nowMicros) {
        break;
      } else {
        skipped++;
      }
      flow = next;
    }
  }

  /**
   * Ends all open flows, the longest idle first: the capture is over. The table can be used again;
   * numbers continue.
   */
  public void finish() {
    if (earliestSinceSweep != Long.MAX_VALUE) {
      finishIdle(earliestSinceSweep);
    }
    while (ends.newer != ends) {
      end(ends.newer, EndReason.CAPTURE_END);
    }
  }

  /** Packets added. */
  public long packets() {
    return packets;
  }

  /** Flows started. */
  public long flows() {
    return flows;
  }

  /** Flows that have not ended yet. */
  public int openFlows() {
    return openFlows;
  }

  /** Flows open at once at most. */
  public int mostOpenFlows() {
    return mostOpenFlows;
  }

  /** Flows ended because the table was full. */
  public long evicted() {
    return evicted;
  }

  /** Packets earlier than the latest one of their flow. */
  public long clampedTimestamps() {
    return clampedTimestamps;
  }

  private @Nullable OpenFlow find(int tag, PacketHeader packet) {
    int mask = tags.length - 1;
    for (int at = tag & mask; tags[at] != 0; at = at + 1 & mask) {
      if (tags[at] == tag) {
        OpenFlow flow = slots[at];
        if (flow != null && flow.matches(packet)) {
          return flow;
        }
      }
    }
    return null;
  }

  /** The old flow ends; the new one takes over its object and its place. */
  private void restart(OpenFlow flow, PacketHeader packet, EndReason reason) {
    Flow ended = flow.finish(reason);
    flow.start(nextFlowId++, capture, packet, config.initiator());
    flows++;
    sink.accept(ended);
  }

  /** The flow goes on as a new one. */
  private void cut(OpenFlow flow, PacketHeader packet) {
    Flow ended = flow.finish(EndReason.ACTIVE);
    flow.goOn(nextFlowId++, capture, packet);
    flows++;
    sink.accept(ended);
  }

  private OpenFlow open(int tag) {
    if (openFlows == config.maxOpenFlows()) {
      evicted++;
      end(ends.newer, EndReason.EVICTED);
    }
    if (openFlows * 2 >= tags.length) {
      grow();
    }
    OpenFlow flow = unused;
    if (flow == ends) {
      flow = new OpenFlow();
    } else {
      unused = flow.newer;
    }
    flow.tag = tag;
    flow.older = flow;
    flow.newer = flow;
    insert(flow);
    mostOpenFlows = Math.max(mostOpenFlows, ++openFlows);
    flows++;
    return flow;
  }

  private void insert(OpenFlow flow) {
    int mask = tags.length - 1;
    int at = flow.tag & mask;
    while (tags[at] != 0) {
      at = at + 1 & mask;
    }
    tags[at] = flow.tag;
    slots[at] = flow;
  }

  private void grow() {
    @Nullable OpenFlow[] old = slots;
    slots = new OpenFlow[old.length * 2];
    tags = new int[old.length * 2];
    for (OpenFlow flow : old) {
      if (flow != null) {
        insert(flow);
      }
    }
  }

  private void end(OpenFlow flow, EndReason reason) {
    remove(flow);
    flow.older.newer = flow.newer;
    flow.newer.older = flow.older;
    openFlows--;
    Flow ended = flow.finish(reason);
    flow.newer = unused;
    unused = flow;
    sink.accept(ended);
  }

  /** Frees the slot and moves back what stood behind it only because of it. */
  private void remove(OpenFlow flow) {
    int mask = tags.length - 1;
    int free = flow.tag & mask;
    while (slots[free] != flow) {
      free = free + 1 & mask;
    }
    for (int at = free + 1 & mask; tags[at] != 0; at = at + 1 & mask) {
      int home = tags[at] & mask;
      boolean mayMove = (at - home & mask) >= (at - free & mask);
      if (mayMove) {
        tags[free] = tags[at];
        slots[free] = slots[at];
        free = at;
      }
    }
    tags[free] = 0;
    slots[free] = null;
  }

  private void moveToNewest(OpenFlow flow) {
    if (flow.newer == ends) {
      return;
    }
    flow.older.newer = flow.newer;
    flow.newer.older = flow.older;
    flow.older = ends.older;
    flow.newer = ends;
    flow.older.newer = flow;
    ends.older = flow;
  }

  /** The same for both directions. */
  private int tag(PacketHeader packet) {
    long source = endpoint(packet.sourceHigh(), packet.sourceLow(), packet.sourcePort());
    long destination =
        endpoint(packet.destinationHigh(), packet.destinationLow(), packet.destinationPort());
    long hash = (source + destination + packet.protocol()) * hashKey;
    return (int) (hash >>> 32 ^ hash) | OCCUPIED;
  }

  private long endpoint(long high, long low, int port) {
    long hash = (low ^ (long) port << 40 ^ hashKey) * 0x9e37_79b9_7f4a_7c15L;
    hash = (hash ^ hash >>> 32 ^ high) * 0xd6e8_feb8_6659_fd93L;
    return hash ^ hash >>> 32;
  }
}
