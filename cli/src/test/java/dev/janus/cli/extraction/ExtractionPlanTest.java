package dev.janus.cli.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.FlowTableConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractionPlanTest {
  private static ExtractionPlan plan(int captures, CaptureBoundary boundary) {
    List<Path> files =
        IntStream.range(0, captures).mapToObj(i -> Path.of("c" + i + ".pcap")).toList();
    return new ExtractionPlan(
        files, CaptureOptions.defaults(), FlowTableConfig.defaults(), boundary);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, ENDS_FLOWS, 1",
    "3, 8, ENDS_FLOWS, 3",
    "9, 4, ENDS_FLOWS, 4",
    "9, 4, KEEPS_FLOWS, 1"
  })
  void memoryIsDividedAmongWhatIsReadAtATime(
      int captures, int jobs, CaptureBoundary boundary, int together) {
    ExtractionPlan plan = plan(captures, boundary);
    long memory = 120L << 20;
    assertThat(plan.together(jobs)).isEqualTo(together);
    ExtractionPlan within = plan.within(memory, jobs);
    assertThat(together * within.table().memoryBytes()).isBetween(memory * 99 / 100, memory);
    assertThat(within.captures()).isEqualTo(plan.captures());
    assertThat(within.boundary()).isEqualTo(boundary);
  }

  @Test
  void tooLittleMemoryIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(4, CaptureBoundary.ENDS_FLOWS).within(1 << 20, 4));
  }
}
