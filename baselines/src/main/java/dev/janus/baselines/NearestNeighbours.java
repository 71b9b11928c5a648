package dev.janus.baselines;

import dev.janus.contract.flow.FlowSource;
import java.util.Arrays;

/**
 * Euclidean distance to the fifth nearest benign training flow (Ramaswamy, Rastogi and Shim, SIGMOD
 * 2000) in the twenty standardised features. Keeps at most {@value #MOST_FLOWS} training flows,
 * evenly over their order, and compares with each: in twenty dimensions a tree prunes little.
 */
final class NearestNeighbours implements Detector {
  static final int NEIGHBOURS = 5;
  static final int MOST_FLOWS = 20_000;

  @Override
  public String name() {
    return "knn5";
  }

  @Override
  public String description() {
    return "distance to the 5th nearest training flow in the 20 standardised features";
  }

  @Override
  public FittedDetector fit(FlowSource flows, int[] rows, long seed, Runnable check) {
    TrainingRows training = new TrainingRows(flows, rows, check);
    FlowVectors.Form form = FlowVectors.Form.standardized(training.normalization());
    double[][] neighbours = training.thinned(MOST_FLOWS).vectors(form);
    return FlowVectors.detector(form, vector -> distance(vector, neighbours));
  }

  /** Distance to the fifth nearest, or to the farthest where there are fewer. */
  static double distance(double[] vector, double[][] neighbours) {
    double[] nearest = new double[Math.min(NEIGHBOURS, neighbours.length)];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    int last = nearest.length - 1;
    for (double[] neighbour : neighbours) {
      double squared = squaredDistance(vector, neighbour, nearest[last]);
      if (squared < nearest[last]) {
        int at = last;
        while (at > 0 && nearest[at - 1] > squared) {
          nearest[at] = nearest[at - 1];
          at--;
        }
        nearest[at] = squared;
      }
    }
    return Math.sqrt(nearest[last]);
  }

  /** Stops early, with what it has, once that is above the limit. */
  private static double squaredDistance(double[] a, double[] b, double limit) {
    double sum = 0;
    for (int k = 0; k < a.length && sum <= limit; k++) {
      double difference = a[k] - b[k];
      sum += difference * difference;
    }
    return sum;
  }
}
