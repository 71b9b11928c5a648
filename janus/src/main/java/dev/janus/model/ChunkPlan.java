package dev.janus.model;

import dev.janus.engine.Ragged;
import java.util.Arrays;

/**
 * Cuts flows into chunks of whole flows with about the same number of tokens each, at most about
 * 500, so that a chunk's activations stay in cache. The number of chunks is a multiple of what the
 * caller spreads them over, so that all parts get the same work, unless that would make chunks too
 * small for fast products. A function of the flow lengths only. Reusable; not thread-safe for
 * writing.
 */
public final class ChunkPlan {
  private static final int LARGEST_TOKENS = 512;
  private static final int SMALLEST_TOKENS = 48;

  private final int parts;
  private int[] ends = new int[16];
  private int count;

  /**
   * @param parts what chunks are spread over, at least 1: gradient slots or threads
   */
  public ChunkPlan(int parts) {
    this.parts = parts;
  }

  /**
   * Plans the flows whose packet rows are given; a flow has one token more than packets. Replaces
   * the last plan.
   */
  public void plan(Ragged packets) {
    int flows = packets.count();
    long tokens = (long) packets.totalRows() + flows;
    int rounds = Math.toIntExact(Math.ceilDiv(tokens, (long) LARGEST_TOKENS * parts));
    long most = Math.min(flows, Math.ceilDiv(tokens, SMALLEST_TOKENS));
    int chunks = Math.toIntExact(Math.min((long) rounds * parts, most));
    if (ends.length < chunks) {
      ends = Arrays.copyOf(ends, Math.max(chunks, 2 * ends.length));
    }
    count = 0;
    int flow = 0;
    for (int c = 1; c <= chunks; c++) {
      long end = tokens * c / chunks;
      int from = flow;
      while (flow < flows && middle(packets, flow) <= end) {
        flow++;
      }
      if (flow > from) {
        ends[count++] = flow;
      }
    }
  }

  /** Middle token of a flow: it goes to the chunk that holds this one. */
  private static long middle(Ragged packets, int flow) {
    return packets.start(flow) + (long) flow + (packets.rows(flow) + 1) / 2;
  }

  /** Number of chunks. */
  public int count() {
    return count;
  }

  /** First flow of chunk {@code c}. */
  public int from(int c) {
    return c == 0 ? 0 : ends[c - 1];
  }

  /** One past the last flow of chunk {@code c}. */
  public int to(int c) {
    return ends[c];
  }
}
