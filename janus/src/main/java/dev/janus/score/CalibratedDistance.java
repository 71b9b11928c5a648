package dev.janus.score;

import dev.janus.model.ModelException;
import java.util.Arrays;

/**
 * A distance from benign flows with the benign distances that p-values are read from. Immutable and
 * thread-safe.
 *
 * @param distance the distance
 * @param calibration distances of benign flows that are as far from the fit as new ones
 */
public record CalibratedDistance(MahalanobisOas distance, Calibration calibration) {
  /**
   * Judges flows.
   *
   * @param vectors {@code [flows, p]} row-major, p as fitted
   * @param rows number of each flow for messages, {@code [flows]}
   * @throws ModelException when a flow has no distance because one of its numbers is NaN; names its
   *     row
   */
  Verdicts judge(double[] vectors, int[] rows) {
    double[] distances = new double[rows.length];
    for (int f = 0; f < rows.length; f++) {
      distances[f] = distance.distance(vectors, f * distance.dimensions());
      if (Double.isNaN(distances[f])) {
        throw new ModelException(
            "flow row " + rows[f] + ": one of its numbers is NaN and gives no distance");
      }
    }
    return new Verdicts(distances, Arrays.stream(distances).map(calibration::pValue).toArray());
  }
}
