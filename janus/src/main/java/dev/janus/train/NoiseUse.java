package dev.janus.train;

/**
 * What a stream of training noise is for. Together with seed, step and flow it is the key of the
 * stream, so no draw depends on order, threads or where a run was resumed.
 */
enum NoiseUse {
  SHUFFLE,
  SOURCE_PACKETS,
  SOURCE_FEATURES,
  COUPLING,
  TIME_ORDER,
  TIME,
  PATH_PACKETS,
  PATH_FEATURES,
  BIT_KEPT,
  BIT_COIN,
  SOURCE_BITS,
  PATH_BITS,
  MASKED_PACKETS
}
