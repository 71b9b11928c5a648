package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
    try (SpilledFlows spilled = RandomFlows.spilled(folder, shuffled)) {
      assertThat(spilled.size()).isEqualTo(count);
      for (int pass = 0; pass < 2; pass++) {
        int next = 0;
        for (Flow read : spilled) {
          Flow expected = flows.get(next++);
          assertThat(read.tokens()).isEqualTo(expected.tokens());
          assertThat(withTokens(read, expected.tokens())).isEqualTo(expected);
        }
        assertThat(next).isEqualTo(count);
      }
    }
  }

  @Test
  void spillsBehindEachOtherNumberOn() {
    List<Path> files = List.of(folder.resolve("a"), folder.resolve("b"), folder.resolve("c"));
    int[] counts = {3, 0, 200};
    for (int i = 0; i < counts.length; i++) {
      try (FlowSpill spill = FlowSpill.create(files.get(i))) {
        RandomFlows.of(counts[i], i).forEach(spill::accept);
        spill.complete();
      }
    }
    try (SpilledFlows spilled = SpilledFlows.open(files)) {
      assertThat(spilled.size()).isEqualTo(203);
      List<Flow> last = RandomFlows.of(200, 2);
      long id = 0;
      for (Flow flow : spilled) {
        assertThat(flow.flowId()).isEqualTo(id);
        if (id >= 3) {
          Flow written = last.get((int) id - 3);
          assertThat(flow.tuple()).isEqualTo(written.tuple());
          assertThat(flow.part().parentId()).isEqualTo(written.part().parentId() + 3);
        }
        id++;
      }
      assertThat(id).isEqualTo(203);
    }
  }

  @Test
  void flowsThatEndLongAfterManyNewerOnesFindTheirPlace() {
    int count = 300_000;
    Flow pattern = RandomFlows.of(1, 5).getFirst();
    Path file = folder.resolve("late");
    try (FlowSpill spill = FlowSpill.create(file)) {
      for (int id = 0; id < count; id++) {
        if (id % 1000 != 7) {
          spill.accept(numbered(pattern, id));
        }
      }
      for (int id = 7; id < count; id += 1000) {
        spill.accept(numbered(pattern, id));
      }
      spill.complete();
    }
    try (SpilledFlows spilled = SpilledFlows.open(List.of(file))) {
      long id = 0;
      for (Flow flow : spilled) {
        assertThat(flow.flowId()).isEqualTo(id++);
      }
      assertThat(id).isEqualTo(count);
    }
  }

  @Test
  void missingAndRepeatedNumbersAreNoticed() {
    List<Flow> flows = RandomFlows.of(5, 1);
    Path file = folder.resolve("x");
    try (FlowSpill gap = FlowSpill.create(file)) {
      gap.accept(flows.get(0));
      gap.accept(flows.get(2));
      assertThatIllegalStateException().isThrownBy(gap::complete);
    }
    try (FlowSpill repeated = FlowSpill.create(file)) {
      repeated.accept(flows.get(0));
      repeated.accept(flows.get(0));
      assertThatIllegalStateException().isThrownBy(repeated::complete);
    }
    try (FlowSpill both = FlowSpill.create(file)) {
      for (int i : new int[] {0, 1, 1, 3}) {
        both.accept(flows.get(i));
      }
      both.complete();
    }
    try (SpilledFlows spilled = SpilledFlows.open(List.of(file))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> spilled.forEach(flow -> {}))
          .withMessageContaining("flow 2");
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FlowSpill.create(folder.resolve("none/x")))
        .withMessageContainingAll("none", "no such file or folder");
  }

  private static Flow numbered(Flow flow, long id) {
    return new Flow(
        id,
        flow.tuple(),
        flow.startMicros(),
        flow.endMicros(),
        flow.packets(),
        flow.tokens(),
        flow.origin(),
        flow.start(),
        flow.endReason(),
        new FlowPart(id, 0));
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
        flow.origin(),
        flow.start(),
        flow.endReason(),
        flow.part());
  }
}
