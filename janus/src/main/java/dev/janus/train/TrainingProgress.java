package dev.janus.train;

/**
 * What one step did. The loss of what takes no part in the model is NaN.
 *
 * @param step steps done, from 1
 * @param steps steps in all
 * @param epoch epochs done, counted in fractions
 * @param loss whole loss
 * @param packetLoss L_pkt
 * @param flowLoss L_flow
 * @param discreteLoss L_disc, not multiplied by lambda_disc
 * @param maskedLoss that of {@link MaskedPrediction}, not multiplied by its weight
 * @param gradientNorm global L2 norm before clipping
 * @param learningRate rate of this step
 * @param flowsPerSecond flows trained per second since this run started
 * @param tokensPerSecond tokens (packets and flow tokens) per second since this run started
 * @param secondsLeft estimate of the time to the last step
 */
public record TrainingProgress(
    int step,
    int steps,
    double epoch,
    double loss,
    double packetLoss,
    double flowLoss,
    double discreteLoss,
    double maskedLoss,
    double gradientNorm,
    double learningRate,
    double flowsPerSecond,
    double tokensPerSecond,
    double secondsLeft) {}
