package dev.janus.contract.capture;

/**
 * What becomes of a frame that was seen shortly before: the same bytes, captured and original
 * length and link type as one of the 32 frames before it, at most 10 ms away. Duplicates themselves
 * are not compared with, so a host that really sends the same frame again and again loses no more
 * than those within 10 ms of the first. Such frames come from captures at two places at once, as on
 * a mirror port.
 */
public enum DuplicatePolicy {
  /** It is an ordinary packet; nobody looks. */
  KEEP,
  /** It is an ordinary packet, and counted. */
  COUNT,
  /** It is dropped and counted. */
  REMOVE
}
