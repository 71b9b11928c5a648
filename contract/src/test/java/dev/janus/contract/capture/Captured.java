package dev.janus.contract.capture;

import dev.janus.contract.packet.PacketHeader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Everything a reader gave for one capture, for comparison. */
record Captured(List<Packet> packets, CaptureFormat format, CaptureStatistics statistics) {
  /** A copy of the fields that identify a packet in tests. */
  record Packet(long index, long timeMicros, int sourcePort, int destinationPort, int size) {}

  static Captured read(byte[] file) {
    return read(new ByteArrayInputStream(file), InputBuffer.DEFAULT_CAPACITY);
  }

  static Captured read(byte[] file, CaptureOptions options) {
    return read(new ByteArrayInputStream(file), options, InputBuffer.DEFAULT_CAPACITY);
  }

  static Captured read(InputStream stream, int capacity) {
    return read(stream, CaptureOptions.defaults(), capacity);
  }

  private static Captured read(InputStream stream, CaptureOptions options, int capacity) {
    List<Packet> packets = new ArrayList<>();
    try (CaptureReader reader = CaptureReader.open(stream, "test.pcap", options, capacity)) {
      PacketHeader packet = new PacketHeader();
      while (reader.next(packet)) {
        packets.add(
            new Packet(
                packet.index(),
                packet.timeMicros(),
                packet.sourcePort(),
                packet.destinationPort(),
                packet.size()));
      }
      return new Captured(packets, reader.format(), reader.statistics());
    }
  }

  List<Long> times() {
    return packets.stream().map(Packet::timeMicros).toList();
  }

  List<Integer> ports() {
    return packets.stream().map(Packet::sourcePort).toList();
  }

  long count(CaptureIssue issue) {
    return statistics.count(issue);
  }
}
