package dev.janus.explain;

import dev.janus.contract.packet.PacketChannel;

/**
 * What one continuous channel of one packet brings.
 *
 * @param channel size, IAT or window
 * @param latent its terminal latent; the root mean square of all is the terminal score
 * @param terminalPacket its part of the square of terminal_packet
 * @param terminalNorm its part of the square of terminal_norm
 * @param d2 its part of d2, see {@link FlowExplanation}
 */
public record ChannelPart(
    PacketChannel channel, double latent, double terminalPacket, double terminalNorm, double d2) {}
