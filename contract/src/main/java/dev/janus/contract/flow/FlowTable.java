package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketHeader;
import java.util.SplittableRandom;

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

  /** Packets, or flows about to end, whose memory is looked at together. */
  static final int MOST_TOGETHER = 32;

  private final FlowTableConfig config;
  private final FlowSink sink;

  private final TupleHash hash = new TupleHash(new SplittableRandom());

  private final OpenFlows open;
  private final FlowIndex index = new FlowIndex();
  private final IdleOrder idle = new IdleOrder();
  private final int[] batchTags = new int[MOST_TOGETHER];
  private final int[] batchFlows = new int[MOST_TOGETHER];

  /** Apart from those of a batch, in the midst of which a sweep comes. */
  private final int[] endingTags = new int[MOST_TOGETHER];

  private final int[] endingFlows = new int[MOST_TOGETHER];

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
    this.open = new OpenFlows(config.maxPackets());
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
   * Adds packets in order. In a large table nearly every look at a flow waits for memory. So what
   * all packets will need is looked at first, one kind of thing after the other, in loops so short
   * that a processor has many of these waits under way at once.
   *
   * @param batch packets; {@value #MOST_TOGETHER} at most
   * @param count how many of them are to be added
   */
  void add(PacketHeader[] batch, int count) {
    for (int i = 0; i < count; i++) {
      batchTags[i] = tag(batch[i]);
    }
    long looked = index.look(batchTags, count);
    int known = 0;
    for (int i = 0; i < count; i++) {
      int place = index.first(batchTags[i]);
      if (place != FlowIndex.NONE) {
        batchFlows[known++] = index.flow(place);
      }
    }
    looked += open.look(batchFlows, known);
    lookedAt += looked + open.lookAtLastBlocks(batchFlows, known);
    for (int i = 0; i < count; i++) {
      add(batch[i], batchTags[i]);
    }
  }

  private void add(PacketHeader packet, int tag) {
    packets++;
    long time = packet.timeMicros();
    int flow = find(tag, packet);
    if (flow == FlowIndex.NONE) {
      flow = open(tag);
      open.start(flow, nextFlowId++, capture, packet, config.initiator());
    } else if (time - open.latestMicros(flow) > config.idleTimeoutMicros()) {
      restart(flow, packet, EndReason.IDLE);
    } else if (open.isReopenedBy(flow, packet)) {
      restart(flow, packet, EndReason.REOPENED);
    } else if (config.activeTimeoutMicros() != FlowTableConfig.NO_ACTIVE_TIMEOUT
        && open.isOlderThan(flow, config.activeTimeoutMicros(), time)) {
      cut(flow, packet);
    }
    if (open.add(flow, packet)) {
      clampedTimestamps++;
    }
    idle.touch(flow);
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
    int place = idle.first();
    int lookedBefore = place;
    while (place < idle.end() && skipped <= MOST_SKIPPED) {
      if (place >= lookedBefore) {
        lookedBefore = lookAhead(place, nowMicros);
      }
      int flow = idle.at(place);
      if (nowMicros - open.latestMicros(flow) > config.idleTimeoutMicros()) {
        end(flow, EndReason.IDLE);
      } else if (open.latestMicros(flow) <= nowMicros) {
        break;
      } else {
        skipped++;
      }
      place = idle.next(place);
    }
    idle.closeGaps(place);
  }

  /**
   * Looks at what the ends of the next idle flows will need, as {@link #add(PacketHeader[], int)}
   * does for packets.
   *
   * @return the place of the first flow not looked at
   */
  private int lookAhead(int from, long nowMicros) {
    int place = from;
    int next = 0;
    while (place < idle.end() && next < MOST_TOGETHER) {
      endingFlows[next++] = idle.at(place);
      place = idle.next(place);
    }
    long looked = open.look(endingFlows, next);
    int ending = 0;
    for (int i = 0; i < next; i++) {
      int flow = endingFlows[i];
      if (nowMicros - open.latestMicros(flow) > config.idleTimeoutMicros()) {
        endingFlows[ending++] = flow;
      }
    }
    looked += open.lookAtRest(endingFlows, ending);
    for (int i = 0; i < ending; i++) {
      endingTags[i] = open.tag(endingFlows[i]);
    }
    lookedAt += looked + index.look(endingTags, ending);
    return place;
  }

  /**
   * Ends all open flows, the longest idle first: the capture is over. The table can be used again;
   * numbers continue.
   */
  public void finish() {
    if (earliestSinceSweep != Long.MAX_VALUE) {
      finishIdle(earliestSinceSweep);
    }
    for (int place = idle.first(); place < idle.end(); place = idle.next(place)) {
      end(idle.at(place), EndReason.CAPTURE_END);
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

  private int find(int tag, PacketHeader packet) {
    int place = index.first(tag);
    while (place != FlowIndex.NONE) {
      int flow = index.flow(place);
      if (open.matches(flow, packet)) {
        return flow;
      }
      place = index.next(tag, place);
    }
    return FlowIndex.NONE;
  }

  /** The old flow ends; the new one takes over its place. */
  private void restart(int flow, PacketHeader packet, EndReason reason) {
    Flow ended = open.finish(flow, reason);
    open.start(flow, nextFlowId++, capture, packet, config.initiator());
    flows++;
    sink.accept(ended);
  }

  /** The flow goes on as a new one. */
  private void cut(int flow, PacketHeader packet) {
    Flow ended = open.finish(flow, EndReason.ACTIVE);
    open.goOn(flow, nextFlowId++, capture, packet);
    flows++;
    sink.accept(ended);
  }

  private int open(int tag) {
    if (openFlows == config.maxOpenFlows()) {
      evicted++;
      end(idle.at(idle.first()), EndReason.EVICTED);
    }
    int flow = open.take(tag);
    index.add(tag, flow);
    mostOpenFlows = Math.max(mostOpenFlows, ++openFlows);
    flows++;
    return flow;
  }

  private void end(int flow, EndReason reason) {
    index.remove(open.tag(flow), flow);
    idle.remove(flow);
    openFlows--;
    Flow ended = open.finish(flow, reason);
    open.release(flow);
    sink.accept(ended);
  }

  private int tag(PacketHeader packet) {
    return hash.of(packet) | FlowIndex.OCCUPIED;
  }
}
