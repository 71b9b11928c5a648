package dev.janus.model;

/** How packets, bits and the flow are put before the network. */
public enum Architecture {
  /** The method: bits are discrete and have a posterior; the flow token comes last. */
  JANUS,
  /**
   * An older model, for ablations: all nine channels of a packet are continuous and share one
   * velocity head, and the flow token comes first, so that every packet reads it. It has no
   * posterior of bits, and what it says of a packet depends on the whole flow.
   */
  UNIFIED
}
