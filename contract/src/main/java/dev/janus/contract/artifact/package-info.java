/**
 * The files extraction leaves and training reads: {@code packets.npz}, {@code flows.parquet} and
 * {@code flow_features.parquet}, row-aligned by flow id, or a store of shards; and those it keeps
 * flows in while it works. Writing is streamed, atomic and shared among a few threads; reading
 * validates. The only package of this module that may use a library (a Parquet reader), threads, or
 * mapped files.
 */
package dev.janus.contract.artifact;
