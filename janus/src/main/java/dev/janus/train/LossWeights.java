package dev.janus.train;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.ModelConfig;

/**
 * What each loss sum is multiplied with (method, section 6.6); 0 for what takes no part in the
 * model.
 *
 * @param packet {@code 1 / (3 M)}; 9 in the unified architecture
 * @param flow {@code 1 / (20 B)}
 * @param discrete {@code lambda_disc} over the bits that are asked for: 6 M, or those masked
 */
record LossWeights(double packet, double flow, double discrete) {
  /**
   * Weights for a batch of {@code flows} flows with {@code packets} valid packets.
   *
   * @param asked bits that are asked for, at least 1
   */
  static LossWeights of(ModelConfig model, int packets, int flows, int asked, double lambdaDisc) {
    return new LossWeights(
        model.hasContinuous() ? 1.0 / (model.velocityChannels() * (double) packets) : 0,
        model.hasFlowToken() ? 1.0 / (FlowFeature.COUNT * (double) flows) : 0,
        model.hasBits() ? lambdaDisc / asked : 0);
  }
}
