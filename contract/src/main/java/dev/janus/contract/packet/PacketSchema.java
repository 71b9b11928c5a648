package dev.janus.contract.packet;

/** Sizes of the packet contract; every module takes them from here. */
public final class PacketSchema {
  /** Version of the packet and flow schema; written into every artifact and model file. */
  public static final int VERSION = 1;

  /** Channels of a packet token. */
  public static final int CHANNELS = PacketChannel.values().length;

  /** Packets stored per flow, T of the method. */
  public static final int MAX_PACKETS = 64;

  private PacketSchema() {}
}
