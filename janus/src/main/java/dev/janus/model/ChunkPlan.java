package dev.janus.model;

import dev.janus.engine.Ragged;
import java.util.Arrays;

/**
 * Cuts flows into chunks of whole flows with about the same number of tokens each, at most about
 * 520: few enough that what one layer leaves for the next stays near, and enough that weights and
 * their gradients, which every chunk goes through, do not come from memory too often. The number of
 * chunks is a multiple of what the caller spreads them over, so that all parts get the same work;
 * where that would make chunks too small, it is a power of two. A function of the flow lengths and
 * of the number of parts only, which training keeps the same for any number of threads. Reusable;
 * not thread-safe for writing.
 */
public final class ChunkPlan {
  /** Eight flows of 64 packets and a flow token each. */
  private static final int LARGEST_TOKENS = 520;

  private final int parts;

  /** Tokens below which a chunk of its own does not pay. */
  private final int smallestTokens;

  private int[] ends = new int[16];
  private int count;

  private ChunkPlan(int parts, int smallestTokens) {
    this.parts = parts;
    this.smallestTokens = smallestTokens;
  }

  /**
   * A plan for training. Clearing and adding up a gradient slot costs as much as training some 50
   * tokens, so that chunks are not made small.
   *
   * @param slots gradient slots, at least 1
   */
  public static ChunkPlan forTraining(int slots) {
    return new ChunkPlan(slots, 320);
  }

  /**
   * A plan for forward passes only.
   *
   * @param threads at least 1
   */
  public static ChunkPlan forScoring(int threads) {
    return new ChunkPlan(threads, 48);
  }

  /**
   * Plans the flows whose packet rows are given; a flow has one token more than packets. Replaces
   * the last plan.
   */
  public void plan(Ragged packets) {
    int flows = packets.count();
    long tokens = (long) packets.totalRows() + flows;
    long wanted = Math.ceilDiv(tokens, (long) LARGEST_TOKENS * parts) * parts;
    long most = Math.min(flows, Math.ceilDiv(tokens, smallestTokens));
    int chunks = Math.toIntExact(wanted <= most ? wanted : Long.highestOneBit(most));
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
