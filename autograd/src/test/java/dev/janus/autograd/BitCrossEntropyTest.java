package dev.janus.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitCrossEntropyTest {
  private static final int ROWS = 7;
  private static final int COLUMNS = 6;
  private static final double WEIGHT = 0.25;
  private static final float STEP = 1e-3f;

  private final Kernels kernels = KernelSelection.best();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void onlyBitsThatAreAskedForCountAndTheirSlopesAreThoseOfDifferences(long seed) {
    Random random = new Random(seed);
    float[] logits = new float[ROWS * COLUMNS];
    float[] bits = new float[logits.length];
    double expected = 0;
    for (int i = 0; i < bits.length; i++) {
      logits[i] = (float) (3 * random.nextGaussian());
      bits[i] = random.nextInt(3) - 1;
      expected += bits[i] == 0 ? 0 : Math.log1p(Math.exp(-bits[i] * (double) logits[i]));
    }
    float[] slopes = new float[logits.length];
    assertThat(sum(logits, bits, slopes)).isCloseTo(expected, within(1e-12 * expected));
    for (int i = 0; i < logits.length; i++) {
      if (bits[i] == 0) {
        assertThat(slopes[i]).as("seed %d, logit %d", seed, i).isZero();
      } else {
        float[] up = logits.clone();
        float[] down = logits.clone();
        up[i] += STEP;
        down[i] -= STEP;
        double difference =
            (sum(up, bits, new float[bits.length]) - sum(down, bits, new float[bits.length]))
                / ((double) up[i] - down[i]);
        assertThat((double) slopes[i])
            .as("seed %d, logit %d", seed, i)
            .isCloseTo(WEIGHT * difference, within(1e-6));
      }
    }
  }

  /** The sum; the gradient of its weighted value goes to {@code slopes}. */
  private double sum(float[] logits, float[] bits, float[] slopes) {
    Tape tape = new Tape(kernels, WeightPanels.forTraining(kernels, List.of()), 1 << 12);
    tape.startTraining(new float[0], new float[0]);
    Var var = tape.variable(ROWS, COLUMNS);
    System.arraycopy(logits, 0, tape.data(), var.offset(), logits.length);
    double sum = tape.bitCrossEntropy(var, bits, 0, WEIGHT);
    tape.backward();
    System.arraycopy(tape.data(), var.gradientOffset(), slopes, 0, slopes.length);
    return sum;
  }
}
