package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import dev.janus.contract.OutputException;
import dev.janus.contract.capture.CaptureSelection;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.label.FlowLabeler;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactWriterTest {
  @TempDir Path folder;

  @Test
  void aFailureOnTheWayLeavesTheFolderAsItWas() throws IOException {
    assertNothingChangesWhen(failingAt(4_000), written -> {});
    RandomFlows.write(folder, RandomFlows.of(10, 1), 1);
    assertNothingChangesWhen(failingAt(0), written -> {});
    assertNothingChangesWhen(failingAt(4_999), written -> {});
  }

  @Test
  void stoppingFromTheProgressCallLeavesTheFolderAsItWas() throws IOException {
    RandomFlows.write(folder, RandomFlows.of(10, 1), 1);
    for (long stopAt : new long[] {0, 4_096, 5_000}) {
      assertNothingChangesWhen(
          flow -> "x",
          written -> {
            if (written == stopAt) {
              throw new Stopped();
            }
          });
    }
  }

  @Test
  void aSecondExtractionReplacesTheFirst() {
    RandomFlows.write(folder, RandomFlows.of(30, 1), 1);
    RandomFlows.write(folder, RandomFlows.of(20, 2), 2);
    assertThat(FlowDataset.read(folder).size()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"packets.npz", "flow_features.parquet", "flows.parquet"})
  void aFileThatCannotBePutInPlaceLeavesNoDataSetAndNothingHalfWritten(String name)
      throws IOException {
    RandomFlows.write(folder, RandomFlows.of(30, 1), 1);
    Files.delete(folder.resolve(name));
    Files.createFile(Files.createDirectory(folder.resolve(name)).resolve("in the way"));
    try (SpilledFlows spill = RandomFlows.spilled(folder, RandomFlows.of(20, 2))) {
      assertThatExceptionOfType(OutputException.class)
          .isThrownBy(() ->
              ArtifactWriter.write(
                  folder, spill, List.of("a", "b", "c"), flow -> "x", written -> {}))
          .withMessageStartingWith(folder.resolve(name).toString());
    }
    assertThat(Files.isRegularFile(folder.resolve("flows.parquet"))).isFalse();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> String.valueOf(file.getFileName())))
          .isSubsetOf("packets.npz", "flow_features.parquet", "flows.parquet");
    }
    assertThatExceptionOfType(ContractException.class).isThrownBy(() -> FlowDataset.read(folder));
  }

  @Test
  void anOlderSummaryGoesWithTheFilesItDescribes() throws IOException {
    RandomFlows.write(folder, RandomFlows.of(30, 1), 1);
    Files.writeString(folder.resolve(ArtifactWriter.SUMMARY_FILE), "{}");
    RandomFlows.write(folder, RandomFlows.of(20, 2), 2);
    assertThat(folder.resolve(ArtifactWriter.SUMMARY_FILE)).doesNotExist();
  }

  @Test
  void capturesOfOneNameAreRefused() {
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(
            () -> CaptureNames.of(List.of(Path.of("a/day1.pcap"), Path.of("b/day1.pcapng.gz"))))
        .withMessageContainingAll(
            Path.of("a/day1.pcap").toString(), Path.of("b/day1.pcapng.gz").toString(), "(day1)");
  }

  @Test
  void equalFlowsGiveEqualBytes() throws IOException {
    RandomFlows.write(folder, RandomFlows.of(100, 1), 1);
    Map<String, ByteBuffer> first = contents();
    RandomFlows.write(folder, RandomFlows.of(100, 1), 99);
    assertThat(contents()).isEqualTo(first);
  }

  @Test
  void aFullDiskIsReportedInOneLine() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "no /dev/full");
    try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
      StoredZip zip = new StoredZip(channel);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> {
            zip.beginEntry("x.npy").write(new byte[1 << 17]);
            zip.endEntry();
          })
          .extracting(FileFailure::reason)
          .asString()
          .contains("No space left");
    }
  }

  @Test
  void captureNamesLoseFolderAndEnding() {
    assertThat(
            CaptureNames.of(
                List.of(
                    Path.of("/a/Monday-WorkingHours.pcap"),
                    Path.of("b/c-01.PCAPNG.gz"),
                    Path.of("x.pcap.gz"),
                    Path.of("day.1.cap"),
                    Path.of("plain"),
                    Path.of(".pcap"))))
        .containsExactly("Monday-WorkingHours", "c-01", "x", "day.1", "plain", ".pcap");
  }

  @Test
  void namesOfCapturesInFoldersBelowHaveTheFolders() {
    List<Path> captures = List.of(Path.of("d/x.pcap"), Path.of("d/Tor/x.pcap.gz"));
    List<Path> places = List.of(Path.of("x.pcap"), Path.of("Tor/x.pcap.gz"));
    assertThat(CaptureNames.of(new CaptureSelection(captures, places, List.of())))
        .containsExactly("x", "Tor/x");
  }

  private static FlowLabeler failingAt(long flowId) {
    return flow -> {
      if (flow.flowId() == flowId) {
        throw new Stopped();
      }
      return "x";
    };
  }

  private void assertNothingChangesWhen(FlowLabeler labeler, LongConsumer progress)
      throws IOException {
    Map<String, ByteBuffer> before = contents();
    List<Flow> flows = RandomFlows.of(5_000, 7);
    try (SpilledFlows spill = RandomFlows.spilled(folder, flows)) {
      assertThatExceptionOfType(Stopped.class)
          .isThrownBy(
              () -> ArtifactWriter.write(folder, spill, List.of("a", "b", "c"), labeler, progress));
    }
    assertThat(contents()).isEqualTo(before);
  }

  private Map<String, ByteBuffer> contents() throws IOException {
    Map<String, ByteBuffer> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(String.valueOf(file.getFileName()), ByteBuffer.wrap(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  private static final class Stopped extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }
}
