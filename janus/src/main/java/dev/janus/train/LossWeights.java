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
 * @param masked weight of {@link MaskedPrediction} over the 9 channels of all masked packets; 0
 *     where there is no second pass
 */
record LossWeights(double packet, double flow, double discrete, double masked) {
  /**
   * Weights for a batch of {@code flows} flows with {@code packets} valid packets.
   *
   * @param asked bits that are asked for, at least 1
   * @param masked packets that the second pass masks; 0 where there is none
   */
  static LossWeights of(
      ModelConfig model, TrainingConfig config, int packets, int flows, int asked, int masked) {
    return new LossWeights(
        model.hasContinuous() ? 1.0 / (model.velocityChannels() * (double) packets) : 0,
        model.hasFlowToken() ? 1.0 / (FlowFeature.COUNT * (double) flows) : 0,
        model.hasBits() ? config.lambdaDisc() / asked : 0,
        masked > 0
            ? config.maskedPrediction().weight() / (model.velocityChannels() * (double) masked)
            : 0);
  }
}
