/**
 * The files extraction leaves and training reads: {@code packets.npz}, {@code flows.parquet} and
 * {@code flow_features.parquet}, row-aligned by flow id. Writing is streamed and atomic; reading
 * validates. The only package of this module that may use a library (a Parquet reader).
 */
package dev.janus.contract.artifact;
