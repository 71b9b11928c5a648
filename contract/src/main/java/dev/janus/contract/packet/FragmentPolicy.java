package dev.janus.contract.packet;

/** What becomes of IP fragments that carry no ports. */
public enum FragmentPolicy {
  /**
   * They are dropped, and IPv6 packets with a fragment header altogether (method, section 1.2, to
   * the letter).
   */
  DROP,
  /**
   * They take the ports of their first fragment, if it was seen shortly before; else they are
   * dropped. IPv6 packets whose fragment header says that they are whole are ordinary packets.
   */
  ASSIGN
}
