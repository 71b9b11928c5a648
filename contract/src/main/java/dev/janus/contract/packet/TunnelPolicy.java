package dev.janus.contract.packet;

/** Whose packet a tunnelled packet is. Tunnels are counted either way. */
public enum TunnelPolicy {
  /**
   * Of the outer datagram, as if nothing were inside: tunnels over UDP are flows of their two ends;
   * GRE and IP in IP have no ports and are dropped as another IP protocol.
   */
  OUTER,
  /**
   * Of the innermost datagram that can be kept, whose size and ports then count. Where the inside
   * cannot be read (cut, encrypted, no IP), the datagram around it is tried.
   */
  INNERMOST
}
