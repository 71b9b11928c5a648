package dev.janus.engine;

/**
 * A bump allocator over one {@code float[]}: scratch and activations of one chunk. Blocks are
 * offsets into {@link #data()}, valid until the slab is released to a mark below them or reset.
 * Contents are not cleared. Not thread-safe: one slab per task.
 *
 * <p>Blocks begin on cache lines, so that no vector straddles two, where the JVM puts the array
 * itself at the start of a line: G1 does for arrays of at least half a region, the other collectors
 * by chance. Nothing but speed depends on it.
 */
public final class Slab {
  /** Floats of a cache line. */
  private static final int ALIGNMENT = 16;

  /** Floats from the first element of an array to a cache line, behind a header of 16 bytes. */
  private static final int FIRST = 12;

  /** The longest array that every JVM grants, less room to align it. */
  private static final int LARGEST = Integer.MAX_VALUE - 64;

  private float[] data;
  private int used;
  private int peak;

  /**
   * @param capacity floats, rounded up to a multiple of 16
   */
  public Slab(int capacity) {
    data = new float[FIRST + aligned(capacity)];
  }

  /**
   * Reserves a block.
   *
   * @param floats length of the block, zero or more
   * @return its offset in {@link #data()}; two offsets are a multiple of 16 apart
   * @throws IllegalStateException when the slab is full; names the capacity it would need
   */
  public int take(int floats) {
    int start = used;
    int needed = Math.addExact(start, aligned(floats));
    if (needed > capacity()) {
      throw new IllegalStateException(
          "slab of "
              + capacity()
              + " floats is full: "
              + start
              + " in use, "
              + floats
              + " more asked for; ensureCapacity("
              + needed
              + ") before the first take");
    }
    used = needed;
    peak = Math.max(peak, needed);
    return FIRST + start;
  }

  /** Where the next block would begin, to be given to {@link #release}. */
  public int mark() {
    return FIRST + used;
  }

  /**
   * Gives back everything taken since {@code mark}, which may also be the offset of a block: that
   * one and those behind it are given back.
   */
  public void release(int mark) {
    if (mark < FIRST || mark > mark()) {
      throw new IllegalArgumentException("mark " + mark + " is not in " + FIRST + ".." + mark());
    }
    used = mark - FIRST;
  }

  /** Gives everything back. */
  public void reset() {
    used = 0;
  }

  /**
   * Grows the array when it is too small, by a quarter more than asked for: chunks of flows differ
   * a little in size. Allowed only while nothing is taken, since offsets refer to the old array
   * otherwise.
   */
  public void ensureCapacity(int floats) {
    if (floats <= capacity()) {
      return;
    }
    if (used != 0) {
      throw new IllegalStateException("a slab can grow only while empty; " + used + " in use");
    }
    data = new float[FIRST + aligned((int) Math.min(LARGEST, floats + floats / 4L))];
  }

  /** The array all offsets refer to; stays the same until {@link #ensureCapacity} grows it. */
  public float[] data() {
    return data;
  }

  /** Floats there is room for. */
  public int capacity() {
    return data.length - FIRST;
  }

  /** Largest fill level so far, to size the next slab. */
  public int peak() {
    return peak;
  }

  private static int aligned(int floats) {
    if (floats < 0) {
      throw new IllegalArgumentException("negative length " + floats);
    }
    return Math.addExact(floats, ALIGNMENT - 1) & -ALIGNMENT;
  }
}
