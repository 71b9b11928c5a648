package dev.janus.bench.machine;

import dev.janus.bench.duel.Duel;
import dev.janus.bench.duel.Plan;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one core of this machine can do at most, measured.
 *
 * @param gflops billions of floating-point operations per second, a multiply-add being two
 * @param readGbps billions of bytes read per second, by level
 * @param copyGbps billions of bytes read or written per second while copying, by level
 */
record MachineLimits(
    double gflops, Map<MemoryLevel, Double> readGbps, Map<MemoryLevel, Double> copyGbps) {

  private static final double WARM_UP_SECONDS = 0.5;

  static MachineLimits measure(Plan plan) {
    FmaPeak peak = new FmaPeak();
    Duel.warmUp(peak, WARM_UP_SECONDS);
    double gflops = peak.flops() / Duel.alone(peak, plan);
    Map<MemoryLevel, Double> read = new EnumMap<>(MemoryLevel.class);
    Map<MemoryLevel, Double> copy = new EnumMap<>(MemoryLevel.class);
    for (MemoryLevel level : MemoryLevel.values()) {
      read.put(level, gbps(MemoryTraffic.read(level.testBytes()), plan));
      copy.put(level, gbps(MemoryTraffic.copy(level.testBytes()), plan));
    }
    return new MachineLimits(gflops, read, copy);
  }

  private static double gbps(MemoryTraffic.Stream stream, Plan plan) {
    return stream.bytes() / Duel.alone(stream.contender(), plan);
  }

  /** Least nanoseconds for that many vector-lane operations, a multiply-add counting as one. */
  double computeNanos(double operations) {
    return 2 * operations / gflops;
  }

  /** Least nanoseconds to move that many bytes at a level, by the faster of reading and copying. */
  double memoryNanos(double bytes, MemoryLevel level) {
    double read = readGbps.getOrDefault(level, 0.0);
    double copy = copyGbps.getOrDefault(level, 0.0);
    return bytes / Math.max(read, copy);
  }
}
