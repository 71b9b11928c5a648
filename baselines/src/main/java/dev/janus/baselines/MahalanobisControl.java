package dev.janus.baselines;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowSource;
import dev.janus.score.MahalanobisOas;
import java.util.Arrays;

/**
 * Squared Mahalanobis distance of the twenty standardised features from those of benign training,
 * with the covariance estimate that the model's own distance has (OAS). Fitted on at most {@value
 * #MOST_FLOWS} training flows, evenly over their order.
 */
final class MahalanobisControl implements Detector {
  static final int MOST_FLOWS = 200_000;

  @Override
  public String name() {
    return "mahalanobis";
  }

  @Override
  public String description() {
    return "squared Mahalanobis distance (OAS) of the 20 standardised features";
  }

  @Override
  public FittedDetector fit(FlowSource flows, int[] rows, long seed, Runnable check) {
    TrainingRows training = new TrainingRows(flows, rows, check);
    FlowVectors.Form form = FlowVectors.Form.standardized(training.normalization());
    double[][] vectors = training.thinned(MOST_FLOWS).vectors(form);
    double[] flat = Arrays.stream(vectors).flatMapToDouble(Arrays::stream).toArray();
    MahalanobisOas fitted = MahalanobisOas.fit(flat, vectors.length, FlowFeature.COUNT);
    return FlowVectors.detector(form, vector -> fitted.distance(vector, 0));
  }
}
