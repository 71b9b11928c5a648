package dev.janus.baselines;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowSource;
import dev.janus.model.Normalization;

/**
 * How far the flow's duration is from those of benign training, on either side: {@code |z|} of the
 * logarithm of the time between the first and the last stored packet (feature log_dur_us), not
 * clipped. Looks at nothing else.
 */
final class DurationControl implements Detector {
  private static final int DURATION = FlowFeature.LOG_DUR_US.ordinal();

  @Override
  public String name() {
    return "duration";
  }

  @Override
  public String description() {
    return "|z| of the logarithm of the flow's duration";
  }

  @Override
  public FittedDetector fit(FlowSource flows, int[] rows, long seed, Runnable check) {
    Normalization normalization = new TrainingRows(flows, rows, check).normalization();
    double mean = normalization.featureMean()[DURATION];
    double std = normalization.featureStd()[DURATION];
    return FlowVectors.detector(
        FlowVectors.Form.raw(), vector -> Math.abs(vector[DURATION] - mean) / std);
  }
}
