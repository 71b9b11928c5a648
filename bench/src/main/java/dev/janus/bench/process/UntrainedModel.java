package dev.janus.bench.process;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import dev.janus.score.Calibration;
import dev.janus.score.JanusModel;
import dev.janus.score.MahalanobisOas;
import dev.janus.score.ScoreName;
import dev.janus.score.ScoringConfig;
import java.util.Arrays;
import java.util.Map;

/** A model of the default size that has seen no flow: it costs what a trained one costs. */
final class UntrainedModel {
  private static final double SIGMA = 0.1;
  private static final int DISTANCES = 10_000;

  private UntrainedModel() {}

  static JanusModel create() {
    ModelConfig config = ModelConfig.defaults();
    double[] precision = new double[ScoreName.COUNT * ScoreName.COUNT];
    for (int k = 0; k < ScoreName.COUNT; k++) {
      precision[k * ScoreName.COUNT + k] = 1;
    }
    double[] distances = new double[DISTANCES];
    Arrays.setAll(distances, k -> 0.01 * k);
    return new JanusModel(
        config,
        new JanusNetwork(config).initialWeights(1),
        new Normalization(
            new double[JanusNetwork.CONTINUOUS],
            ones(JanusNetwork.CONTINUOUS),
            new double[FlowFeature.COUNT],
            ones(FlowFeature.COUNT)),
        ScoringConfig.defaults(SIGMA),
        new MahalanobisOas(new double[ScoreName.COUNT], precision, 0, DISTANCES),
        Calibration.of(distances),
        Map.of());
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
