package dev.janus.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterRandomTest {
  private static final int SAMPLES = 1 << 18;

  @Test
  void everyKeyWordChangesTheStream() {
    Set<Long> keys = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      CounterRandom random = new CounterRandom(seed);
      for (long step = 0; step < 20; step++) {
        for (long flow = -1; flow < 20; flow++) {
          for (int use = 0; use < 10; use++) {
            keys.add(random.key(step, flow, use));
          }
        }
      }
    }
    assertThat(keys).hasSize(10 * 20 * 21 * 10);
  }

  @Test
  void neighbouringKeysDifferInAboutHalfTheirBits() {
    CounterRandom random = new CounterRandom(5);
    long bits = 0;
    int pairs = 10_000;
    for (int i = 0; i < pairs; i++) {
      bits += Long.bitCount(random.key(i, 3, 1) ^ random.key(i + 1, 3, 1));
      bits += Long.bitCount(random.key(7, i, 1) ^ random.key(7, i + 1, 1));
      bits += Long.bitCount(random.key(7, 3, i) ^ random.key(7, 3, i + 1));
    }
    assertThat(bits / (3.0 * pairs)).isCloseTo(32, within(0.1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 42, -7})
  void normalsHaveTheMomentsAndTailsOfTheNormalDistribution(long seed) {
    float[] x = new float[SAMPLES];
    CounterRandom.fillNormals(new CounterRandom(seed).key(1, 2, 3), x, 0, SAMPLES);
    double[] moments = new double[5];
    double neighbours = 0;
    int beyondTwo = 0;
    for (int i = 0; i < SAMPLES; i++) {
      double power = 1;
      for (int k = 0; k < 5; k++) {
        moments[k] += power / SAMPLES;
        power *= x[i];
      }
      neighbours += i > 0 ? x[i] * x[i - 1] / SAMPLES : 0;
      beyondTwo += Math.abs(x[i]) > 2 ? 1 : 0;
    }
    // Standard errors: 0.002, 0.0028, 0.0076, 0.019; bounds are five of them.
    assertThat(moments[1]).isCloseTo(0, within(0.01));
    assertThat(moments[2]).isCloseTo(1, within(0.014));
    assertThat(moments[3]).isCloseTo(0, within(0.04));
    assertThat(moments[4]).isCloseTo(3, within(0.1));
    assertThat(neighbours).isCloseTo(0, within(0.01));
    assertThat(beyondTwo / (double) SAMPLES).isCloseTo(0.0455, within(0.002));
  }

  @Test
  void normalPairsAreTheBoxMullerTransformToFloatPrecision() {
    long key = 123;
    float[] x = new float[20_000];
    CounterRandom.fillNormals(key, x, 0, x.length);
    for (int i = 0; i < x.length; i += 2) {
      long word = SplitMix64.at(key, i / 2);
      double radius = Math.sqrt(-2 * Math.log(((word >>> 32) + 0.5) * 0x1p-32));
      assertThat(Math.hypot(x[i], x[i + 1])).isCloseTo(radius, within(1e-6));
      // Each turn of the circle is used once: quadrant from the top bits, then the offset in it.
      double angle =
          ((int) word >>> 30) * Math.PI / 2 + (((int) word << 2) >> 2) * Math.PI * 0x1p-31;
      assertThat(x[i]).isCloseTo((float) (radius * Math.cos(angle)), within(1e-6f));
      assertThat(x[i + 1]).isCloseTo((float) (radius * Math.sin(angle)), within(1e-6f));
    }
  }

  @Test
  void ownLogarithmIsExactToTenDigits() {
    for (double x = 0x1p-33; x < 1; x *= 1.0001) {
      assertThat(BoxMuller.log(x)).isCloseTo(Math.log(x), within(2e-12));
    }
  }

  @Test
  void aShorterFillIsAPrefixAndStaysInItsRange() {
    float[] longer = new float[101];
    float[] shorter = new float[40];
    CounterRandom.fillNormals(9, longer, 0, 101);
    CounterRandom.fillNormals(9, shorter, 3, 33);
    assertThat(Arrays.copyOfRange(shorter, 3, 36)).containsExactly(Arrays.copyOf(longer, 33));
    assertThat(shorter[2]).isZero();
    assertThat(shorter[36]).isZero();
    assertThatThrownBy(() -> CounterRandom.fillNormals(9, shorter, 30, 11))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void uniformsFillTheUnitIntervalEvenly() {
    float[] u = new float[SAMPLES];
    CounterRandom.fillUniforms(77, u, 0, SAMPLES);
    int[] bins = new int[16];
    for (float v : u) {
      assertThat(v).isGreaterThanOrEqualTo(0f).isLessThan(1f);
      bins[(int) (v * 16)]++;
    }
    for (int count : bins) {
      assertThat(count / (SAMPLES / 16.0)).isCloseTo(1, within(0.04));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 17, 1000})
  void permutationsHoldEveryIndexOnce(int n) {
    int[] permutation = new int[n];
    CounterRandom.fillPermutation(31, permutation);
    int[] sorted = permutation.clone();
    Arrays.sort(sorted);
    assertThat(sorted).containsExactly(IntStream.range(0, n).toArray());
  }

  @Test
  void allPermutationsOfThreeAreEquallyLikely() {
    int[] counts = new int[27];
    int[] permutation = new int[3];
    CounterRandom random = new CounterRandom(3);
    for (int i = 0; i < 60_000; i++) {
      CounterRandom.fillPermutation(random.key(i, 0, 0), permutation);
      counts[permutation[0] * 9 + permutation[1] * 3 + permutation[2]]++;
    }
    assertThat(Arrays.stream(counts).filter(c -> c > 0).boxed())
        .hasSize(6)
        .allSatisfy(c -> assertThat(c).isBetween(9_500, 10_500));
  }

  @Test
  void aBoundMustBePositive() {
    assertThatThrownBy(() -> CounterRandom.boundedAt(1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
