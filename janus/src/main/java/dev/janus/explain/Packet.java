package dev.janus.explain;

import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A packet of a flow as the model was given it.
 *
 * @param sizeBytes length of the IP datagram
 * @param iatMicros time since the packet before, 0 for the first
 * @param sender who sent it
 * @param flags TCP flags that are set, in token order; none when it is not TCP
 * @param window TCP window field in bytes, not scaled; 0 when it is not TCP
 */
public record Packet(
    long sizeBytes, long iatMicros, Side sender, List<PacketChannel> flags, long window) {
  /** An ACK with nothing but headers is no larger: 60 + 20 bytes under IPv4, 40 + 40 under IPv6. */
  private static final int LARGEST_BARE_BYTES = 80;

  /** Flags are the bits behind the direction. */
  static final List<PacketChannel> FLAGS =
      List.of(
          PacketChannel.SYN,
          PacketChannel.ACK,
          PacketChannel.FIN,
          PacketChannel.RST,
          PacketChannel.PSH);

  public Packet {
    flags = List.copyOf(flags);
  }

  /**
   * Reads a token.
   *
   * @param tokens raw tokens {@code [*, 9]}
   * @param row row of the packet
   */
  static Packet of(float[] tokens, int row) {
    int at = row * PacketSchema.CHANNELS;
    return new Packet(
        Math.round((double) tokens[at + PacketChannel.SIZE.index()]),
        Math.round((double) tokens[at + PacketChannel.IAT.index()]),
        tokens[at + PacketChannel.DIRECTION.index()] == 0 ? Side.INITIATOR : Side.RESPONDER,
        FLAGS.stream().filter(flag -> tokens[at + flag.index()] != 0).toList(),
        Math.round((double) tokens[at + PacketChannel.WINDOW.index()]));
  }

  /** Whether a bit channel is 1. */
  public boolean isSet(PacketChannel bit) {
    return bit == PacketChannel.DIRECTION ? sender == Side.RESPONDER : flags.contains(bit);
  }

  /**
   * Whether ACK is its only flag and it has no room for more than headers and, where these are
   * short, a few bytes. The model is not told where headers end.
   */
  public boolean isBareAck() {
    return flags.equals(List.of(PacketChannel.ACK)) && sizeBytes <= LARGEST_BARE_BYTES;
  }

  /** The flags by name, such as "SYN ACK", or "no TCP flags". */
  public String flagsText() {
    return flags.isEmpty()
        ? "no TCP flags"
        : flags.stream().map(Enum::name).collect(Collectors.joining(" "));
  }
}
