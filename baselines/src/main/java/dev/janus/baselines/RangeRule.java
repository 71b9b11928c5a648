package dev.janus.baselines;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowSource;
import java.util.Arrays;

/**
 * Smallest and largest value of each feature over all benign training flows. The score of a flow is
 * the number of its features outside, plus {@code e / (1 + e)}, where {@code e} sums how far
 * outside they are in units of each range: the number decides, the excess only between equal
 * numbers. A flow inside all ranges scores 0, so there are many ties.
 */
final class RangeRule implements Detector {
  /** Unit of a feature that hardly varies in training; the floor of the model's deviations. */
  private static final double SMALLEST_RANGE = 1e-3;

  @Override
  public String name() {
    return "range-rule";
  }

  @Override
  public String description() {
    return "features outside the training minimum and maximum, counted; among equals, how far";
  }

  @Override
  public FittedDetector fit(FlowSource flows, int[] rows, long seed, Runnable check) {
    double[] smallest = filled(Double.POSITIVE_INFINITY);
    double[] largest = filled(Double.NEGATIVE_INFINITY);
    FlowVectors.Form raw = FlowVectors.Form.raw();
    new TrainingRows(flows, rows, check)
        .each(
            raw,
            vector -> {
              for (int k = 0; k < vector.length; k++) {
                smallest[k] = Math.min(smallest[k], vector[k]);
                largest[k] = Math.max(largest[k], vector[k]);
              }
            });
    return FlowVectors.detector(raw, vector -> score(vector, smallest, largest));
  }

  private static double[] filled(double value) {
    double[] values = new double[FlowFeature.COUNT];
    Arrays.fill(values, value);
    return values;
  }

  static double score(double[] vector, double[] smallest, double[] largest) {
    int outside = 0;
    double excess = 0;
    for (int k = 0; k < vector.length; k++) {
      double beyond = Math.max(smallest[k] - vector[k], vector[k] - largest[k]);
      if (beyond > 0) {
        outside++;
        excess += beyond / Math.max(largest[k] - smallest[k], SMALLEST_RANGE);
      }
    }
    return outside + excess / (1 + excess);
  }
}
