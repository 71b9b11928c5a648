package dev.janus.contract.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import dev.janus.contract.capture.PcapFile;
import dev.janus.contract.packet.Frames;
import dev.janus.contract.packet.PacketHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowExtractorTest {
  @TempDir Path folder;
  private final List<Flow> ended = new ArrayList<>();

  private Path capture(String name, int firstSecond, int packets) throws IOException {
    byte[] frame =
        Frames.ethernet(Frames.IPV4, Frames.ipv4(PacketHeader.UDP, 1, 2, Frames.udp(1000, 53, 10)));
    PcapFile file = PcapFile.usual();
    for (int i = 0; i < packets; i++) {
      file.packet(firstSecond + i, 0, frame);
    }
    return Files.write(folder.resolve(name), file.bytes());
  }

  private ExtractionReport extract(CaptureBoundary boundary, Path... captures) {
    return new FlowExtractor(FlowTableConfig.defaults(), boundary, 100, ended::add)
        .run(List.of(captures), ExtractionProgress.NONE, () -> false);
  }

  @Test
  void eachCaptureEndsItsFlowsUnlessTheCapturesBelongTogether() throws IOException {
    Path first = capture("first.pcap", 10, 3);
    Path second = capture("second.pcap", 13, 2);

    ExtractionReport report = extract(CaptureBoundary.ENDS_FLOWS, first, second);
    assertThat(ended).extracting(Flow::flowId).containsExactly(100L, 101L);
    assertThat(ended).extracting(Flow::capture).containsExactly(0, 1);
    assertThat(ended).extracting(Flow::packets).containsExactly(3L, 2L);
    assertThat(report.flows()).isEqualTo(2);
    assertThat(report.packets()).isEqualTo(5);
    assertThat(report.stopped()).isFalse();
    assertThat(report.captures())
        .extracting(ExtractionReport.CaptureReport::file)
        .containsExactly(first, second);
    assertThat(report.captures())
        .extracting(entry -> entry.statistics().packetsKept())
        .containsExactly(3L, 2L);

    ended.clear();
    ExtractionReport stitched = extract(CaptureBoundary.KEEPS_FLOWS, first, second);
    assertThat(ended).extracting(Flow::packets).containsExactly(5L);
    assertThat(ended.getFirst().capture()).isZero();
    assertThat(stitched.captures())
        .extracting(ExtractionReport.CaptureReport::flows)
        .containsExactly(1L, 0L);
  }

  @Test
  void progressEndsWithEverythingRead() throws IOException {
    Path first = capture("first.pcap", 10, 40_000);
    Path second = capture("second.pcap", 13, 2);
    List<List<Long>> updates = new ArrayList<>();
    new FlowExtractor(FlowTableConfig.defaults(), CaptureBoundary.ENDS_FLOWS, 0, ended::add)
        .run(
            List.of(first, second),
            (read, total, packets, flows) -> updates.add(List.of(read, total, packets, flows)),
            () -> false);
    long total = Files.size(first) + Files.size(second);
    assertThat(updates).hasSize(3);
    assertThat(updates.getLast()).containsExactly(total, total, 40_002L, 2L);
  }

  @Test
  void theStopSignalEndsReadingAndHandsOutWhatIsOpen() throws IOException {
    Path first = capture("first.pcap", 10, 40_000);
    ExtractionReport report =
        new FlowExtractor(FlowTableConfig.defaults(), CaptureBoundary.ENDS_FLOWS, 0, ended::add)
            .run(List.of(first, first), ExtractionProgress.NONE, () -> true);
    assertThat(report.stopped()).isTrue();
    assertThat(report.captures()).hasSize(1);
    assertThat(report.packets()).isBetween(1L, 39_999L);
    assertThat(ended).extracting(Flow::packets).containsExactly(report.packets());
  }

  @Test
  void theStopSignalIsHeardAlsoWhereNoPacketIsKept() throws IOException {
    PcapFile file = PcapFile.usual();
    byte[] arp = Frames.ethernet(0x0806, new byte[46]);
    for (int i = 0; i < 40_000; i++) {
      file.packet(i, 0, arp);
    }
    Path capture = Files.write(folder.resolve("arp.pcap"), file.bytes());
    ExtractionReport report =
        new FlowExtractor(FlowTableConfig.defaults(), CaptureBoundary.ENDS_FLOWS, 0, ended::add)
            .run(List.of(capture), ExtractionProgress.NONE, () -> true);
    assertThat(report.stopped()).isTrue();
    assertThat(report.captures().getFirst().statistics().packetsRead()).isBetween(1L, 39_999L);
  }

  @Test
  void aCaptureThatCannotBeOpenedIsNamed() throws IOException {
    Path missing = folder.resolve("missing.pcap");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> extract(CaptureBoundary.ENDS_FLOWS, missing))
        .withMessageContaining("missing.pcap: no such file");
    Path text = Files.writeString(folder.resolve("notes.pcap"), "dear diary");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> extract(CaptureBoundary.ENDS_FLOWS, text))
        .withMessageContaining("notes.pcap: offset 0: no capture");
  }
}
