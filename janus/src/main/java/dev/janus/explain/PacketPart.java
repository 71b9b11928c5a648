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
 * @param atPlace squared distance of its hidden state from those of benign packets at the same
 *     place of a flow; the mean over packets is the measure hidden_packets, the largest of the
 *     first three hidden_opening
 */
public record PacketPart(
    int number,
    Packet packet,
    List<ChannelPart> channels,
    List<BitPart> bits,
    double hidden,
    double atPlace) {
  public PacketPart {
    channels = List.copyOf(channels);
    bits = List.copyOf(bits);
  }
}
