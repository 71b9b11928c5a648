package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.engine.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketMaskTest {
  @Test
  void halfOfThePacketsAreMaskedAndOneIsAlwaysVisible() {
    int[] halves = {0, 1, 2, 2, 3, 3, 4, 4};
    for (int n = 1; n <= halves.length; n++) {
      assertThat(PacketMask.count(n, 0.5)).isEqualTo(halves[n - 1]);
    }
    assertThat(PacketMask.count(64, 0.5)).isEqualTo(32);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_VALUE, 0.01, 0.3, 0.5, 0.9, 0.99999})
  void theShareIsMetWithinHalfAPacketWhereOneStaysVisible(double ratio) {
    for (int n = 1; n <= 64; n++) {
      int count = PacketMask.count(n, ratio);
      assertThat(count).isBetween(0, n - 1);
      if (count < n - 1) {
        assertThat((double) count).isCloseTo(ratio * n, within(0.5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void soManyPacketsAreChosenAsWereAskedFor(long seed) {
    CounterRandom random = new CounterRandom(seed);
    boolean[] out = new boolean[70];
    for (int n = 1; n <= 64; n++) {
      for (int masked = 0; masked < n; masked++) {
        out[n + 3] = true;
        PacketMask.draw(random.key(n, masked, 0), n, masked, out, 3);
        int chosen = 0;
        for (int p = 0; p < n; p++) {
          chosen += out[3 + p] ? 1 : 0;
        }
        assertThat(chosen).isEqualTo(masked);
        assertThat(out[n + 3]).isTrue();
      }
    }
  }

  /** 10 sets of 2 of 5 packets; 30,000 draws put 3,000 into each, with a deviation of 52. */
  @Test
  void everySetOfPacketsIsEquallyLikely() {
    CounterRandom random = new CounterRandom(11);
    int[] seen = new int[32];
    boolean[] out = new boolean[5];
    for (int draw = 0; draw < 30_000; draw++) {
      PacketMask.draw(random.key(draw, 0, 0), 5, 2, out, 0);
      int set = 0;
      for (int p = 0; p < 5; p++) {
        set |= out[p] ? 1 << p : 0;
      }
      seen[set]++;
    }
    for (int set = 0; set < 32; set++) {
      if (Integer.bitCount(set) == 2) {
        assertThat(seen[set]).isBetween(2_740, 3_260);
      } else {
        assertThat(seen[set]).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 0, 1, 1.5, Double.NaN})
  void ratiosThatMaskNothingOrAllAreRefused(double ratio) {
    assertThatThrownBy(() -> new MaskedPrediction(0.3, ratio))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask_ratio must be between 0 and 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.POSITIVE_INFINITY, Double.NaN})
  void weightsThatAreNoneAreRefused(double weight) {
    assertThatThrownBy(() -> new MaskedPrediction(weight, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask_weight must be 0 or more");
  }
}
