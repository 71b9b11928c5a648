package dev.janus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SlabTest {
  /** Floats from the array header, 16 bytes, to the next cache line of 64. */
  private static final int FIRST = (64 - 16) / Float.BYTES;

  @Test
  void blocksAreAlignedAndDoNotOverlap() {
    Slab slab = new Slab(100);
    assertThat(slab.capacity()).isEqualTo(112);
    assertThat(slab.take(1)).isEqualTo(FIRST);
    assertThat(slab.take(17)).isEqualTo(FIRST + 16);
    assertThat(slab.take(0)).isEqualTo(FIRST + 48);
    assertThat(slab.take(16)).isEqualTo(FIRST + 48);
    assertThat(slab.take(48)).isEqualTo(FIRST + 64);
    assertThat(slab.data()).hasSize(FIRST + 112);
  }

  @Test
  void releasingToAMarkReusesTheSpaceAndKeepsTheArray() {
    Slab slab = new Slab(64);
    float[] data = slab.data();
    slab.take(16);
    int mark = slab.mark();
    int first = slab.take(32);
    slab.release(mark);
    assertThat(slab.take(32)).isEqualTo(first);
    slab.reset();
    assertThat(slab.take(1)).isEqualTo(FIRST);
    assertThat(slab.data()).isSameAs(data);
    assertThat(slab.peak()).isEqualTo(48);
  }

  @Test
  void theOffsetOfABlockIsTheMarkThatGivesItBack() {
    Slab slab = new Slab(64);
    int empty = slab.take(0);
    slab.release(empty);
    int block = slab.take(20);
    slab.release(block);
    assertThat(block).isEqualTo(empty);
    assertThat(slab.take(64)).isEqualTo(block);
    assertThatThrownBy(() -> slab.release(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void overflowSaysHowMuchWouldBeNeeded() {
    Slab slab = new Slab(32);
    slab.take(20);
    assertThatThrownBy(() -> slab.take(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("slab of 32 floats is full")
        .hasMessageContaining("ensureCapacity(48)");
    assertThatThrownBy(() -> slab.take(Integer.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> slab.take(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void growsByAQuarterMoreThanNeededAndOnlyWhileEmpty() {
    Slab slab = new Slab(16);
    slab.ensureCapacity(40);
    assertThat(slab.capacity()).isEqualTo(64);
    slab.take(1);
    slab.ensureCapacity(64);
    assertThatThrownBy(() -> slab.ensureCapacity(65)).isInstanceOf(IllegalStateException.class);
    slab.reset();
    slab.ensureCapacity(65);
    assertThat(slab.capacity()).isEqualTo(96);
  }

  @Test
  void aMarkAboveTheFillLevelIsRefused() {
    Slab slab = new Slab(32);
    assertThatThrownBy(() -> slab.release(FIRST + 16)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> slab.release(-16)).isInstanceOf(IllegalArgumentException.class);
  }
}
