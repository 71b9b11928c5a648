package dev.janus.baselines;

import dev.janus.contract.flow.FlowSource;
import java.util.Arrays;

/**
 * Squared error of reconstructing the twenty standardised features from their first principal
 * components in benign training: the fewest that hold {@value #KEPT_VARIANCE} of its variance.
 * Fitted on at most {@value #MOST_FLOWS} training flows, evenly over their order.
 */
final class PrincipalComponents implements Detector {
  static final double KEPT_VARIANCE = 0.95;
  static final int MOST_FLOWS = 200_000;

  @Override
  public String name() {
    return "pca";
  }

  @Override
  public String description() {
    return "squared reconstruction error from the components that hold 95 % of the variance";
  }

  @Override
  public FittedDetector fit(FlowSource flows, int[] rows, long seed, Runnable check) {
    TrainingRows training = new TrainingRows(flows, rows, check);
    FlowVectors.Form form = FlowVectors.Form.standardized(training.normalization());
    Covariance covariance = Covariance.of(training.thinned(MOST_FLOWS).vectors(form));
    int kept = components(covariance.variances());
    return FlowVectors.detector(form, vector -> error(covariance, kept, vector));
  }

  /** The fewest leading components that hold the share of the variance; 0 where there is none. */
  static int components(double[] variances) {
    double wanted = KEPT_VARIANCE * Arrays.stream(variances).sum();
    double held = 0;
    int kept = 0;
    while (kept < variances.length && held < wanted) {
      held += variances[kept++];
    }
    return kept;
  }

  /** What is left along the axes that are not kept: the axes are orthogonal. */
  static double error(Covariance covariance, int kept, double[] vector) {
    double error = 0;
    for (int axis = kept; axis < vector.length; axis++) {
      double along = covariance.along(axis, vector);
      error += along * along;
    }
    return error;
  }
}
