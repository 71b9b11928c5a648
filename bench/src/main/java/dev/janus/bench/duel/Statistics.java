package dev.janus.bench.duel;

import java.util.List;
import java.util.stream.IntStream;

/** Medians and means of samples. */
public final class Statistics {
  private Statistics() {}

  /** The middle sample, or the mean of the two middle ones. */
  public static double median(List<Double> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no samples, no median");
    }
    List<Double> sorted = samples.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** The n-th root of the product of n positive numbers: the mean of ratios. */
  public static double geometricMean(List<Double> ratios) {
    if (ratios.isEmpty()) {
      throw new IllegalArgumentException("no ratios, no mean");
    }
    return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElseThrow());
  }

  /** Medians of both sides and of the ratios of samples with the same index. */
  static DuelResult duel(List<Double> oursNanos, List<Double> peerNanos) {
    List<Double> ratios =
        IntStream.range(0, oursNanos.size())
            .mapToObj(i -> peerNanos.get(i) / oursNanos.get(i))
            .toList();
    return new DuelResult(median(oursNanos), median(peerNanos), median(ratios));
  }
}
