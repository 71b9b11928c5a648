package dev.janus.train;

import dev.janus.engine.random.CounterRandom;

/**
 * Which training flows form the batch of a step: every epoch is a fresh permutation cut into
 * batches; a last batch smaller than half of one is dropped (method, section 6). A function of seed
 * and step, so a resumed run sees the same batches.
 */
final class BatchSampler {
  private static final int WHOLE_BATCH = -1;

  private final CounterRandom random;
  private final int flows;
  private final int batchSize;
  private final int[] order;
  private int shuffledEpoch = -1;

  BatchSampler(long seed, int flows, int batchSize) {
    this.random = new CounterRandom(seed);
    this.flows = flows;
    this.batchSize = Math.min(batchSize, flows);
    this.order = new int[flows];
  }

  /** Steps of one epoch. */
  int stepsPerEpoch() {
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
    if (epoch != shuffledEpoch) {
      shuffle(epoch);
    }
    int from = step % stepsPerEpoch() * batchSize;
    int size = Math.min(batchSize, flows - from);
    System.arraycopy(order, from, rows, 0, size);
    return size;
  }

  private void shuffle(int epoch) {
    CounterRandom.fillPermutation(
        random.key(epoch, WHOLE_BATCH, NoiseUse.SHUFFLE.ordinal()), order);
    shuffledEpoch = epoch;
  }
}
