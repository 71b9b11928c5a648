package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketHeader;
import java.util.SplittableRandom;

/**
 * Hash of a 5-tuple, the same in both directions. Keyed with random numbers, because whoever sends
 * the traffic chooses the tuples: without the keys none can be chosen that collide. No result
 * depends on it. Folds 128-bit products, as wyhash does. Thread-safe.
 */
final class TupleHash {
  private final long lowKey;
  private final long highKey;
  private final long portKey;
  private final long endpointKey;
  private final long tupleKey;

  TupleHash(SplittableRandom random) {
    lowKey = random.nextLong();
    highKey = random.nextLong();
    portKey = random.nextLong();
    endpointKey = random.nextLong() | 1;
    tupleKey = random.nextLong() | 1;
  }

  int of(PacketHeader packet) {
    long source = endpoint(packet.sourceHigh(), packet.sourceLow(), packet.sourcePort());
    long destination =
        endpoint(packet.destinationHigh(), packet.destinationLow(), packet.destinationPort());
    long hash = fold(source + destination + packet.protocol(), tupleKey);
    return (int) (hash >>> 32 ^ hash);
  }

  /** The address is folded before the port comes in, so that no change of one undoes the other. */
  private long endpoint(long high, long low, int port) {
    long address = fold(low ^ lowKey, high ^ highKey);
    return fold(address ^ port ^ portKey, endpointKey);
  }

  private static long fold(long a, long b) {
    return Math.multiplyHigh(a, b) ^ a * b;
  }
}
