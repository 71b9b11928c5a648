package dev.janus.contract.flow;

/**
 * Open flows by the hash of their 5-tuple: one array of longs, a flow beside its hash, with linear
 * probing. Different flows may have the same hash. Not thread-safe.
 */
final class FlowIndex {
  /** Set in every hash, so that no entry is 0. */
  static final int OCCUPIED = 1 << 31;

  /** No flow, or no place. */
  static final int NONE = -1;

  private static final int FIRST_LENGTH = 1 << 10;

  private long[] entries = new long[FIRST_LENGTH];
  private int flows;

  /** Adds a flow; {@code tag} has {@link #OCCUPIED} set. */
  void add(int tag, int flow) {
    if (2 * flows >= entries.length) {
      grow();
    }
    flows++;
    insert((long) tag << Integer.SIZE | flow);
  }

  private void insert(long entry) {
    int mask = entries.length - 1;
    int at = tag(entry) & mask;
    while (entries[at] != 0) {
      at = at + 1 & mask;
    }
    entries[at] = entry;
  }

  private void grow() {
    long[] old = entries;
    entries = new long[2 * old.length];
    for (long entry : old) {
      if (entry != 0) {
        insert(entry);
      }
    }
  }

  /** Brings the places where flows with these hashes stand into the cache. */
  long look(int[] tags, int count) {
    long seen = 0;
    int mask = entries.length - 1;
    for (int i = 0; i < count; i++) {
      seen += entries[tags[i] & mask];
    }
    return seen;
  }

  /**
   * The first place where a flow with this hash stands.
   *
   * @return a place for {@link #flow} and {@link #next}, or {@link #NONE}
   */
  int first(int tag) {
    return find(tag, tag & entries.length - 1);
  }

  /** The next place behind {@code place} where a flow with this hash stands, or {@link #NONE}. */
  int next(int tag, int place) {
    return find(tag, place + 1 & entries.length - 1);
  }

  private int find(int tag, int from) {
    int mask = entries.length - 1;
    int at = from;
    for (long entry = entries[at]; entry != 0; entry = entries[at]) {
      if (tag(entry) == tag) {
        return at;
      }
      at = at + 1 & mask;
    }
    return NONE;
  }

  /** The flow at a place. */
  int flow(int place) {
    return (int) entries[place];
  }

  /** Takes a flow out and moves back what stood behind it only because of it. */
  void remove(int tag, int flow) {
    long gone = (long) tag << Integer.SIZE | flow;
    int mask = entries.length - 1;
    int free = tag & mask;
    while (entries[free] != gone) {
      free = free + 1 & mask;
    }
    for (int at = free + 1 & mask; entries[at] != 0; at = at + 1 & mask) {
      int home = tag(entries[at]) & mask;
      boolean mayMove = (at - home & mask) >= (at - free & mask);
      if (mayMove) {
        entries[free] = entries[at];
        free = at;
      }
    }
    entries[free] = 0;
    flows--;
  }

  private static int tag(long entry) {
    return (int) (entry >>> Integer.SIZE);
  }
}
