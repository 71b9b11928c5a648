package dev.janus.score;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.NormalizedFlows;

/**
 * What turns a flow into its {@link FusedMeasure}s. Immutable and thread-safe.
 *
 * @param places distances of packets' hidden states, fitted on training flows
 * @param features distance of the features, fitted on training flows
 * @param scores distance of the ten scores, fitted on the reference flows
 * @param sum standardisation of the ten scores by the reference flows
 */
record FusedFit(
    PlaceDistances places, MahalanobisOas features, MahalanobisOas scores, Standardization sum) {
  FusedFit {
    if (features.dimensions() != FlowFeature.COUNT
        || scores.dimensions() != ScoreName.COUNT
        || sum.mean().length != ScoreName.COUNT) {
      throw new IllegalArgumentException("distances of another number of features or scores");
    }
  }

  /**
   * Sets the measure of the features.
   *
   * @param flows flows normalised with the model's statistics
   * @param measures {@code [.., 5]}; the rows from {@code first} on are those of {@code flows}
   */
  static void ofFeatures(
      MahalanobisOas features, NormalizedFlows flows, double[] measures, int first) {
    double[] row = new double[FlowFeature.COUNT];
    for (int f = 0; f < flows.flows(); f++) {
      for (int k = 0; k < FlowFeature.COUNT; k++) {
        row[k] = flows.features()[f * FlowFeature.COUNT + k];
      }
      measures[(first + f) * FusedMeasure.COUNT + FusedMeasure.FEATURES.ordinal()] =
          features.distance(row, 0);
    }
  }

  /**
   * Sets the measures of the ten scores.
   *
   * @param tenScores {@code [flows, 10]}
   * @param measures {@code [flows, 5]}
   */
  void ofScores(double[] tenScores, double[] measures) {
    for (int f = 0; f < measures.length / FusedMeasure.COUNT; f++) {
      int at = f * FusedMeasure.COUNT;
      int first = f * ScoreName.COUNT;
      measures[at + FusedMeasure.OAS.ordinal()] = scores.distance(tenScores, first);
      measures[at + FusedMeasure.SUM.ordinal()] = sum.total(tenScores, first);
    }
  }
}
