package dev.janus.contract.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import dev.janus.contract.packet.PacketSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Extraction and features against values of an independent reference. */
class GoldenCaptureTest {
  private static final Path TESTDATA = Path.of(System.getProperty("janus.testdata"));

  @ParameterizedTest
  @ValueSource(strings = {"tiny.pcap", "tiny_be_ns.pcap"})
  void tinyCaptureGivesTheGoldenFlows(String name) {
    Golden golden = Golden.read("tiny_pcap_tokens.npz");
    List<Flow> flows = new ArrayList<>();
    FlowExtractor extractor =
        new FlowExtractor(FlowTableConfig.defaults(), CaptureBoundary.ENDS_FLOWS, 0, flows::add);

    ExtractionReport report =
        extractor.run(
            List.of(TESTDATA.resolve("captures").resolve(name)),
            ExtractionProgress.NONE,
            () -> false);

    flows.sort(Comparator.comparingLong(Flow::flowId));
    int[] lengths = golden.get("lens").ints();
    assertThat(flows).hasSize(lengths.length);
    assertThat(report.captures().getFirst().statistics().packetsRead()).isEqualTo(89);
    assertThat(report.packets()).isEqualTo(Arrays.stream(golden.get("npkts").longs()).sum());
    for (int i = 0; i < lengths.length; i++) {
      Flow flow = flows.get(i);
      assertThat(flow.flowId()).isEqualTo(i);
      assertThat(flow.tokens()).containsExactly(rows(golden, i, lengths[i]));
      assertThat(flow.tuple().initiator()).hasToString(golden.get("src").strings()[i]);
      assertThat(flow.tuple().responder()).hasToString(golden.get("dst").strings()[i]);
      assertThat(flow.tuple().initiatorPort()).isEqualTo(golden.get("sport").ints()[i]);
      assertThat(flow.tuple().responderPort()).isEqualTo(golden.get("dport").ints()[i]);
      assertThat(flow.tuple().protocol()).isEqualTo(golden.get("proto").ints()[i]);
      assertThat(flow.startMicros()).isEqualTo(golden.get("start_us").longs()[i]);
      assertThat(flow.endMicros()).isEqualTo(golden.get("end_us").longs()[i]);
      assertThat(flow.packets()).isEqualTo(golden.get("npkts").longs()[i]);
      assertFeatures(flow.tokens(), 0, flow.length(), golden.get("flow_features").doubles(), i);
    }
  }

  @Test
  void featuresOfTheGoldenFlowsAgree() {
    Golden golden = Golden.read("features.npz");
    int[] lengths = golden.get("lens").ints();
    for (int i = 0; i < lengths.length; i++) {
      assertFeatures(
          golden.get("tokens").floats(),
          i * PacketSchema.MAX_PACKETS,
          lengths[i],
          golden.get("flow_features").doubles(),
          i);
    }
  }

  private static float[] rows(Golden golden, int flow, int length) {
    int from = flow * PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS;
    return Arrays.copyOfRange(
        golden.get("tokens").floats(), from, from + length * PacketSchema.CHANNELS);
  }

  private static void assertFeatures(
      float[] tokens, int firstRow, int length, double[] golden, int flow) {
    double[] features = new double[FlowFeature.COUNT];
    FlowFeatures.compute(tokens, firstRow, length, features, 0);
    for (FlowFeature feature : FlowFeature.values()) {
      double expected = golden[flow * FlowFeature.COUNT + feature.ordinal()];
      assertThat(features[feature.ordinal()])
          .as("flow %d %s", flow, feature.column())
          .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    }
  }

  /** The arrays of one golden file. */
  private record Golden(Map<String, NpyArray> arrays) {
    static Golden read(String name) {
      return new Golden(NpzReader.readAll(TESTDATA.resolve("golden").resolve(name)));
    }

    NpyArray get(String name) {
      return Objects.requireNonNull(arrays.get(name), name);
    }
  }
}
