package dev.janus.score;

import dev.janus.model.ModelException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What is known of benign flows that verdicts are fitted and calibrated by, in their order.
 *
 * @param hidden distance of the hidden state, {@code [n]}
 * @param scores {@code [n, 10]}
 * @param measures {@code [n, 5]}; those of the ten scores do not matter
 * @param strata {@link FlowStratum} of each, {@code [n]}
 */
@SuppressWarnings("ArrayRecordComponent")
record BenignScores(double[] hidden, double[] scores, double[] measures, int[] strata) {
  /** Two to fit the surprises, two to calibrate. */
  private static final int FEWEST = 4;

  BenignScores {
    requireEnough(strata.length);
  }

  static BenignScores ofSize(int flows) {
    return new BenignScores(
        new double[flows],
        new double[flows * ScoreName.COUNT],
        new double[flows * FusedMeasure.COUNT],
        new int[flows]);
  }

  static void requireEnough(int flows) {
    if (flows < FEWEST) {
      throw new ModelException(
          "verdicts are fitted and calibrated on at least %d benign validation flows, here are %d"
              .formatted(FEWEST, flows));
    }
  }

  /** Fits the distance of the ten scores, and calibrates it on held-out halves. */
  CalibratedDistance oas10(ComputedScores computed) {
    int n = strata.length;
    return new CalibratedDistance(
        computed.fit(scores, n),
        Calibration.of(HeldOutDistances.of(computed.of(scores, n), n, computed.count())));
  }

  /** Fits the fused verdict on flows at even positions and calibrates it on the others. */
  FusedVerdict fused(PlaceDistances places, MahalanobisOas features, ComputedScores computed) {
    int[] rows = IntStream.range(0, strata.length).toArray();
    int[] reference = RowChoice.spread(RowChoice.even(rows), BenignReference.CAPACITY);
    double[] fitting = selected(scores, ScoreName.COUNT, reference);
    FusedFit fit =
        new FusedFit(
            places,
            features,
            computed.fit(fitting, reference.length),
            Standardization.fit(fitting, reference.length, ScoreName.COUNT));
    double[] complete = measures.clone();
    fit.ofScores(scores, complete);
    return FusedVerdict.calibrated(
        fit,
        new BenignReference(
            fitting,
            selected(complete, FusedMeasure.COUNT, reference),
            Arrays.stream(reference).map(f -> strata[f]).toArray()),
        selected(complete, FusedMeasure.COUNT, RowChoice.odd(rows)));
  }

  private static double[] selected(double[] values, int columns, int[] rows) {
    double[] selected = new double[rows.length * columns];
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(values, rows[k] * columns, selected, k * columns, columns);
    }
    return selected;
  }
}
