package dev.janus.score;

import dev.janus.model.JanusNetwork;
import dev.janus.model.NormalizedFlows;

/**
 * The kind of flow that a score is compared within: with or without any TCP flag, and of 1-2, 3-7,
 * 8-19 or more packets (method, section 12.1).
 */
public final class FlowStratum {
  /** Number of strata. */
  public static final int COUNT = 8;

  private static final int LENGTHS = COUNT / 2;

  /** Bits behind the direction are TCP flags. */
  private static final int FIRST_FLAG = 1;

  private FlowStratum() {}

  /**
   * The stratum of a flow, 0..{@value #COUNT}-1. Its length is that which the network reads.
   *
   * @param f number of the flow in {@code flows}
   */
  static int of(NormalizedFlows flows, int f) {
    int packets = flows.packets().rows(f);
    int length = packets < 3 ? 0 : packets < 8 ? 1 : packets < 20 ? 2 : 3;
    return (hasFlag(flows, f, packets) ? LENGTHS : 0) + length;
  }

  private static boolean hasFlag(NormalizedFlows flows, int f, int packets) {
    int first = flows.packets().start(f);
    for (int p = first; p < first + packets; p++) {
      for (int b = FIRST_FLAG; b < JanusNetwork.BITS; b++) {
        if (flows.bits()[p * JanusNetwork.BITS + b] > 0) {
          return true;
        }
      }
    }
    return false;
  }
}
