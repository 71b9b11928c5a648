package dev.janus.train;

import dev.janus.autograd.optim.GradientSlots;
import dev.janus.engine.Ragged;
import java.util.Arrays;

/**
 * Cuts a batch into chunks of whole flows of about the same number of tokens: at most as many as
 * there are gradient slots or a multiple of it, since a chunk ends with the flow that reaches the
 * target, and about 500 tokens each at most so that a chunk's activations stay in cache. A function
 * of the flow lengths only.
 */
final class ChunkPlan {
  private static final int LARGEST_TOKENS = 512;
  private static final int SMALLEST_TOKENS = 48;

  private int[] ends = new int[GradientSlots.COUNT];
  private int count;

  /** Plans a batch given the packet rows of its flows. */
  void plan(Ragged packets) {
    int flows = packets.count();
    int total = packets.totalRows() + flows;
    int rounds = Math.ceilDiv(total, LARGEST_TOKENS * GradientSlots.COUNT);
    int target = Math.max(SMALLEST_TOKENS, Math.ceilDiv(total, rounds * GradientSlots.COUNT));
    count = 0;
    int tokens = 0;
    for (int f = 0; f < flows; f++) {
      tokens += packets.rows(f) + 1;
      if (tokens >= target || f == flows - 1) {
        if (count == ends.length) {
          ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = f + 1;
        tokens = 0;
      }
    }
  }

  /** Number of chunks. */
  int count() {
    return count;
  }

  /** First flow of chunk {@code c}. */
  int from(int c) {
    return c == 0 ? 0 : ends[c - 1];
  }

  /** One past the last flow of chunk {@code c}. */
  int to(int c) {
    return ends[c];
  }

  /** Slots that receive a chunk; chunk c goes to slot {@code c % COUNT}. */
  int usedSlots() {
    return Math.min(count, GradientSlots.COUNT);
  }
}
