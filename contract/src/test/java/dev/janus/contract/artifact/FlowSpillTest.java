package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowSpillTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0,1", "1,2", "256,3", "257,4", "3000,5"})
  void flowsComeBackInOrderOfTheirNumbersAsOftenAsAsked(int count, long seed) {
    List<Flow> flows = RandomFlows.of(count, seed);
    List<Flow> shuffled = new ArrayList<>(flows);
    Collections.shuffle(shuffled, new Random(seed));
    try (FlowSpill spill = FlowSpill.create(folder)) {
      shuffled.forEach(spill::accept);
      assertThat(spill.size()).isEqualTo(count);
      for (int pass = 0; pass < 2; pass++) {
        int next = 0;
        for (Flow read : spill) {
          Flow expected = flows.get(next++);
          assertThat(read.tokens()).isEqualTo(expected.tokens());
          assertThat(withTokens(read, expected.tokens())).isEqualTo(expected);
        }
        assertThat(next).isEqualTo(count);
      }
    }
  }

  @Test
  void nothingIsLeftInTheFolder() throws IOException {
    try (FlowSpill spill = FlowSpill.create(folder)) {
      RandomFlows.of(100, 1).forEach(spill::accept);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void missingAndRepeatedNumbersAreNoticed() {
    List<Flow> flows = RandomFlows.of(5, 1);
    try (FlowSpill gap = FlowSpill.create(folder);
        FlowSpill repeated = FlowSpill.create(folder);
        FlowSpill both = FlowSpill.create(folder)) {
      gap.accept(flows.get(0));
      gap.accept(flows.get(2));
      assertThatIllegalStateException().isThrownBy(gap::iterator);

      repeated.accept(flows.get(0));
      repeated.accept(flows.get(0));
      assertThatIllegalStateException().isThrownBy(repeated::iterator);

      for (int i : new int[] {0, 1, 1, 3}) {
        both.accept(flows.get(i));
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> both.forEach(flow -> {}))
          .withMessageContaining("flow 2");
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FlowSpill.create(folder.resolve("none")))
        .withMessageContainingAll("none", "no such file or folder");
  }

  /** Records compare arrays by identity. */
  private static Flow withTokens(Flow flow, float[] tokens) {
    return new Flow(
        flow.flowId(),
        flow.tuple(),
        flow.startMicros(),
        flow.endMicros(),
        flow.packets(),
        tokens,
        flow.capture(),
        flow.firstPacketIndex(),
        flow.endReason());
  }
}
