package dev.janus.model;

/**
 * Which channels of a packet the network reads, learns and scores. What is left out is 0 in its
 * inputs, in training and in scoring, has no loss and no score.
 */
public enum ChannelKinds {
  /** All nine. */
  BOTH,
  /** Size, IAT and window; for ablations. */
  CONTINUOUS,
  /** Direction, SYN, ACK, FIN, RST and PSH; for ablations. */
  DISCRETE
}
