package dev.janus.bench.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowLengthsTest {
  private static final double MEDIAN = Math.exp(2);

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 1024})
  void raggedBatchesOfEverySizeHaveTheMeanOfTheDistribution(int flows) {
    int[] packets = FlowLengths.ragged(flows);

    assertThat(IntStream.of(packets).average().orElseThrow() + 1).isBetween(12.2, 12.4);
    assertThat(packets).contains(2, FlowLengths.LONGEST);
    assertThat(IntStream.of(packets).min()).hasValue(2);
    assertThat(IntStream.of(packets).max()).hasValue(FlowLengths.LONGEST);
    assertThat(IntStream.of(packets).filter(length -> length < (int) MEDIAN).count())
        .isLessThanOrEqualTo(flows / 2);
    assertThat(IntStream.of(packets).filter(length -> length <= MEDIAN).count())
        .isGreaterThanOrEqualTo(flows / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 128})
  void raggedLengthsAreTheSameEveryTime(int flows) {
    assertThat(FlowLengths.ragged(flows)).hasSize(flows).isEqualTo(FlowLengths.ragged(flows));
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 1024})
  void raggedLengthsComeInNoOrder(int flows) {
    int[] packets = FlowLengths.ragged(flows);
    int half = flows / 2;

    double first = IntStream.of(packets).limit(half).average().orElseThrow();
    double second = IntStream.of(packets).skip(half).average().orElseThrow();
    assertThat(first / second).isBetween(0.6, 1.6);
  }
}
