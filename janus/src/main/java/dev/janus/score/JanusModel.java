package dev.janus.score;

import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Everything that scoring needs, as it lies in a model file. Immutable by contract: nobody changes
 * the weights.
 *
 * @param config size and shape of the network
 * @param weights averaged weights in the layout of {@code new JanusNetwork(config).layout()}
 * @param normalization statistics of the benign training flows
 * @param scoring how the ten scores are computed
 * @param fused the default verdict, fitted on benign training and validation flows and calibrated
 *     on other benign validation flows
 * @param oas10 distance of the ten scores, fitted and calibrated on benign validation flows
 * @param hidden distance of the {@link HiddenState}, fitted on benign training flows and calibrated
 *     on benign validation flows
 * @param provenance where the model comes from: data set, seed, steps, configuration, version
 */
@SuppressWarnings("ArrayRecordComponent")
public record JanusModel(
    ModelConfig config,
    float[] weights,
    Normalization normalization,
    ScoringConfig scoring,
    FusedVerdict fused,
    CalibratedDistance oas10,
    CalibratedDistance hidden,
    Map<String, String> provenance) {
  private static final double UNTRAINED_SIGMA = 0.1;

  public JanusModel {
    int expected = new JanusNetwork(config).layout().length();
    if (weights.length != expected) {
      throw new IllegalArgumentException(
          "the network has %d parameters, not %d".formatted(expected, weights.length));
    }
    if (fused.fit().places().dimensions() != config.dModel()) {
      throw new IllegalArgumentException("the places of packets are of another network");
    }
    requireDimensions("ten scores", oas10, ScoreName.COUNT);
    requireDimensions("hidden state", hidden, config.dModel());
    provenance = Map.copyOf(provenance);
  }

  private static void requireDimensions(String of, CalibratedDistance distance, int expected) {
    if (distance.distance().dimensions() != expected) {
      throw new IllegalArgumentException(
          "the distance of the %s takes %d numbers, not %d"
              .formatted(of, expected, distance.distance().dimensions()));
    }
  }

  /** The benign distances that p-values of a verdict are read from. */
  public Calibration calibration(VerdictName name) {
    return switch (name) {
      case FUSED -> fused.calibration();
      case D2 -> oas10.calibration();
      case HIDDEN -> hidden.calibration();
    };
  }

  /**
   * A model of a network that has seen no flow. It costs what a trained one costs; its verdicts
   * mean nothing.
   *
   * @param calibrated number of made-up benign distances, at least 2
   */
  public static JanusModel untrained(ModelConfig config, int calibrated) {
    double[] distances = IntStream.range(0, calibrated).asDoubleStream().toArray();
    Calibration calibration = Calibration.of(distances);
    return new JanusModel(
        config,
        new JanusNetwork(config).initialWeights(0),
        Normalization.none(),
        ScoringConfig.defaults(UNTRAINED_SIGMA),
        FusedVerdict.untrained(config.dModel(), calibration),
        new CalibratedDistance(MahalanobisOas.euclidean(ScoreName.COUNT, calibrated), calibration),
        new CalibratedDistance(MahalanobisOas.euclidean(config.dModel(), calibrated), calibration),
        Map.of());
  }
}
