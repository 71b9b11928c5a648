package dev.janus.model;

import dev.janus.autograd.Var;

/**
 * What the network says of a chunk of flows.
 *
 * @param velocity {@code [packets, 3]}: velocity of size, IAT and window
 * @param flowVelocity {@code [flows, 20]}: velocity of the flow features
 * @param logits {@code [packets, 6]}: sigmoid is the posterior probability that the true bit is 1
 * @param hidden {@code [tokens, d]}: what the heads read, after the last norm; the rows of each
 *     flow's packets, then its flow token
 */
public record NetworkOutput(Var velocity, Var flowVelocity, Var logits, Var hidden) {}
