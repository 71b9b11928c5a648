package dev.janus.train;

/**
 * How a run ended.
 *
 * @param weights the averaged weights, in the network's layout
 * @param step steps done in all
 * @param finished false when the run was stopped before its last step; a checkpoint was written
 * @param flowsPerSecond flows trained per second in this run
 * @param tokensPerSecond tokens trained per second in this run
 */
@SuppressWarnings("ArrayRecordComponent")
public record TrainingOutcome(
    float[] weights, int step, boolean finished, double flowsPerSecond, double tokensPerSecond) {}
