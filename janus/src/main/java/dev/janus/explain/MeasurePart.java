package dev.janus.explain;

import dev.janus.score.FusedMeasure;

/**
 * How one measure of the fused verdict stands; the verdict is the largest surprise.
 *
 * @param measure which
 * @param value the flow's
 * @param surprise -ln of the share of benign flows that measure at least as much, in nats
 */
public record MeasurePart(FusedMeasure measure, double value, double surprise) {}
