package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowChoiceTest {
  private static final int[] ROWS = {10, 11, 12, 13, 14};

  @Test
  void halvesAreByPosition() {
    assertThat(RowChoice.even(ROWS)).containsExactly(10, 12, 14);
    assertThat(RowChoice.odd(ROWS)).containsExactly(11, 13);
    assertThat(RowChoice.odd(new int[1])).isEmpty();
  }

  @Test
  void spreadRowsCoverAllOfThem() {
    assertThat(RowChoice.spread(ROWS, 5)).containsExactly(ROWS);
    assertThat(RowChoice.spread(ROWS, 9)).containsExactly(ROWS);
    assertThat(RowChoice.spread(ROWS, 2)).containsExactly(10, 12);
    assertThat(RowChoice.spread(new int[0], 2)).isEmpty();
    int[] many = RowChoice.spread(IntStream.range(0, 2_000_000_000 / 100).toArray(), 1000);
    assertThat(many).hasSize(1000).isSorted().doesNotHaveDuplicates();
  }
}
