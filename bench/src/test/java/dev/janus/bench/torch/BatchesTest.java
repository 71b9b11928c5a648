package dev.janus.bench.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.bench.step.FlowLengths;
import dev.janus.engine.Ragged;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final int FLOWS = 100;
  private static final int SIZE = 16;

  private final Ragged packets = new Ragged();

  BatchesTest() {
    for (int length : FlowLengths.ragged(FLOWS)) {
      packets.append(length);
    }
  }

  @Test
  void paddedBatchesHoldEveryFlowOnceAndInOrder() {
    List<Batches.Cut> cuts = Batches.padded(packets, SIZE);

    assertThat(flows(cuts)).containsExactly(IntStream.range(0, FLOWS).toArray());
    assertThat(cuts).allMatch(cut -> cut.tokens() == Batches.LONGEST_TOKENS);
  }

  @Test
  void bucketsHoldEveryFlowOnce() {
    assertThat(flows(Batches.bucketed(packets, SIZE)))
        .containsExactlyInAnyOrder(IntStream.range(0, FLOWS).toArray());
  }

  @Test
  void bucketsAreAsWideAsTheirLongestFlowWithItsFlowToken() {
    for (Batches.Cut cut : Batches.bucketed(packets, SIZE)) {
      int longest = IntStream.of(cut.flows()).map(packets::rows).max().orElseThrow();
      assertThat(cut.tokens()).isEqualTo(longest + 1);
    }
  }

  private static int[] flows(List<Batches.Cut> cuts) {
    return cuts.stream().flatMapToInt(cut -> IntStream.of(cut.flows())).toArray();
  }
}
