package dev.janus.train;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.JanusNetwork;

/**
 * What each loss sum is multiplied with (method, section 6.6).
 *
 * @param packet {@code 1 / (3 M)}
 * @param flow {@code 1 / (20 B)}
 * @param discrete {@code lambda_disc / (6 M)}
 */
record LossWeights(double packet, double flow, double discrete) {
  /** Weights for a batch of {@code flows} flows with {@code packets} valid packets. */
  static LossWeights of(int packets, int flows, double lambdaDisc) {
    return new LossWeights(
        1.0 / (JanusNetwork.CONTINUOUS * (double) packets),
        1.0 / (FlowFeature.COUNT * (double) flows),
        lambdaDisc / (JanusNetwork.BITS * (double) packets));
  }
}
