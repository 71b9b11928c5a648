package dev.janus.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.engine.Golden;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
  private final Golden golden = Golden.read("prng");

  @Test
  void outputsEqualTheGoldenOnes() {
    long seed = golden.longs("splitmix_seed")[0];
    long[] expected = golden.longs("splitmix");
    for (int i = 0; i < expected.length; i++) {
      assertThat(SplitMix64.at(seed, i)).as("output %d", i).isEqualTo(expected[i]);
    }
  }

  @Test
  void uniformsEqualTheGoldenOnesExactly() {
    double[] expected = golden.doubles("uniform_seed7");
    double[] actual = new double[expected.length];
    SplitMix64.fillUniforms(7, actual, 0, actual.length);
    assertThat(actual).containsExactly(expected);
  }

  @Test
  void normalsEqualTheGoldenOnes() {
    double[] expected = golden.doubles("normal_seed7");
    double[] actual = new double[expected.length];
    SplitMix64.fillNormals(7, actual, 0, actual.length);
    Golden.assertClose("normals", actual, expected, 1e-14);
  }

  @Test
  void floatFillsAreTheDoubleOnesRounded() {
    double[] wide = new double[50];
    float[] narrow = new float[53];
    SplitMix64.fillNormals(99, wide, 0, 50);
    SplitMix64.fillNormals(99, narrow, 2, 50);
    for (int i = 0; i < 50; i++) {
      assertThat(narrow[i + 2]).isEqualTo((float) wide[i]);
    }
    SplitMix64.fillUniforms(99, wide, 0, 50);
    SplitMix64.fillUniforms(99, narrow, 2, 50);
    for (int i = 0; i < 50; i++) {
      assertThat(narrow[i + 2]).isEqualTo((float) wide[i]);
    }
    assertThat(narrow[1]).isZero();
    assertThat(narrow[52]).isZero();
  }

  @Test
  void aFillOutsideTheArrayIsRefusedBeforeAnythingIsWritten() {
    float[] out = new float[4];
    assertThatThrownBy(() -> SplitMix64.fillNormals(1, out, 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(out).containsOnly(0f);
  }
}
