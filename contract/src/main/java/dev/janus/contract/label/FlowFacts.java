package dev.janus.contract.label;

import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.IpAddress;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;

/**
 * The facts of one flow at a time, from its packet tokens. A token has the length of the IP
 * datagram, not of the payload, so payload is worked out:
 *
 * <ul>
 *   <li>UDP and ICMP: length less the IP header without options (20 bytes, 40 for IPv6) and 8.
 *   <li>TCP packets with SYN or RST carry none.
 *   <li>Other TCP packets: a sender's headers are as long as its shortest packet without SYN, RST
 *       and PSH, which is a bare acknowledgement, and between the shortest and the longest headers
 *       there are (40 to 80 bytes, 60 to 100 for IPv6); the shortest when there is no such packet.
 *       A packet carries payload when it has PSH and is longer than that, or when no headers are as
 *       long as it; acknowledgements that grow by selective acknowledgements are not counted so.
 * </ul>
 *
 * Not thread-safe.
 */
final class FlowFacts {
  private static final int TCP = 6;
  private static final int V4_HEADER = 20;
  private static final int V6_HEADER = 40;
  private static final int SHORTEST_TCP_HEADER = 20;
  private static final int LONGEST_TCP_HEADER = 60;
  private static final int UDP_HEADER = 8;

  /** One number for each direction, forward first. */
  private final long[] packets = new long[2];

  private final long[] bytes = new long[2];
  private final long[] largest = new long[2];
  private final long[] resets = new long[2];
  private long stored;
  private long all;
  private long durationMicros;

  /**
   * Reads a flow; what was read before is forgotten.
   *
   * @param forward direction bit of packets that count as forward
   */
  void read(Flow flow, int forward) {
    float[] tokens = flow.tokens();
    stored = flow.length();
    all = flow.packets();
    durationMicros = flow.endMicros() - flow.startMicros();
    boolean v4 = flow.tuple().initiator().family() == IpAddress.Family.IPV4;
    int ip = v4 ? V4_HEADER : V6_HEADER;
    boolean tcp = flow.tuple().protocol() == TCP;
    for (int direction = 0; direction < 2; direction++) {
      packets[direction] = 0;
      bytes[direction] = 0;
      largest[direction] = 0;
      resets[direction] = 0;
      int bit = direction ^ forward;
      int headers = tcp ? tcpHeaders(tokens, bit, ip) : ip + UDP_HEADER;
      for (int row = 0; row < tokens.length; row += PacketSchema.CHANNELS) {
        if (bit(tokens, row, PacketChannel.DIRECTION) != (bit == 1)) {
          continue;
        }
        packets[direction]++;
        resets[direction] += bit(tokens, row, PacketChannel.RST) ? 1 : 0;
        long payload = payload(tokens, row, tcp, headers, ip + LONGEST_TCP_HEADER);
        bytes[direction] += payload;
        largest[direction] = Math.max(largest[direction], payload);
      }
    }
  }

  private static long payload(float[] tokens, int row, boolean tcp, int headers, int mostHeaders) {
    long size = (long) tokens[row + PacketChannel.SIZE.index()];
    if (tcp
        && (bit(tokens, row, PacketChannel.SYN)
            || bit(tokens, row, PacketChannel.RST)
            || (size <= mostHeaders && !bit(tokens, row, PacketChannel.PSH)))) {
      return 0;
    }
    return Math.max(0, size - headers);
  }

  /** Length of the headers of one side's packets. */
  private static int tcpHeaders(float[] tokens, int direction, int ip) {
    int least = ip + SHORTEST_TCP_HEADER;
    int shortest = Integer.MAX_VALUE;
    for (int row = 0; row < tokens.length; row += PacketSchema.CHANNELS) {
      if (bit(tokens, row, PacketChannel.DIRECTION) == (direction == 1)
          && !bit(tokens, row, PacketChannel.SYN)
          && !bit(tokens, row, PacketChannel.RST)
          && !bit(tokens, row, PacketChannel.PSH)) {
        shortest = Math.min(shortest, (int) tokens[row + PacketChannel.SIZE.index()]);
      }
    }
    // Only long packets, or none: nothing tells the options, so there are none.
    return shortest > ip + LONGEST_TCP_HEADER ? least : Math.max(least, shortest);
  }

  private static boolean bit(float[] tokens, int row, PacketChannel channel) {
    return tokens[row + channel.index()] != 0;
  }

  /** Whether the flow has packets that are not stored, so that numbers are estimates. */
  boolean estimated() {
    return all > stored;
  }

  /** One fact of the flow that was read last. */
  long value(FlowFact fact) {
    return switch (fact) {
      case PACKETS -> all;
      case FORWARD_PACKETS -> scaled(packets[0]);
      case BACKWARD_PACKETS -> all - scaled(packets[0]);
      case FORWARD_BYTES -> scaled(bytes[0]);
      case BACKWARD_BYTES -> scaled(bytes[1]);
      case FORWARD_LARGEST -> largest[0];
      case FORWARD_RESETS -> scaled(resets[0]);
      case BACKWARD_RESETS -> scaled(resets[1]);
      case DURATION_US -> durationMicros;
    };
  }

  private long scaled(long ofStored) {
    return all <= stored || stored == 0 ? ofStored : Math.round((double) ofStored * all / stored);
  }
}
