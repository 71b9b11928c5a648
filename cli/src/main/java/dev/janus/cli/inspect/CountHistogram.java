package dev.janus.cli.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts of numbers in bins given by their upper ends. Not thread-safe. */
final class CountHistogram {
  /**
   * One bin.
   *
   * @param from smallest number in it
   * @param to largest number in it; {@link Long#MAX_VALUE} for no end
   * @param count how many
   */
  record Bin(long from, long to, long count) {
    String label() {
      if (from == to) {
        return Long.toString(from);
      }
      return to == Long.MAX_VALUE ? from + "+" : from + "-" + to;
    }
  }

  private final long[] ends;
  private final long[] counts;

  private CountHistogram(long... ends) {
    this.ends = ends;
    this.counts = new long[ends.length + 1];
  }

  /** Bins for packets per flow: 1, 2, 3-4, 5-8 and so on to a million. */
  static CountHistogram ofLengths() {
    long[] ends = new long[21];
    Arrays.setAll(ends, power -> 1L << power);
    return new CountHistogram(ends);
  }

  /** Bins for sizes of datagrams in bytes. */
  static CountHistogram ofSizes() {
    return new CountHistogram(
        40, 52, 64, 100, 200, 300, 400, 600, 800, 1000, 1200, 1400, 1500, 9000, 65535);
  }

  void add(long number) {
    int bin = Arrays.binarySearch(ends, number);
    counts[bin < 0 ? -bin - 1 : bin]++;
  }

  /** From the first bin that is not empty to the last such. */
  List<Bin> bins() {
    int first = 0;
    int last = counts.length - 1;
    while (first <= last && counts[first] == 0) {
      first++;
    }
    while (last > first && counts[last] == 0) {
      last--;
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      long from = i == 0 ? Math.min(1, ends[0]) : ends[i - 1] + 1;
      long to = i == ends.length ? Long.MAX_VALUE : ends[i];
      bins.add(new Bin(from, to, counts[i]));
    }
    return bins;
  }
}
