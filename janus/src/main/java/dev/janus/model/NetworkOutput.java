package dev.janus.model;

import dev.janus.autograd.Var;

/**
 * What the network says of a chunk of flows.
 *
 * @param velocity {@code [packets, 3]}: velocity of size, IAT and window
 * @param flowVelocity {@code [flows, 20]}: velocity of the flow features
 * @param logits {@code [packets, 6]}: sigmoid is the posterior probability that the true bit is 1;
 *     in the unified architecture the velocity of the bits, whose head and that of the other
 *     channels are two parts of one linear layer
 * @param hidden {@code [tokens, d]}: what the heads read, after the last norm; of each flow the
 *     rows of its packets and its flow token, in the order of {@link ModelConfig#flowTokenPlace}
 */
public record NetworkOutput(Var velocity, Var flowVelocity, Var logits, Var hidden) {}
