package dev.janus.cli.inspect;

import dev.janus.contract.capture.CaptureIssue;
import dev.janus.contract.capture.CaptureStatistics;
import dev.janus.contract.packet.DecodingStatistics;
import dev.janus.contract.packet.PacketVerdict;
import dev.janus.contract.packet.Tunnel;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** Sums over captures. */
record CaptureTotals(List<CaptureStatistics> captures) {
  private static final double MICROS = 1e-6;

  CaptureTotals {
    captures = List.copyOf(captures);
  }

  static CaptureTotals of(List<CaptureStatistics> captures) {
    return new CaptureTotals(captures);
  }

  static CaptureTotals of(CaptureStatistics capture) {
    return new CaptureTotals(List.of(capture));
  }

  long sum(ToLongFunction<CaptureStatistics> counter) {
    return captures.stream().mapToLong(counter).sum();
  }

  long decoding(ToLongFunction<DecodingStatistics> counter) {
    return sum(capture -> counter.applyAsLong(capture.decoding()));
  }

  long count(PacketVerdict verdict) {
    return sum(capture -> capture.count(verdict));
  }

  long count(CaptureIssue issue) {
    return sum(capture -> capture.count(issue));
  }

  /** Packets with such a tunnel. */
  long tunnels(Tunnel tunnel) {
    return decoding(counts -> counts.tunnels(tunnel));
  }

  /** Packets kept for what was inside such a tunnel. */
  long opened(Tunnel tunnel) {
    return decoding(counts -> counts.opened(tunnel));
  }

  /** Packets by link-layer number. */
  Map<Integer, Long> linkTypes() {
    Map<Integer, Long> sums = new TreeMap<>();
    captures.forEach(capture ->
        capture.linkTypes().forEach((type, packets) -> sums.merge(type, packets, Long::sum)));
    return sums;
  }

  /** Epoch microseconds of the earliest packet. */
  OptionalLong firstMicros() {
    return captures.stream()
        .map(CaptureStatistics::firstMicros)
        .flatMapToLong(time -> time.isPresent() ? LongStream.of(time.getAsLong()) : LongStream.of())
        .min();
  }

  /** Epoch microseconds of the latest packet. */
  OptionalLong lastMicros() {
    return captures.stream()
        .map(CaptureStatistics::lastMicros)
        .flatMapToLong(time -> time.isPresent() ? LongStream.of(time.getAsLong()) : LongStream.of())
        .max();
  }

  /** Sum over the captures of the time from the earliest packet to the latest. */
  double seconds() {
    return captures.stream()
            .filter(capture -> capture.firstMicros().isPresent())
            .mapToLong(
                capture -> capture.lastMicros().orElseThrow() - capture.firstMicros().orElseThrow())
            .sum()
        * MICROS;
  }
}
