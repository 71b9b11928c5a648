package dev.janus.score;

import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import java.util.Map;

/**
 * Everything that scoring needs, as it lies in a model file. Immutable by contract: nobody changes
 * the weights.
 *
 * @param config size and shape of the network
 * @param weights averaged weights in the layout of {@code new JanusNetwork(config).layout()}
 * @param normalization statistics of the benign training flows
 * @param scoring how the ten scores are computed
 * @param aggregator distance fitted on the scores of benign validation flows
 * @param calibration distances of benign validation flows
 * @param provenance where the model comes from: data set, seed, steps, configuration, version
 */
@SuppressWarnings("ArrayRecordComponent")
public record JanusModel(
    ModelConfig config,
    float[] weights,
    Normalization normalization,
    ScoringConfig scoring,
    MahalanobisOas aggregator,
    Calibration calibration,
    Map<String, String> provenance) {
  public JanusModel {
    int expected = new JanusNetwork(config).layout().length();
    if (weights.length != expected) {
      throw new IllegalArgumentException(
          "the network has %d parameters, not %d".formatted(expected, weights.length));
    }
    provenance = Map.copyOf(provenance);
  }
}
