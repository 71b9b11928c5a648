package dev.janus.bench.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.ExtractionProgress;
import dev.janus.contract.flow.ExtractionReport;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowExtractor;
import dev.janus.contract.flow.FlowTableConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticCaptureTest {
  @TempDir Path folder;

  @Test
  void everyPacketIsReadAndFlowsHaveTheStatedLength() throws IOException {
    Path file = folder.resolve("synthetic.pcap");
    SyntheticCapture.write(file, 1_000_000, 3);
    List<Flow> flows = new ArrayList<>();
    ExtractionReport report =
        new FlowExtractor(FlowTableConfig.defaults(), CaptureBoundary.ENDS_FLOWS, 0, flows::add)
            .run(List.of(file), ExtractionProgress.NONE, () -> false);
    assertThat(report.packets()).isEqualTo(1_000_000);
    assertThat(report.captures().getFirst().statistics().describe()).isEmpty();
    double mean = flows.stream().mapToLong(Flow::packets).average().orElseThrow();
    assertThat(mean).as("cut at the end of the file").isBetween(8.0, 13.0);
  }
}
