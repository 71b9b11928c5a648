package dev.janus.baselines;

import dev.janus.contract.flow.FlowSource;

/**
 * Minus the logarithm of the density of the twenty standardised features under a mixture of {@value
 * #COMPONENTS} normal densities with full covariances. Fitted on at most {@value #MOST_FLOWS}
 * training flows, evenly over their order.
 */
final class MixtureControl implements Detector {
  static final int COMPONENTS = 16;
  static final int MOST_FLOWS = 20_000;

  @Override
  public String name() {
    return "mixture16";
  }

  @Override
  public String description() {
    return "-ln density of the 20 standardised features under a mixture of 16 Gaussians";
  }

  @Override
  public FittedDetector fit(FlowSource flows, int[] rows, long seed, Runnable check) {
    TrainingRows training = new TrainingRows(flows, rows, check);
    FlowVectors.Form form = FlowVectors.Form.standardized(training.normalization());
    double[][] vectors = training.thinned(MOST_FLOWS).vectors(form);
    GaussianMixture mixture = GaussianMixture.fit(vectors, COMPONENTS, seed, check).mixture();
    return FlowVectors.detector(form, vector -> -mixture.logDensity(vector));
  }
}
