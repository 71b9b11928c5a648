package dev.janus.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.engine.Ragged;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkPlanTest {
  @Test
  void denseBatchIsCutEvenly() {
    ChunkPlan plan = ChunkPlan.forTraining(8);
    plan.plan(flows(128, 64));
    assertThat(plan.count()).isEqualTo(16);
    for (int c = 0; c < plan.count(); c++) {
      assertThat(plan.to(c) - plan.from(c)).isEqualTo(8);
    }
  }

  @Test
  void noFlowsMakeNoChunks() {
    ChunkPlan plan = ChunkPlan.forTraining(8);
    plan.plan(flows(5, 3));
    plan.plan(new Ragged());
    assertThat(plan.count()).isZero();
  }

  @Test
  void shortFlowsShareAChunk() {
    ChunkPlan plan = ChunkPlan.forTraining(8);
    plan.plan(flows(3, 4));
    assertThat(plan.count()).isEqualTo(1);
  }

  @Test
  void fewTokensMakeAPowerOfTwoOfChunks() {
    ChunkPlan plan = ChunkPlan.forTraining(8);
    plan.plan(flows(128, 11));
    assertThat(plan.count()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void chunksCoverAllFlowsInOrderAndNoneIsLarge(long seed) {
    Random random = new Random(seed);
    Ragged packets = new Ragged();
    int flows = 1 + random.nextInt(2000);
    for (int f = 0; f < flows; f++) {
      packets.append(1 + random.nextInt(64));
    }
    int parts = 1 + random.nextInt(9);
    ChunkPlan plan = ChunkPlan.forScoring(parts);
    plan.plan(packets);
    int next = 0;
    for (int c = 0; c < plan.count(); c++) {
      assertThat(plan.from(c)).as("seed %d", seed).isEqualTo(next);
      next = plan.to(c);
      assertThat(next).isGreaterThan(plan.from(c));
      int tokens = packets.start(next) - packets.start(plan.from(c)) + next - plan.from(c);
      assertThat(tokens).isLessThanOrEqualTo(520 + 65);
    }
    assertThat(next).isEqualTo(flows);
  }

  private static Ragged flows(int count, int packets) {
    Ragged flows = new Ragged();
    for (int f = 0; f < count; f++) {
      flows.append(packets);
    }
    return flows;
  }
}
