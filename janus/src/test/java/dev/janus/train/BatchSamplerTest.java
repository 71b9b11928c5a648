package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSamplerTest {
  private static BatchSampler sampler(int flows, int block, int windowBlocks) {
    return new BatchSampler(5, flows, 8, block, windowBlocks, (from, to) -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100, 1",
    "100, 10, 3",
    "103, 10, 3",
    "99, 10, 3",
    "1000, 7, 4",
    "64, 16, 2",
    "65, 16, 2",
    "120, 16, 1"
  })
  void everyEpochUsesEveryFlowOnceButThoseOfADroppedBatch(int flows, int block, int blocks) {
    BatchSampler sampler = sampler(flows, block, blocks);
    int steps = sampler.stepsPerEpoch();
    int[] rows = new int[8];
    int[][] orders = new int[2][];
    for (int epoch = 0; epoch < 2; epoch++) {
      BitSet seen = new BitSet();
      int[] order = new int[flows];
      int count = 0;
      for (int step = epoch * steps; step < (epoch + 1) * steps; step++) {
        int size = sampler.fill(step, rows);
        for (int j = 0; j < size; j++) {
          assertThat(rows[j]).isBetween(0, flows - 1);
          seen.set(rows[j]);
          order[count++] = rows[j];
        }
      }
      assertThat(seen.cardinality()).isEqualTo(count);
      assertThat(flows - count).isBetween(0, 4);
      orders[epoch] = order;
    }
    assertThat(orders[0]).isNotEqualTo(orders[1]);
  }

  @Test
  void anyStepGivesItsBatchWhateverWasAskedBefore() {
    BatchSampler straight = sampler(1003, 10, 7);
    int[][] batches = new int[400][];
    for (int step = 0; step < batches.length; step++) {
      int[] rows = new int[8];
      int size = straight.fill(step, rows);
      batches[step] = Arrays.copyOf(rows, size);
    }
    for (int step : new int[] {399, 0, 126, 125, 250, 3, 200}) {
      int[] rows = new int[8];
      int size = sampler(1003, 10, 7).fill(step, rows);
      assertThat(Arrays.copyOf(rows, size)).isEqualTo(batches[step]);
      size = straight.fill(step, rows);
      assertThat(Arrays.copyOf(rows, size)).isEqualTo(batches[step]);
    }
  }

  @Test
  void flowsOfAWindowComeFromItsBlocksAndAreAnnouncedBefore() {
    BitSet announced = new BitSet();
    int[] announcements = {0};
    BatchSampler sampler =
        new BatchSampler(
            9,
            10_000,
            100,
            100,
            10,
            (from, to) -> {
              announced.set(from, to);
              announcements[0]++;
            });
    int[] rows = new int[100];
    for (int step = 0; step < 10; step++) {
      sampler.fill(step, rows);
      for (int row : rows) {
        assertThat(announced.get(row)).isTrue();
      }
    }
    assertThat(announcements[0]).isEqualTo(10);
    assertThat(announced.cardinality()).isEqualTo(1000);
    sampler.fill(10, rows);
    assertThat(announcements[0]).isEqualTo(20);
  }

  @Test
  void aWindowIsWellMixed() {
    BatchSampler sampler = sampler(8000, 100, 40);
    int[] rows = new int[8];
    int neighbours = 0;
    for (int step = 0; step < 500; step++) {
      sampler.fill(step, rows);
      for (int j = 1; j < 8; j++) {
        neighbours += rows[j] / 100 == rows[j - 1] / 100 ? 1 : 0;
      }
    }
    // 3,500 pairs, of which one in forty would share a block by chance.
    assertThat(neighbours).isBetween(50, 130);
  }
}
