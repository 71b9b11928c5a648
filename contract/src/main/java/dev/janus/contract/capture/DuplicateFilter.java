package dev.janus.contract.capture;

import dev.janus.contract.packet.PacketVerdict;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds frames that were seen shortly before, byte for byte. Remembers the last {@value #FRAMES}
 * frames in a ring of {@value #RING_BYTES} bytes; a frame too long for the window is never taken
 * for a duplicate. Memory is fixed, nothing is allocated per packet.
 */
final class DuplicateFilter implements RecordSource {
  static final int FRAMES = 32;
  static final long WINDOW_MICROS = 10_000;
  static final int RING_BYTES = 1 << 20;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final RecordSource source;
  private final DuplicatePolicy policy;
  private final CaptureStatistics statistics;

  private final byte[] ring = new byte[RING_BYTES];

  /** Total bytes ever written; the place in the ring is the remainder. */
  private long written;

  private final long[] starts = new long[FRAMES];
  private final int[] lengths = new int[FRAMES];
  private final long[] originals = new long[FRAMES];
  private final int[] linkTypes = new int[FRAMES];
  private final long[] hashes = new long[FRAMES];
  private final long[] times = new long[FRAMES];
  private int next;
  private int filled;
  private long latestMicros;

  DuplicateFilter(RecordSource source, DuplicatePolicy policy, CaptureStatistics statistics) {
    this.source = source;
    this.policy = policy;
    this.statistics = statistics;
  }

  @Override
  public boolean next(PacketRecord record) {
    while (source.next(record)) {
      if (!isDuplicate(record)) {
        return true;
      }
      statistics.duplicate();
      if (policy != DuplicatePolicy.REMOVE) {
        return true;
      }
      statistics.packet(PacketVerdict.DUPLICATE, record);
    }
    return false;
  }

  private boolean isDuplicate(PacketRecord record) {
    if (record.timed) {
      latestMicros = record.timeMicros;
    }
    if (record.captured > record.available) {
      return false;
    }
    long hash = hash(record.bytes, record.offset, record.available);
    for (int back = 1; back <= filled; back++) {
      int at = next - back & FRAMES - 1;
      if (hashes[at] == hash && isSame(at, record)) {
        return true;
      }
    }
    remember(record, hash);
    return false;
  }

  private boolean isSame(int at, PacketRecord record) {
    int length = record.available;
    if (lengths[at] != length
        || originals[at] != record.original
        || linkTypes[at] != record.linkType
        || Math.abs(latestMicros - times[at]) > WINDOW_MICROS
        || written - starts[at] > RING_BYTES) {
      return false;
    }
    int from = (int) (starts[at] % RING_BYTES);
    return Arrays.equals(
        ring, from, from + length, record.bytes, record.offset, record.offset + length);
  }

  private void remember(PacketRecord record, long hash) {
    int length = record.available;
    int left = RING_BYTES - (int) (written % RING_BYTES);
    if (left < length) {
      written += left;
    }
    System.arraycopy(record.bytes, record.offset, ring, (int) (written % RING_BYTES), length);
    starts[next] = written;
    lengths[next] = length;
    originals[next] = record.original;
    linkTypes[next] = record.linkType;
    hashes[next] = hash;
    times[next] = latestMicros;
    written += length;
    next = next + 1 & FRAMES - 1;
    filled = Math.min(filled + 1, FRAMES);
  }

  /** Eight bytes at a time; equal frames are compared anyway. */
  private static long hash(byte[] bytes, int offset, int length) {
    long hash = length;
    int at = offset;
    int end = offset + length;
    for (; end - at >= Long.BYTES; at += Long.BYTES) {
      hash = (hash ^ (long) LONG.get(bytes, at)) * 0x9e37_79b9_7f4a_7c15L;
      hash ^= hash >>> 32;
    }
    for (; at < end; at++) {
      hash = (hash ^ bytes[at]) * 0x9e37_79b9_7f4a_7c15L;
    }
    return hash;
  }
}
