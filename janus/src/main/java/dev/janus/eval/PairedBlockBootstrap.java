package dev.janus.eval;

import dev.janus.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * How sure the difference of two scores on the same flows is, where flows depend on each other.
 * Each resample draws whole blocks (see {@link FlowBlocks}) with replacement: of the benign flows
 * as many blocks as they have, and the same of each attack class, so that every class is always
 * there. Both scores are measured on the same draw, which is what makes the comparison a paired
 * one. The interval holds the middle {@link #CONFIDENCE} of the differences drawn (percentile
 * method; Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13); the
 * p-value is that at which the interval would just reach zero, {@code 2 min(1 + #{d <= 0}, 1 + #{d
 * >= 0}) / (R + 1)}, so no smaller than {@code 2 / (R + 1)}.
 *
 * <p>A class of one block cannot vary: the interval then leaves out what another such attack would
 * have brought. With few blocks, below some ten, it is too narrow.
 */
public final class PairedBlockBootstrap {
  /** Share of the draws that the interval holds. */
  public static final double CONFIDENCE = 0.95;

  private PairedBlockBootstrap() {}

  /**
   * Compares.
   *
   * @param flows the tested flows
   * @param first score of each flow, {@code [flows]}, higher means more anomalous, no NaN
   * @param second the other score of each
   * @param resamples number of draws, at least 1
   * @param seed decides the draws: equal input gives equal results
   * @param afterEach called after each draw with the number made so far; what it throws ends the
   *     comparison
   * @throws ModelException when there is but one block of each class, so that nothing can be drawn
   */
  public static PairedComparison compare(
      FlowBlocks flows,
      double[] first,
      double[] second,
      int resamples,
      long seed,
      IntConsumer afterEach) {
    if (resamples < 1) {
      throw new IllegalArgumentException("there is at least one resample, not " + resamples);
    }
    if (flows.strata().stream().allMatch(stratum -> stratum.blocks() == 1)) {
      throw new ModelException(
          "nothing to resample: the flows of each class are all of one block (one initiator and"
              + " hour); compare on data of more hosts or hours");
    }
    BlockRanking firstRanking = new BlockRanking(flows, first);
    BlockRanking secondRanking = new BlockRanking(flows, second);
    int[] times = flows.once();
    double[] firstFigures = firstRanking.figures(times);
    double[] secondFigures = secondRanking.figures(times);
    ComparedFigure[] compared = ComparedFigure.values();
    double[][] differences = new double[compared.length][resamples];
    SplittableRandom random = new SplittableRandom(seed);
    for (int r = 0; r < resamples; r++) {
      flows.draw(random, times);
      double[] a = firstRanking.figures(times);
      double[] b = secondRanking.figures(times);
      for (int f = 0; f < compared.length; f++) {
        differences[f][r] = a[f] - b[f];
      }
      afterEach.accept(r + 1);
    }
    List<PairedComparison.Figure> figures = new ArrayList<>();
    for (int f = 0; f < compared.length; f++) {
      figures.add(figure(compared[f], firstFigures[f], secondFigures[f], differences[f]));
    }
    return new PairedComparison(figures, flows.strata(), resamples, seed);
  }

  private static PairedComparison.Figure figure(
      ComparedFigure figure, double first, double second, double[] differences) {
    Arrays.sort(differences);
    long notAbove = Arrays.stream(differences).filter(d -> d <= 0).count();
    long notBelow = Arrays.stream(differences).filter(d -> d >= 0).count();
    double tail = (1 + Math.min(notAbove, notBelow)) / (differences.length + 1.0);
    return new PairedComparison.Figure(
        figure,
        first,
        second,
        quantile(differences, (1 - CONFIDENCE) / 2),
        quantile(differences, (1 + CONFIDENCE) / 2),
        Math.min(1, 2 * tail));
  }

  /** With linear interpolation between neighbours, NumPy's default. */
  private static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int low = (int) position;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
  }
}
