package dev.janus.bench.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * What the network reads of a padded batch: the packets of a flow, its flow token as the last valid
 * row, then padding. With the flow token last, causal attention alone keeps valid rows from reading
 * padding, and needs no mask.
 *
 * @param rows where the valid rows are
 * @param packets {@code [flows, tokens, 9]}; the flow token's row and padding are 0
 * @param features {@code [flows, 20]}
 * @param time time embeddings {@code [flows, d]}, or one row for all flows
 */
record PaddedInput(PaddedRows rows, Tensor packets, Tensor features, Tensor time) {}
