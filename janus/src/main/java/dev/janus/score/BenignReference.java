package dev.janus.score;

import dev.janus.model.ModelConfig;
import dev.janus.model.ModelException;
import java.util.Arrays;

/**
 * Benign flows that a model is fitted by and carries along, so that other ways to make one number
 * of its scores can be fitted later: the validation flows at even positions, at most {@value
 * #CAPACITY} of them, evenly spread.
 *
 * @param scores {@code [n, 10]} in the order of {@link ScoreName}
 * @param measures {@code [n, 5]} in the order of {@link FusedMeasure}
 * @param strata {@link FlowStratum} of each, {@code [n]}
 * @throws ModelException when there are fewer than 2, sizes disagree, or a number is out of range
 */
@SuppressWarnings("ArrayRecordComponent")
public record BenignReference(double[] scores, double[] measures, int[] strata) {
  /** Largest number of flows. */
  public static final int CAPACITY = 20_000;

  public BenignReference {
    int n = strata.length;
    if (n < 2
        || n > CAPACITY
        || scores.length != n * ScoreName.COUNT
        || measures.length != n * FusedMeasure.COUNT) {
      throw new ModelException(
          "reference: %d flows with %d scores and %d measures"
              .formatted(n, scores.length, measures.length));
    }
    requireFinite("score", scores, ScoreName.COUNT);
    requireFinite("measure", measures, FusedMeasure.COUNT);
    for (int f = 0; f < n; f++) {
      if (strata[f] < 0 || strata[f] >= FlowStratum.COUNT) {
        throw new ModelException("reference: flow " + f + " is of stratum " + strata[f]);
      }
    }
  }

  private static void requireFinite(String what, double[] values, int columns) {
    for (int k = 0; k < values.length; k++) {
      if (!Double.isFinite(values[k])) {
        throw new ModelException(
            "reference: benign flow %d, %s %d is %s"
                .formatted(k / columns, what, k % columns, values[k]));
      }
    }
  }

  /** Number of flows. */
  public int flows() {
    return strata.length;
  }

  /**
   * Fits an aggregator on these flows.
   *
   * @param model the model that scored them, which may not compute every score
   */
  public Aggregator.Fitted fit(Aggregator aggregator, ModelConfig model) {
    return aggregator.fit(scores, strata, ComputedScores.of(model));
  }

  /** One measure of every flow. */
  double[] measure(FusedMeasure measure) {
    double[] column = new double[flows()];
    Arrays.setAll(column, f -> measures[f * FusedMeasure.COUNT + measure.ordinal()]);
    return column;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BenignReference that
        && Arrays.equals(scores, that.scores)
        && Arrays.equals(measures, that.measures)
        && Arrays.equals(strata, that.strata);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(scores);
  }
}
