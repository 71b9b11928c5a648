/** From gradients to new weights: clipping, AdamW with a weight average, the schedule. */
package dev.janus.autograd.optim;
