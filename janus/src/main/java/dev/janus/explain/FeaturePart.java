package dev.janus.explain;

import dev.janus.contract.flow.FlowFeature;

/**
 * What one flow feature brings.
 *
 * @param feature which
 * @param value the flow's, not normalised
 * @param benignMean mean over benign training flows
 * @param latent its terminal latent; the root mean square of all is the terminal score
 * @param terminalFlow its part of the square of terminal_flow
 * @param terminalNorm its part of the square of terminal_norm
 * @param d2 its part of d2, see {@link FlowExplanation}
 * @param distance its part of the measure features; those of all features add up to it
 */
public record FeaturePart(
    FlowFeature feature,
    double value,
    double benignMean,
    double latent,
    double terminalFlow,
    double terminalNorm,
    double d2,
    double distance) {}
