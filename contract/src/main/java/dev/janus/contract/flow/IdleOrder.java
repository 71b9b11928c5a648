package dev.janus.contract.flow;

import java.util.Arrays;

/**
 * Which flow has been idle for longest, exactly. A log of flows in the order of their packets,
 * where only the last entry of a flow counts: to note a packet writes at the log's end and touches
 * no other flow, which a linked list would. When the log is full its dead entries are left out, and
 * it grows until three in four were dead, so this costs little per packet. Not thread-safe.
 */
final class IdleOrder {
  private static final int FIRST_LENGTH = 1 << 12;
  private static final int ENTRIES_PER_FLOW = 4;
  private static final int NOWHERE = -1;

  private int[] log = new int[FIRST_LENGTH];

  /** Where a flow's entry stands that counts. */
  private int[] positions = new int[FIRST_LENGTH];

  /** Entries before have no flow that counts. */
  private int start;

  private int end;

  /** Notes that the flow, new or not, had a packet now. */
  void touch(int flow) {
    if (flow >= positions.length) {
      positions = Arrays.copyOf(positions, Math.max(flow + 1, 2 * positions.length));
    }
    if (end == log.length) {
      compact();
    }
    positions[flow] = end;
    log[end++] = flow;
  }

  private void compact() {
    int count = 0;
    for (int at = start; at < end; at++) {
      int flow = log[at];
      if (positions[flow] == at) {
        positions[flow] = count;
        log[count++] = flow;
      }
    }
    start = 0;
    end = count;
    if (count > log.length / ENTRIES_PER_FLOW) {
      log = Arrays.copyOf(log, 2 * log.length);
    }
  }

  /** Forgets a flow. */
  void remove(int flow) {
    positions[flow] = NOWHERE;
  }

  /** Place of the flow that is idle for longest, for {@link #at}; {@link #end} if there is none. */
  int first() {
    start = skipDead(start);
    return start;
  }

  /** Place of the next flow behind {@code place}; {@link #end} if there is none. */
  int next(int place) {
    return skipDead(place + 1);
  }

  /**
   * Moves what counts before {@code place} up to it, so that whoever walks past the same flows
   * again and again meets each dead entry between them once.
   */
  void closeGaps(int place) {
    int to = place;
    for (int from = place - 1; from >= start; from--) {
      int flow = log[from];
      if (positions[flow] == from) {
        log[--to] = flow;
        positions[flow] = to;
      }
    }
    start = to;
  }

  private int skipDead(int from) {
    int at = from;
    while (at < end && positions[log[at]] != at) {
      at++;
    }
    return at;
  }

  /** The flow at a place. */
  int at(int place) {
    return log[place];
  }

  /** One more than the last place. */
  int end() {
    return end;
  }
}
