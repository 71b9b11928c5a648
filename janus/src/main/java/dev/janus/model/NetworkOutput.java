package dev.janus.model;

import dev.janus.autograd.Var;

/**
 * What the network says of a chunk of flows.
 *
 * @param velocity {@code [packets, 3]}: velocity of size, IAT and window
 * @param flowVelocity {@code [flows, 20]}: velocity of the flow features
 * @param logits {@code [packets, 6]}: sigmoid is the posterior probability that the true bit is 1
 */
public record NetworkOutput(Var velocity, Var flowVelocity, Var logits) {}
