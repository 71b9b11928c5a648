package dev.janus.baselines;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.Normalization;
import java.util.stream.IntStream;

/** Flows as vectors of their twenty features, and scores of such vectors. */
final class FlowVectors {
  private static final int FEATURES = FlowFeature.COUNT;

  private FlowVectors() {}

  /** How flows become the vectors that a detector works on. */
  @FunctionalInterface
  interface Form {
    /**
     * The vector of one flow, {@code [20]}.
     *
     * @param row what an error calls the flow
     */
    double[] of(FlowBatch flows, int flow, int row);

    /** The features as they are. */
    static Form raw() {
      return FlowVectors::raw;
    }

    /** The features as the network gets them: standardised and clipped to [-8, 8]. */
    static Form standardized(Normalization normalization) {
      return (flows, flow, row) -> {
        double[] vector = FlowVectors.raw(flows, flow, row);
        for (int k = 0; k < FEATURES; k++) {
          vector[k] = normalization.feature(k, vector[k]);
        }
        return vector;
      };
    }
  }

  /** A score of one vector. */
  @FunctionalInterface
  interface Score {
    double of(double[] vector);
  }

  /** A detector that scores the vector of each flow. */
  static FittedDetector detector(Form form, Score score) {
    return flows ->
        IntStream.range(0, flows.flows())
            .parallel()
            .mapToDouble(flow -> checked(score.of(form.of(flows, flow, flow)), flow))
            .toArray();
  }

  private static double[] raw(FlowBatch flows, int flow, int row) {
    double[] vector = new double[FEATURES];
    System.arraycopy(flows.features(), flow * FEATURES, vector, 0, FEATURES);
    for (int k = 0; k < FEATURES; k++) {
      if (!Double.isFinite(vector[k])) {
        throw new BaselineException(
            row,
            "feature %s is %s; a finite number is needed"
                .formatted(FlowFeature.values()[k].column(), vector[k]));
      }
    }
    return vector;
  }

  private static double checked(double score, int flow) {
    if (Double.isNaN(score)) {
      throw new BaselineException(flow, "the score is NaN");
    }
    return score;
  }
}
