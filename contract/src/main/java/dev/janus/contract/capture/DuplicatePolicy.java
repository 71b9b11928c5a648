package dev.janus.contract.capture;

/**
 * What becomes of a frame that was seen shortly before: the same bytes, captured and original
 * length and link type among the 32 frames before it, at most 10 ms away. Such frames come from
 * captures at two places at once, as on a mirror port.
 */
public enum DuplicatePolicy {
  /** It is an ordinary packet; nobody looks. */
  KEEP,
  /** It is an ordinary packet, and counted. */
  COUNT,
  /** It is dropped and counted. */
  REMOVE
}
