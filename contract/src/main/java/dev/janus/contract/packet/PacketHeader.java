package dev.janus.contract.packet;

/**
 * Cursor over the fields of one kept packet that flows need. A reader or a live capture fills the
 * same object again and again, so nothing is allocated per packet: copy what must outlive the next
 * packet. Not thread-safe.
 */
public final class PacketHeader {
  /** IP protocol numbers that are kept. */
  public static final int ICMP = 1;

  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ICMPV6 = 58;

  /** TCP flag bits as on the wire. */
  public static final int FIN = 0x01;

  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;

  long index;
  long timeMicros;
  long fileOffset;
  boolean ipv6;
  long sourceHigh;
  long sourceLow;
  long destinationHigh;
  long destinationLow;
  int protocol;
  int sourcePort;
  int destinationPort;
  int size;
  int tcpFlags;
  int window;

  /**
   * Sets what the frame itself does not say.
   *
   * @param packetIndex position in the capture, from 0, dropped packets counted too
   * @param epochMicros time of capture in microseconds since 1970
   * @param recordOffset where the packet's record starts in the uncompressed file; 0 where there is
   *     no file
   */
  public void stamp(long packetIndex, long epochMicros, long recordOffset) {
    index = packetIndex;
    timeMicros = epochMicros;
    fileOffset = recordOffset;
  }

  /** Position in the capture, from 0, dropped packets counted too. */
  public long index() {
    return index;
  }

  /** Time of capture in microseconds since 1970. */
  public long timeMicros() {
    return timeMicros;
  }

  /**
   * Offset in the uncompressed file of the packet's record (classic pcap) or block (pcapng), so
   * that a reviewer can open the packet; 0 where there is no file.
   */
  public long fileOffset() {
    return fileOffset;
  }

  /** Whether the addresses are IPv6. */
  public boolean isIpv6() {
    return ipv6;
  }

  /** Upper 64 bits of the sender's address; 0 for IPv4. */
  public long sourceHigh() {
    return sourceHigh;
  }

  /** Lower 64 bits of the sender's address, or the 32 bits of an IPv4 address. */
  public long sourceLow() {
    return sourceLow;
  }

  /** Upper 64 bits of the receiver's address; 0 for IPv4. */
  public long destinationHigh() {
    return destinationHigh;
  }

  /** Lower 64 bits of the receiver's address, or the 32 bits of an IPv4 address. */
  public long destinationLow() {
    return destinationLow;
  }

  /** IP protocol number: {@link #TCP}, {@link #UDP}, {@link #ICMP} or {@link #ICMPV6}. */
  public int protocol() {
    return protocol;
  }

  /** 0..65535; 0 for ICMP. */
  public int sourcePort() {
    return sourcePort;
  }

  /** 0..65535; 0 for ICMP. */
  public int destinationPort() {
    return destinationPort;
  }

  /** IP datagram length in bytes (method, section 2, channel 0). */
  public int size() {
    return size;
  }

  /** TCP flag byte; 0 when not TCP. */
  public int tcpFlags() {
    return tcpFlags;
  }

  /** TCP window field as on the wire; 0 when not TCP. */
  public int window() {
    return window;
  }
}
