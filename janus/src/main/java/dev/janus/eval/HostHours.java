package dev.janus.eval;

import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.contract.flow.IpAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Flows that belong together because one host began them within one hour: what that host did then
 * decides about all of them, so they are no independent trials. The block of a flow is its
 * initiator's address and the hour, by UTC, in which it starts.
 */
public final class HostHours {
  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  private HostHours() {}

  private record Block(IpAddress initiator, long hour) {}

  /**
   * Numbers the blocks in the order in which they first occur.
   *
   * @param rows flows, by their row in {@code flows}
   * @return the block of each, {@code [rows.length]}
   */
  public static int[] of(FlowMetadata flows, int[] rows) {
    Map<Block, Integer> numbers = new HashMap<>();
    int[] blocks = new int[rows.length];
    for (int k = 0; k < rows.length; k++) {
      long hour = Math.floorDiv(flows.startMicros(rows[k]), MICROS_PER_HOUR);
      Block block = new Block(flows.tuple(rows[k]).initiator(), hour);
      blocks[k] = numbers.computeIfAbsent(block, unknown -> numbers.size());
    }
    return blocks;
  }
}
