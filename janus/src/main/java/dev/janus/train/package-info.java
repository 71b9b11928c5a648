/**
 * Training on benign flows: couplings, batches, noise, the trainer and its checkpoints. Called by
 * the command line; never sees labels or attack flows. {@link dev.janus.train.MaskedPrediction}
 * defines the optional second pass of the unified architecture.
 */
package dev.janus.train;
