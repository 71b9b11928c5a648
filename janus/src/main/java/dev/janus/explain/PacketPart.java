package dev.janus.explain;

import java.util.List;

/**
 * What one packet brings.
 *
 * @param number from 1 on
 * @param packet the packet
 * @param channels its size, IAT and window
 * @param bits its direction, SYN, ACK, FIN, RST and PSH
 * @param hidden its part of the hidden state's distance; those of all packets add up to it.
 *     Negative where the packet pulls the mean state back towards that of benign flows
 */
public record PacketPart(
    int number, Packet packet, List<ChannelPart> channels, List<BitPart> bits, double hidden) {
  public PacketPart {
    channels = List.copyOf(channels);
    bits = List.copyOf(bits);
  }
}
