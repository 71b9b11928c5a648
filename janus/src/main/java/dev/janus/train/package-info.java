/**
 * Training on benign flows: couplings, batches, noise, the trainer and its checkpoints. Called by
 * the command line; never sees labels or attack flows.
 */
package dev.janus.train;
