package dev.janus.autograd.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimiserTest {
  private final Kernels kernels = KernelSelection.best();

  @Test
  void theLearningRateWarmsUpPeaksAndEndsAtFivePercent() {
    LearningRate rate = new LearningRate(1e-3, 50, 1000);
    assertThat(rate.at(0)).isCloseTo(1e-3 / 50, within(1e-9));
    assertThat(rate.at(49)).isCloseTo(1e-3, within(1e-5));
    assertThat(rate.at(500)).isCloseTo(1e-3 * (0.05 + 0.95 / 2), within(1e-9));
    assertThat(rate.at(999)).isCloseTo(5e-5, within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aStepFollowsTheFormulaInDoublePrecision(long seed) {
    int n = 40_000;
    Random random = new Random(seed);
    float[] weights = normals(random, n);
    float[] before = weights.clone();
    float[] average = weights.clone();
    float[] gradients = normals(random, n);
    double squares = 0;
    for (float g : gradients) {
      squares += (double) g * g;
    }
    AdamW optimizer = new AdamW(kernels, n, 0.01, 1.0);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      double norm = optimizer.norm(gradients, team);
      assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-9 * Math.sqrt(squares)));
      optimizer.step(0, 1e-3, norm, 0.25, weights, gradients, average, team);
    }
    double clip = 1 / (Math.sqrt(squares) + 1e-6);
    for (int i = 0; i < n; i += 97) {
      double g = gradients[i] * clip;
      // After one step m / (1 - beta1) = g and v / (1 - beta2) = g^2.
      double w = before[i] * (1 - 1e-3 * 0.01) - 1e-3 * g / (Math.abs(g) + 1e-8);
      assertThat(weights[i]).isCloseTo((float) w, within(2e-6f));
      assertThat(average[i]).isCloseTo((float) (0.25 * before[i] + 0.75 * w), within(2e-6f));
    }
  }

  @Test
  void slotsAreSummedInOrderWhateverTheNumberOfThreads() {
    int n = 50_000;
    float[] one = sum(n, 1);
    assertThat(sum(n, 3)).containsExactly(one);
  }

  @Test
  void aClearedSlotIsZeroWhetherOrNotItWasSummed() {
    int n = 20_000;
    Random random = new Random(11);
    GradientSlots slots = new GradientSlots(kernels, n);
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      for (int used : new int[] {8, 3, 1, 5}) {
        for (int s = 0; s < GradientSlots.COUNT; s++) {
          slots.clear(s);
          assertThat(slots.slot(s)).containsOnly(0f);
          System.arraycopy(normals(random, n), 0, slots.slot(s), 0, n);
        }
        slots.sum(used, team);
      }
    }
  }

  private float[] sum(int n, int threads) {
    Random random = new Random(9);
    GradientSlots slots = new GradientSlots(kernels, n);
    for (int s = 0; s < GradientSlots.COUNT; s++) {
      System.arraycopy(normals(random, n), 0, slots.slot(s), 0, n);
    }
    float[] expected = slots.slot(0).clone();
    for (int s = 1; s < 5; s++) {
      for (int i = 0; i < n; i++) {
        expected[i] += slots.slot(s)[i];
      }
    }
    try (ThreadTeam team = ThreadTeam.ofSize(threads)) {
      float[] total = slots.sum(5, team);
      assertThat(total).containsExactly(expected);
      return total;
    }
  }

  private static float[] normals(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
