package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowDatasetTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0,1", "1,2", "2,3", "255,4", "256,5", "257,6", "9000,7"})
  void whatIsWrittenIsReadBackInFlowIdOrder(int count, long seed) throws IOException {
    List<Flow> flows = RandomFlows.of(count, seed);
    RandomFlows.write(folder, flows, seed);

    FlowDataset read = FlowDataset.read(folder);

    assertThat(read.size()).isEqualTo(count);
    for (Flow flow : flows) {
      checkFlow(read, flow);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("packets.npz", "flows.parquet", "flow_features.parquet");
    }
  }

  private static void checkFlow(FlowDataset read, Flow flow) {
    int i = (int) flow.flowId();
    assertThat(read.metadata().flow(i))
        .isEqualTo(
            new FlowRecord(
                i,
                RandomFlows.label(flow),
                flow.tuple(),
                flow.startMicros(),
                flow.endMicros(),
                flow.packets(),
                List.of("mon", "tue–2", "c d").get(flow.capture()),
                flow.origin().firstPacketIndex(),
                flow.origin().fileOffset(),
                flow.start(),
                flow.endReason(),
                flow.part()));
    FlowBatch copied = new FlowBatch();
    read.flows().copy(new int[] {i}, 0, 1, copied);
    assertThat(read.flows().length(i)).isEqualTo(flow.length());
    assertThat(copied.length(0)).isEqualTo(flow.length());
    assertThat(Arrays.copyOf(copied.tokens(), flow.tokens().length)).isEqualTo(flow.tokens());
    double[] features = new double[FlowFeature.COUNT];
    FlowFeatures.compute(flow.tokens(), 0, flow.length(), features, 0);
    assertThat(Arrays.copyOf(copied.features(), FlowFeature.COUNT)).isEqualTo(features);
  }
}
