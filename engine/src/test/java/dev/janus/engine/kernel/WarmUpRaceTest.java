package dev.janus.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WarmUpRaceTest {
  private final AtomicLong clock = new AtomicLong();
  private int rounds;

  @Test
  void aChallengerWinsWhenItHasBeenFasterThreeTimesInARow() {
    assertThat(advantage(100, 1_000_000, taking(100), taking(900, 500, 80, 120, 50, 25, 40)))
        .isEqualTo(2);
    assertThat(rounds).isEqualTo(7);
  }

  @Test
  void aSlowerChallengerLosesAtTheLastRound() {
    assertThat(advantage(20, 1_000_000, taking(100), taking(101))).isZero();
    assertThat(rounds).isEqualTo(20);
  }

  @Test
  void anEquallyFastChallengerLoses() {
    assertThat(advantage(20, 1_000_000, taking(100), taking(100))).isZero();
  }

  @Test
  void theIncumbentsBestTimeCounts() {
    assertThat(advantage(20, 1_000_000, taking(100, 50, 900, 900, 900), taking(60))).isZero();
  }

  @Test
  void noRoundBeginsAfterTheTimeLimit() {
    assertThat(advantage(1000, 500, taking(10), taking(190))).isZero();
    assertThat(rounds).isEqualTo(3);
  }

  private double advantage(int most, long nanos, Runnable incumbent, Runnable challenger) {
    return new WarmUpRace(most, nanos, clock::get)
        .advantage(
            () -> {
              rounds++;
              incumbent.run();
            },
            challenger);
  }

  /** Work whose times are given; the last one repeats. */
  private Runnable taking(long... times) {
    int[] next = new int[1];
    return () -> {
      clock.addAndGet(times[next[0]]);
      next[0] = Math.min(next[0] + 1, times.length - 1);
    };
  }
}
