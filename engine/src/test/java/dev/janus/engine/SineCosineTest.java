package dev.janus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SineCosineTest {
  @ParameterizedTest
  @ValueSource(doubles = {1, 100, 1e4, 1e6})
  void agreeWithTheLibrary(double largest) {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      double angle = (2 * random.nextDouble() - 1) * largest;
      assertThat(SineCosine.sine(angle)).isCloseTo(StrictMath.sin(angle), within(1e-10));
      assertThat(SineCosine.cosine(angle)).isCloseTo(StrictMath.cos(angle), within(1e-10));
    }
  }

  @Test
  void areExactAtZero() {
    assertThat(SineCosine.sine(0)).isZero();
    assertThat(SineCosine.cosine(0)).isEqualTo(1);
  }
}
