package dev.janus.train;

/**
 * Everything that changes from step to step; random numbers are functions of the step and need no
 * state. The arrays share the network's parameter layout and belong to the trainer.
 *
 * @param step steps done
 * @param weights current weights
 * @param average moving average of the weights; this is the model
 * @param firstMoment AdamW's m
 * @param secondMoment AdamW's v
 */
@SuppressWarnings("ArrayRecordComponent")
record TrainingState(
    int step, float[] weights, float[] average, float[] firstMoment, float[] secondMoment) {}
