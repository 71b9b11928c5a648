package dev.janus.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.autograd.nn.Linear;
import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scopes give memory back and change no bit. */
class TapeScopeTest {
  private static final int D = 16;

  private final Kernels kernels = KernelSelection.best();
  private final ParameterLayout.Builder builder = new ParameterLayout.Builder();
  private final Linear wide = Linear.add(builder, "wide", D, 4 * D);
  private final Linear narrow = Linear.add(builder, "narrow", 4 * D, D);
  private final int length = builder.build().length();
  private final Ragged tokens = new Ragged();

  TapeScopeTest() {
    tokens.append(5);
    tokens.append(7);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void gradientsHaveTheSameBitsWithAndWithoutScopes(long seed) {
    float[] plain = new float[length];
    float[] scoped = new float[length];
    int without = train(seed, plain, 3, false);
    int with = train(seed, scoped, 3, true);
    assertThat(scoped).as("seed %d", seed).containsExactly(plain);
    assertThat(with).isLessThan(without);
  }

  @Test
  void memoryOfGradientsDoesNotGrowWithTheNumberOfScopes() {
    int perBlock = values(6) - values(5);
    int two = train(1, new float[length], 2, true);
    int nine = train(1, new float[length], 9, true);
    assertThat(nine - two).isEqualTo(7 * perBlock);
  }

  @Test
  void aTapeThatIsUsedAgainGivesTheSameBits() {
    Tape tape = tape();
    float[] first = new float[length];
    float[] second = new float[length];
    float[] shorter = new float[length];
    run(tape, 7, first, 4, true);
    run(tape, 8, shorter, 1, false);
    run(tape, 7, second, 4, true);
    assertThat(second).containsExactly(first);
  }

  @Test
  void inferenceGivesTheValuesOfAScopeBack() {
    Tape tape = tape();
    tape.startInference(weights(1));
    Var x = tape.variable(12, D);
    int before = tape.mark();
    tape.openScope();
    tape.linear(x, wide);
    assertThat(tape.mark()).isGreaterThan(before);
    tape.closeScope();
    assertThat(tape.mark()).isEqualTo(before);
  }

  @Test
  void aGradientThatTheScopeWouldLoseIsRefused() {
    Tape tape = tape();
    tape.startTraining(weights(1), new float[length]);
    Var x = tape.variable(12, D);
    tape.openScope();
    Var y = tape.linear(x, wide);
    tape.squaredError(y, new float[y.length()], 0, 1);
    tape.closeScope();
    assertThatThrownBy(tape::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("older than the scope");
  }

  @Test
  void valuesThatTheBackwardPassReadsCannotBeOverwritten() {
    Tape tape = tape();
    tape.startTraining(weights(1), new float[length]);
    Var x = tape.variable(12, D);
    Var modulation = tape.variable(2, D);
    Var y = tape.linear(tape.linear(x, wide), narrow);
    assertThatThrownBy(() -> tape.addGated(x, y, modulation, 0, tokens))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingIsAddedToAConstantThatWouldLoseItsGradient() {
    Tape tape = tape();
    tape.startTraining(weights(1), new float[length]);
    Var x = tape.constant(12, D);
    Var y = tape.variable(12, D);
    Var modulation = tape.variable(2, D);
    assertThatThrownBy(() -> tape.addGated(x, y, modulation, 0, tokens))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("constant");
  }

  @Test
  void scopesMustMatch() {
    Tape tape = tape();
    tape.startTraining(weights(1), new float[length]);
    assertThatThrownBy(tape::closeScope).isInstanceOf(IllegalStateException.class);
    tape.openScope();
    assertThatThrownBy(tape::backward).isInstanceOf(IllegalStateException.class);
  }

  /** Floats that the values of so many blocks take. */
  private int values(int blocks) {
    Tape tape = tape();
    forward(tape, 1, new float[length], blocks, false);
    return tape.mark();
  }

  /** Trains once; gives the largest fill level of the tape. */
  private int train(long seed, float[] gradients, int blocks, boolean scoped) {
    Tape tape = tape();
    run(tape, seed, gradients, blocks, scoped);
    return tape.peak();
  }

  private void run(Tape tape, long seed, float[] gradients, int blocks, boolean scoped) {
    Var x = forward(tape, seed, gradients, blocks, scoped);
    tape.squaredError(x, new float[x.length()], 0, 0.5);
    tape.backward();
  }

  private Var forward(Tape tape, long seed, float[] gradients, int blocks, boolean scoped) {
    tape.startTraining(weights(seed), gradients);
    Var x = random(tape, seed, 12, D);
    Var modulation = random(tape, seed + 1, 2, 3 * D);
    // The first gradient of the modulation comes from outside of the scopes.
    Var last = tape.adaNorm(x, modulation, 0, tokens);
    for (int b = 0; b < blocks; b++) {
      if (scoped) {
        tape.openScope();
      }
      Var mlp = tape.mlp(tape.adaNorm(x, modulation, 0, tokens), wide, narrow);
      tape.addGated(x, mlp, modulation, 2, tokens);
      if (scoped) {
        tape.closeScope();
      }
    }
    tape.addGated(x, last, modulation, 2, tokens);
    return x;
  }

  private static Var random(Tape tape, long seed, int rows, int columns) {
    Random random = new Random(seed);
    Var var = tape.variable(rows, columns);
    for (int i = 0; i < var.length(); i++) {
      tape.data()[var.offset() + i] = (float) random.nextGaussian();
    }
    return var;
  }

  private float[] weights(long seed) {
    Random random = new Random(seed);
    float[] weights = new float[length];
    for (int i = 0; i < length; i++) {
      weights[i] = (float) (0.2 * random.nextGaussian());
    }
    return weights;
  }

  private Tape tape() {
    WeightPanels panels = WeightPanels.forTraining(kernels, List.of(wide, narrow));
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      panels.pack(weights(1), team);
    }
    return new Tape(kernels, panels, 1 << 18);
  }
}
