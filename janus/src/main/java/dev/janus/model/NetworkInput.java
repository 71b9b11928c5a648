package dev.janus.model;

import dev.janus.autograd.Var;
import dev.janus.engine.Ragged;

/**
 * What the network reads for a chunk of flows.
 *
 * @param packets {@code [packets, 9]}: size, IAT, window, then direction, SYN, ACK, FIN, RST, PSH
 * @param features {@code [flows, 20]}
 * @param time time embeddings {@code [flows, d]}, or one row {@code [1, d]} shared by all flows
 * @param tokens rows of each flow in the token sequence: its packets plus one flow token
 */
public record NetworkInput(Var packets, Var features, Var time, Ragged tokens) {}
