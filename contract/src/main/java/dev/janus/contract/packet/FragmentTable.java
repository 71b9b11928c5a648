package dev.janus.contract.packet;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the ports of first fragments so that later ones find their flow: at most {@value
 * #CAPACITY}, the oldest is forgotten first, none is used after 30 seconds. Allocates only until it
 * is full once. Not thread-safe.
 */
final class FragmentTable {
  static final int CAPACITY = 4096;
  static final long LIFETIME_MICROS = 30_000_000;

  /** A first fragment; {@code older} chains those with the same hash. */
  private static final class Entry {
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int identification;
    int discriminator;
    int protocol;
    int sourcePort;
    int destinationPort;
    long timeMicros;
    boolean insideKept;
    int bucket;
    @Nullable Entry older;
  }

  /** Keeps an attacker from choosing keys that collide; no result depends on it. */
  private final long hashKey = new SplittableRandom().nextLong() | 1;

  private @Nullable Entry[] buckets = new Entry[0];

  /** Entries in the order of their use; {@link #next} is the oldest once the ring is full. */
  private @Nullable Entry[] ring = new Entry[0];

  private int next;

  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;
  private int identification;
  private int discriminator;

  /**
   * Sets what the fragments of one datagram have in common, for the call that follows.
   *
   * @param discriminator protocol for IPv4; a number that is none for IPv6
   */
  FragmentTable key(
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow,
      int identification,
      int discriminator) {
    this.sourceHigh = sourceHigh;
    this.sourceLow = sourceLow;
    this.destinationHigh = destinationHigh;
    this.destinationLow = destinationLow;
    this.identification = identification;
    this.discriminator = discriminator;
    return this;
  }

  /** Notes the packet of {@code frame}, kept for a first fragment or for a datagram inside it. */
  void remember(Frame frame) {
    if (ring.length == 0) {
      ring = new Entry[CAPACITY];
      buckets = new Entry[CAPACITY];
    }
    Entry entry = ring[next];
    if (entry == null) {
      entry = new Entry();
      ring[next] = entry;
    } else {
      unlink(entry);
    }
    next = (next + 1) % CAPACITY;
    entry.sourceHigh = sourceHigh;
    entry.sourceLow = sourceLow;
    entry.destinationHigh = destinationHigh;
    entry.destinationLow = destinationLow;
    entry.identification = identification;
    entry.discriminator = discriminator;
    PacketHeader packet = frame.packet;
    entry.protocol = packet.protocol;
    entry.sourcePort = packet.sourcePort;
    entry.destinationPort = packet.destinationPort;
    entry.timeMicros = packet.timeMicros;
    entry.insideKept = frame.opened != 0;
    entry.bucket = bucket();
    entry.older = buckets[entry.bucket];
    buckets[entry.bucket] = entry;
    frame.statistics.firstFragment();
  }

  /** Gives the packet of {@code frame}, whose addresses and size are known, the ports it lacks. */
  PacketVerdict assign(Frame frame) {
    PacketHeader packet = frame.packet;
    Entry entry = find(packet.timeMicros);
    if (entry == null) {
      frame.statistics.unassignedFragment();
      return PacketVerdict.UNASSIGNED_FRAGMENT;
    }
    frame.statistics.assignedFragment();
    if (entry.insideKept) {
      return PacketVerdict.TUNNEL_FRAGMENT;
    }
    packet.protocol = entry.protocol;
    packet.sourcePort = entry.sourcePort;
    packet.destinationPort = entry.destinationPort;
    packet.tcpFlags = 0;
    packet.window = 0;
    return PacketVerdict.KEPT;
  }

  /** The newest of that key, unless it is too far away in time. */
  private @Nullable Entry find(long timeMicros) {
    if (ring.length == 0) {
      return null;
    }
    Entry entry = buckets[bucket()];
    while (entry != null && !matches(entry)) {
      entry = entry.older;
    }
    return entry == null || Math.abs(timeMicros - entry.timeMicros) > LIFETIME_MICROS
        ? null
        : entry;
  }

  private boolean matches(Entry entry) {
    return entry.identification == identification
        && entry.discriminator == discriminator
        && entry.sourceLow == sourceLow
        && entry.destinationLow == destinationLow
        && entry.sourceHigh == sourceHigh
        && entry.destinationHigh == destinationHigh;
  }

  private void unlink(Entry entry) {
    Entry newer = buckets[entry.bucket];
    if (newer == entry) {
      buckets[entry.bucket] = entry.older;
      return;
    }
    while (newer != null && newer.older != entry) {
      newer = newer.older;
    }
    if (newer != null) {
      newer.older = entry.older;
    }
  }

  private int bucket() {
    long hash = (sourceLow ^ hashKey) * 0x9e37_79b9_7f4a_7c15L;
    hash = (hash ^ hash >>> 32 ^ sourceHigh) * 0xd6e8_feb8_6659_fd93L;
    hash = (hash ^ hash >>> 32 ^ destinationLow) * 0x9e37_79b9_7f4a_7c15L;
    hash = (hash ^ hash >>> 32 ^ destinationHigh) * 0xd6e8_feb8_6659_fd93L;
    hash =
        (hash ^ hash >>> 32 ^ ((long) identification << 16 ^ discriminator))
            * (hashKey * 0x9e37_79b9_7f4a_7c15L | 1);
    return (int) (hash >>> 52) & CAPACITY - 1;
  }
}
