package dev.janus.train;

import dev.janus.engine.random.CounterRandom;

/**
 * Which training flows form the batch of a step: every epoch is a fresh permutation cut into
 * batches; a last batch smaller than half of one is dropped (method, section 6). A function of
 * seed, step and the number of flows, so a resumed run sees the same batches.
 *
 * <p>Up to a million flows the permutation is one of all flows. Beyond that, flows are shuffled in
 * blocks of neighbours and then within windows of many blocks, so that those wanted at about the
 * same time lie in a bounded part of the disk, which can be read ahead, and the permutation takes
 * bounded memory. Where the flows lie makes no difference to the order.
 */
final class BatchSampler {
  private static final int WHOLE_BATCH = -1;
  private static final int BLOCK = 1 << 12;
  private static final int WINDOW_BLOCKS = 1 << 8;

  /** Told which flows the coming steps will want. */
  interface Expectation {
    /** Flows {@code from} (inclusive) to {@code to}. */
    void expect(int from, int to);
  }

  private final CounterRandom random;
  private final int flows;
  private final int batchSize;
  private final int block;
  private final int windowBlocks;
  private final Expectation expectation;
  private final int[] blockOrder;
  private final int[] window;
  private int blocksOfEpoch = -1;
  private int windowEpoch = -1;
  private int windowStart;
  private int windowEnd;

  BatchSampler(long seed, int flows, int batchSize, Expectation expectation) {
    this(seed, flows, batchSize, BLOCK, WINDOW_BLOCKS, expectation);
  }

  /**
   * @param block flows of a block
   * @param windowBlocks blocks of a window
   */
  BatchSampler(
      long seed, int flows, int batchSize, int block, int windowBlocks, Expectation expectation) {
    this.random = new CounterRandom(seed);
    this.flows = flows;
    this.batchSize = Math.min(batchSize, flows);
    this.block = block;
    this.windowBlocks = windowBlocks;
    this.expectation = expectation;
    this.blockOrder = new int[Math.ceilDiv(flows, block)];
    this.window = new int[(int) Math.min(flows, (long) block * windowBlocks)];
  }

  /** Steps of one epoch. */
  int stepsPerEpoch() {
    return stepsPerEpoch(flows, batchSize);
  }

  /** Steps of one epoch of {@code flows} flows, which are at least {@code batchSize}. */
  static int stepsPerEpoch(int flows, int batchSize) {
    int whole = flows / batchSize;
    return whole + (2 * (flows % batchSize) >= batchSize ? 1 : 0);
  }

  /** Largest number of flows in a batch. */
  int batchSize() {
    return batchSize;
  }

  /** Writes the batch of {@code step} to {@code rows} and returns its size. */
  int fill(int step, int[] rows) {
    int epoch = step / stepsPerEpoch();
    int from = step % stepsPerEpoch() * batchSize;
    int size = Math.min(batchSize, flows - from);
    for (int j = 0; j < size; j++) {
      int place = from + j;
      if (epoch != windowEpoch || place < windowStart || place >= windowEnd) {
        openWindow(epoch, place);
      }
      rows[j] = window[place - windowStart];
    }
    return size;
  }

  /** Shuffles the window that holds this place of the epoch's order. */
  private void openWindow(int epoch, int place) {
    if (window.length == flows) {
      windowStart = 0;
      windowEnd = 0;
      shuffleIn(0, flows, orderKey(epoch));
      expectation.expect(0, flows);
    } else {
      if (epoch != blocksOfEpoch) {
        CounterRandom.fillPermutation(orderKey(epoch), blockOrder);
        blocksOfEpoch = epoch;
      }
      int number = place / window.length;
      if (place >= startOf(number + 1)) {
        number++; // the short block made earlier windows shorter
      }
      fillWindow(epoch, number);
    }
    windowEpoch = epoch;
  }

  private long orderKey(int epoch) {
    return random.key(epoch, WHOLE_BATCH, NoiseUse.SHUFFLE.ordinal());
  }

  private void fillWindow(int epoch, int number) {
    windowStart = startOf(number);
    windowEnd = windowStart;
    long key = random.key(epoch, number, NoiseUse.SHUFFLE.ordinal());
    int to = Math.min(blockOrder.length, (number + 1) * windowBlocks);
    for (int b = number * windowBlocks; b < to; b++) {
      int first = blockOrder[b] * block;
      int end = Math.min(flows, first + block);
      expectation.expect(first, end);
      shuffleIn(first, end, key);
    }
  }

  /** Adds flows to the window, each at a random place (Fisher-Yates from the inside out). */
  private void shuffleIn(int first, int end, long key) {
    for (int flow = first; flow < end; flow++) {
      int i = windowEnd - windowStart;
      int j = CounterRandom.boundedAt(key, i, i + 1);
      window[i] = window[j];
      window[j] = flow;
      windowEnd++;
    }
  }

  /** First place of a window; one block of the epoch is shorter than the others. */
  private int startOf(int number) {
    int firstBlock = Math.min(number * windowBlocks, blockOrder.length);
    long start = (long) firstBlock * block;
    int shortBlock = blockOrder.length - 1;
    for (int b = 0; b < firstBlock; b++) {
      if (blockOrder[b] == shortBlock) {
        start -= (long) blockOrder.length * block - flows;
      }
    }
    return (int) start;
  }
}
