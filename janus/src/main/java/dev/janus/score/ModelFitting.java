package dev.janus.score;

import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import dev.janus.model.NormalizedFlows;
import java.util.Map;

/**
 * Turns trained weights into a model that gives verdicts: scores benign validation flows and fits
 * the distance and its calibration on them (method, sections 8 and 9). No attack flow is seen.
 */
public final class ModelFitting {
  private ModelFitting() {}

  /**
   * Fits the aggregator.
   *
   * @param validation benign flows that training did not see, normalised with {@code normalization}
   * @throws dev.janus.model.ModelException when there are too few flows or a score is not finite
   */
  public static JanusModel fit(
      ModelConfig config,
      float[] weights,
      Normalization normalization,
      ScoringConfig scoring,
      NormalizedFlows validation,
      Map<String, String> provenance,
      Kernels kernels,
      ThreadTeam team) {
    int flows = validation.flows();
    double[] scores = new double[flows * ScoreName.COUNT];
    new Scorer(config, weights, scoring, kernels, team).score(validation, scores);
    MahalanobisOas aggregator = MahalanobisOas.fit(scores, flows, ScoreName.COUNT);
    double[] distances = HeldOutDistances.of(scores, flows, ScoreName.COUNT);
    return new JanusModel(
        config, weights, normalization, scoring, aggregator, Calibration.of(distances), provenance);
  }
}
