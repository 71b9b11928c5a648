package dev.janus.model;

/** Whether the network learns and scores the features of the whole flow in a token of their own. */
public enum FlowToken {
  PRESENT,
  /**
   * For ablations. The token's row stays in the sequence, since packets never read it: it is fed
   * zeros, and nothing reads what becomes of it.
   */
  ABSENT
}
