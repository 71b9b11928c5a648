package dev.janus.bench.torch;

import dev.janus.engine.Ragged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Ways to cut flows into padded batches. */
final class Batches {
  /** Rows of the longest flow there is, its flow token included. */
  static final int LONGEST_TOKENS = 65;

  private Batches() {}

  /**
   * Flows that are padded to the same number of rows.
   *
   * @param flows their numbers
   * @param tokens rows per flow
   */
  record Cut(int[] flows, int tokens) {}

  /** In the order they come, every flow padded to the longest there is. */
  static List<Cut> padded(Ragged packets, int size) {
    List<Cut> cuts = new ArrayList<>();
    for (int from = 0; from < packets.count(); from += size) {
      int to = Math.min(packets.count(), from + size);
      cuts.add(new Cut(IntStream.range(from, to).toArray(), LONGEST_TOKENS));
    }
    return cuts;
  }

  /** Sorted by length, each batch padded to the longest flow it holds. */
  static List<Cut> bucketed(Ragged packets, int size) {
    int[] sorted =
        IntStream.range(0, packets.count())
            .boxed()
            .sorted(Comparator.comparingInt(packets::rows))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Cut> cuts = new ArrayList<>();
    for (int from = 0; from < sorted.length; from += size) {
      int to = Math.min(sorted.length, from + size);
      int[] flows = Arrays.copyOfRange(sorted, from, to);
      cuts.add(new Cut(flows, packets.rows(flows[flows.length - 1]) + 1));
    }
    return cuts;
  }
}
