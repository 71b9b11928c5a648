package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.model.ModelException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkhornCouplingTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSampleDoesNotDependOnHowTheRowsWereSplit(long seed) {
    CouplingBatch batch = CouplingBatch.random(seed);
    int flows = batch.packets.count();
    double[] uniforms = new Random(seed).doubles(flows).toArray();
    SinkhornCoupling whole = new SinkhornCoupling(flows, 64, 0.05, 50);
    batch.loadInto(whole);
    whole.costRows(0, flows);
    SinkhornCoupling split = new SinkhornCoupling(flows + 9, 64, 0.05, 50);
    batch.loadInto(split);
    for (int from = (flows - 1) / 5 * 5; from >= 0; from -= 5) {
      split.costRows(from, Math.min(from + 5, flows));
    }
    assertThat(sample(split, uniforms)).containsExactly(sample(whole, uniforms));
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void aNoiseFlowIsDrawnAsOftenAsThePlanSays(long seed) {
    Random random = new Random(seed);
    CouplingBatch batch = CouplingBatch.random(random, 6, 3);
    SinkhornCoupling coupling = new SinkhornCoupling(6, 3, 0.5, 50);
    batch.loadInto(coupling);
    coupling.costRows(0, 6);
    Sinkhorn sinkhorn = new Sinkhorn(6, 0.5, 50, Sinkhorn.SCALING_LIMIT);
    sinkhorn.solve(batch.cost(), 6);
    int draws = 20_000;
    int[][] counts = new int[6][6];
    coupling.solve();
    int[] noiseOf = new int[6];
    for (int d = 0; d < draws; d++) {
      // A regular grid of uniforms makes the frequencies exact up to one grid step per edge.
      double[] uniforms = new double[6];
      Arrays.fill(uniforms, (d + 0.5) / draws);
      coupling.sample(uniforms, noiseOf);
      for (int j = 0; j < 6; j++) {
        counts[j][noiseOf[j]]++;
      }
    }
    for (int j = 0; j < 6; j++) {
      double row = 0;
      for (int i = 0; i < 6; i++) {
        row += sinkhorn.plan(j, i);
      }
      for (int i = 0; i < 6; i++) {
        assertThat(counts[j][i] / (double) draws)
            .isCloseTo(sinkhorn.plan(j, i) / row, within(2.0 / draws));
      }
    }
  }

  @Test
  void noiseThatEqualsTheDataIsGivenToItsOwnFlow() {
    CouplingBatch batch = CouplingBatch.random(new Random(3), 16, 8);
    batch.packets.clear();
    for (int j = 0; j < 16; j++) {
      batch.packets.append(8);
    }
    int[] permutation = {3, 1, 0, 2, 7, 6, 5, 4, 15, 14, 13, 12, 11, 10, 9, 8};
    for (int j = 0; j < 16; j++) {
      System.arraycopy(batch.continuous, j * 24, batch.noiseContinuous, permutation[j] * 24, 24);
      System.arraycopy(batch.features, j * 20, batch.noiseFeatures, permutation[j] * 20, 20);
    }
    SinkhornCoupling coupling = new SinkhornCoupling(16, 8, 0.05, 50);
    batch.loadInto(coupling);
    coupling.costRows(0, 16);
    assertThat(sample(coupling, new Random(9).doubles(16).toArray())).containsExactly(permutation);
  }

  @Test
  void theEndsOfTheUnitIntervalDrawFlowsThatHaveWeight() {
    CouplingBatch batch = CouplingBatch.random(new Random(8), 40, 5);
    SinkhornCoupling coupling = new SinkhornCoupling(40, 5, 0.05, 50);
    batch.loadInto(coupling);
    coupling.costRows(0, 40);
    double[] uniforms = new double[40];
    assertThat(sample(coupling, uniforms)).containsOnly(0);
    Arrays.fill(uniforms, Math.nextDown(1.0));
    assertThat(Arrays.stream(sample(coupling, uniforms)).boxed())
        .allSatisfy(i -> assertThat(i).isBetween(30, 39));
    uniforms[7] = 1;
    assertThatThrownBy(() -> coupling.sample(uniforms, new int[40]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("uniform 7 is 1.0");
  }

  @Test
  void aValueThatIsNotANumberIsAnErrorNamingTheFlow() {
    CouplingBatch batch = CouplingBatch.random(new Random(8), 4, 5);
    batch.features[2 * 20 + 3] = Float.NaN;
    SinkhornCoupling coupling = new SinkhornCoupling(4, 5, 0.05, 50);
    batch.loadInto(coupling);
    coupling.costRows(0, 4);
    assertThatThrownBy(coupling::solve)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("flow 2 of the batch");
  }

  private static int[] sample(SinkhornCoupling coupling, double[] uniforms) {
    int[] noiseOf = new int[uniforms.length];
    coupling.solve();
    coupling.sample(uniforms, noiseOf);
    return noiseOf;
  }
}
