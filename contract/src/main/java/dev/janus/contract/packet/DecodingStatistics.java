package dev.janus.contract.packet;

/** What a {@link PacketDecoder} met, kept up to date while it works. Not thread-safe. */
public final class DecodingStatistics {
  private final long[] tunnels = new long[Tunnel.values().length];
  private final long[] opened = new long[Tunnel.values().length];
  private long firstFragments;
  private long assignedFragments;
  private long unassignedFragments;

  /** Packets with such a tunnel, opened or not; inside others only where those were opened. */
  public long tunnels(Tunnel tunnel) {
    return tunnels[tunnel.ordinal()];
  }

  /** Packets kept for a datagram inside such a tunnel. */
  public long opened(Tunnel tunnel) {
    return opened[tunnel.ordinal()];
  }

  /** Kept fragments that carry ports, so that later ones can be assigned. */
  public long firstFragments() {
    return firstFragments;
  }

  /** Later fragments that took the ports of their first. */
  public long assignedFragments() {
    return assignedFragments;
  }

  /** Later fragments whose first was not there: lost, cut, too long ago, or coming after them. */
  public long unassignedFragments() {
    return unassignedFragments;
  }

  void tunnel(Tunnel tunnel) {
    tunnels[tunnel.ordinal()]++;
  }

  void opened(int tunnelBits) {
    for (int bits = tunnelBits; bits != 0; bits &= bits - 1) {
      opened[Integer.numberOfTrailingZeros(bits)]++;
    }
  }

  void firstFragment() {
    firstFragments++;
  }

  void assignedFragment() {
    assignedFragments++;
  }

  void unassignedFragment() {
    unassignedFragments++;
  }
}
