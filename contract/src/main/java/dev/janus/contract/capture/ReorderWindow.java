package dev.janus.contract.capture;

/**
 * Brings packets into the order of their time stamps as far as a window of packets reaches: always
 * the earliest of those held is handed out, among equal ones the first that came. Memory is fixed
 * by the window, nothing is allocated per packet.
 *
 * <p>Frames are copied into a ring in the order of arrival, and its space is free again when the
 * oldest packet has left. When the space is used up, as behind a packet whose time stamp lies far
 * in the future, packets leave although the window is not full.
 */
final class ReorderWindow implements RecordSource {
  /** Bytes held at most. */
  private static final int RING_BYTES = 1 << 24;

  private final RecordSource source;
  private final CaptureStatistics statistics;
  private final byte[] ring;

  /** Records by number of arrival, modulo the capacity. */
  private final PacketRecord[] records;

  private final long[] times;
  private final boolean[] held;

  /** Total bytes written before the record's frame. */
  private final long[] starts;

  /** Binary heap of numbers of arrival: the earliest time, and of equal ones the smaller number. */
  private final long[] heap;

  private int heapSize;

  /** Numbers of the oldest record whose place is taken, and of the next to come. */
  private long oldest;

  private long arrivals;

  /** Number of the record handed out last, whose frame must stay until the next call. */
  private long handedOut = -1;

  /** Total bytes ever written; the place in the ring is the remainder. */
  private long written;

  private final PacketRecord arriving = new PacketRecord();
  private boolean waiting;
  private boolean ended;
  private long arrivingTime = Long.MIN_VALUE;
  private long latestHandedOut = Long.MIN_VALUE;

  ReorderWindow(RecordSource source, int packets, CaptureStatistics statistics) {
    this.source = source;
    this.statistics = statistics;
    // A packet that came too early by a whole window stays for two.
    int capacity = 2 * (packets + 1);
    ring = new byte[RING_BYTES];
    records = new PacketRecord[capacity];
    for (int i = 0; i < capacity; i++) {
      records[i] = new PacketRecord();
    }
    times = new long[capacity];
    held = new boolean[capacity];
    starts = new long[capacity];
    // The one that came last counts as well, so that it can overtake a whole window.
    heap = new long[packets + 1];
  }

  @Override
  public boolean next(PacketRecord record) {
    release();
    while (true) {
      if (!ended && !waiting) {
        arrive();
      }
      if (waiting && heapSize < heap.length && isRoom()) {
        store();
      } else if (heapSize == 0) {
        return false;
      } else {
        handOut(record);
        return true;
      }
    }
  }

  private void release() {
    if (handedOut >= 0) {
      held[place(handedOut)] = false;
      handedOut = -1;
    }
    while (oldest < arrivals && !held[place(oldest)]) {
      oldest++;
    }
  }

  private void arrive() {
    if (!source.next(arriving)) {
      ended = true;
      return;
    }
    waiting = true;
    // A packet without a time stays behind the one before it.
    long time = arriving.timed ? arriving.timeMicros : arrivingTime;
    if (time < arrivingTime) {
      statistics.outOfOrder(time >= latestHandedOut);
    }
    arrivingTime = time;
  }

  private boolean isRoom() {
    return oldest == arrivals
        || (arrivals - oldest < records.length
            && startOfArriving() + arriving.available - starts[place(oldest)] <= ring.length);
  }

  /** A frame lies in one piece. */
  private long startOfArriving() {
    int left = ring.length - (int) (written % ring.length);
    return left < arriving.available ? written + left : written;
  }

  private void store() {
    waiting = false;
    long start = startOfArriving();
    int at = (int) (start % ring.length);
    System.arraycopy(arriving.bytes, arriving.offset, ring, at, arriving.available);
    written = start + arriving.available;
    int place = place(arrivals);
    PacketRecord record = records[place];
    record.copy(arriving);
    record.bytes = ring;
    record.offset = at;
    times[place] = arrivingTime;
    held[place] = true;
    starts[place] = start;
    push(arrivals);
    arrivals++;
  }

  private void handOut(PacketRecord record) {
    handedOut = pop();
    int place = place(handedOut);
    latestHandedOut = times[place];
    record.copy(records[place]);
  }

  private int place(long number) {
    return (int) (number % records.length);
  }

  private void push(long number) {
    int at = heapSize++;
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (!isBefore(number, heap[parent])) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = number;
  }

  private long pop() {
    long first = heap[0];
    long moved = heap[--heapSize];
    int at = 0;
    while (2 * at + 1 < heapSize) {
      int child = 2 * at + 1;
      if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], moved)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = moved;
    return first;
  }

  private boolean isBefore(long number, long other) {
    long time = times[place(number)];
    long otherTime = times[place(other)];
    return time < otherTime || (time == otherTime && number < other);
  }
}
