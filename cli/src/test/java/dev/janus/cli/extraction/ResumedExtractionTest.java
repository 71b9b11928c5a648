package dev.janus.cli.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Terminal;
import dev.janus.contract.artifact.FlowSequence;
import dev.janus.contract.artifact.SpilledFlows;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.flow.CaptureBoundary;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowTableConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumedExtractionTest {
  private static final Path CAPTURES = Path.of(System.getProperty("janus.testdata"), "captures");
  private static final Terminal TERMINAL =
      new Terminal(
          new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
          new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
          Terminal.Screen.PLAIN);

  @TempDir Path folder;

  private final List<Path> captures = new ArrayList<>();

  @BeforeEach
  void copyCaptures() throws IOException {
    for (int i = 0; i < 5; i++) {
      Path copy = folder.resolve("c" + i + ".pcap");
      Files.copy(CAPTURES.resolve(i % 2 == 0 ? "tiny.pcap" : "tiny_be_ns.pcap"), copy);
      captures.add(copy);
    }
  }

  private ExtractionPlan plan() {
    return plan(FlowTableConfig.defaults());
  }

  private ExtractionPlan plan(FlowTableConfig table) {
    return new ExtractionPlan(
        captures, CaptureOptions.defaults(), table, CaptureBoundary.ENDS_FLOWS);
  }

  private WorkFolder open(ExtractionPlan plan, WorkFolder.Start start) {
    return WorkFolder.open(folder.resolve("out"), plan, "1", start);
  }

  private List<String> whole(int jobs) {
    try (WorkFolder work = open(plan(), WorkFolder.Start.FRESH)) {
      CaptureExtraction extraction = new CaptureExtraction(plan(), work, jobs);
      List<PartOutcome> outcomes = extraction.run(TERMINAL, () -> false);
      assertThat(outcomes).hasSize(5);
      try (SpilledFlows flows = extraction.flows()) {
        List<String> lines = lines(flows);
        work.remove();
        return lines;
      }
    }
  }

  private static List<String> lines(FlowSequence flows) {
    List<String> lines = new ArrayList<>();
    for (Flow flow : flows) {
      lines.add(
          "%d %s %d %s %s %s"
              .formatted(
                  flow.flowId(),
                  flow.tuple(),
                  flow.startMicros(),
                  flow.origin(),
                  flow.part(),
                  Arrays.toString(flow.tokens())));
    }
    return lines;
  }

  @Test
  void anyNumberOfJobsGivesTheSameFlows() {
    List<String> one = whole(1);
    assertThat(one).hasSizeGreaterThan(20);
    assertThat(whole(2)).isEqualTo(one);
    assertThat(whole(5)).isEqualTo(one);
    assertThat(folder.resolve("out").resolve(".extraction")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void whatWasReadWholeIsNotReadAgain(int before) throws IOException {
    List<String> expected = whole(1);
    try (WorkFolder work = open(plan(), WorkFolder.Start.FRESH)) {
      CaptureExtraction extraction = new CaptureExtraction(plan(), work, 1);
      assertThatExceptionOfType(CliException.class)
          .isThrownBy(() -> extraction.run(TERMINAL, () -> work.completed() >= before))
          .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED))
          .withMessageContainingAll(before + " of 5 captures", "--resume");
    }
    List<FileTime> written = new ArrayList<>();
    for (int part = 0; part < before; part++) {
      written.add(Files.getLastModifiedTime(flows(part)));
    }
    try (WorkFolder work = open(plan(), WorkFolder.Start.RESUMED)) {
      assertThat(work.completed()).isEqualTo(before);
      CaptureExtraction extraction = new CaptureExtraction(plan(), work, 2);
      List<PartOutcome> outcomes = extraction.run(TERMINAL, () -> false);
      assertThat(outcomes).extracting(PartOutcome::flows).doesNotContain(0L);
      for (int part = 0; part < before; part++) {
        assertThat(Files.getLastModifiedTime(flows(part))).isEqualTo(written.get(part));
      }
      try (SpilledFlows flows = extraction.flows()) {
        assertThat(lines(flows)).isEqualTo(expected);
      }
    }
  }

  private Path flows(int part) {
    return folder.resolve("out/.extraction/0000" + part + ".flows");
  }

  @Test
  void anInterruptionBeforeTheFirstCaptureIsReadLeavesNothing() {
    try (WorkFolder work = open(plan(), WorkFolder.Start.FRESH)) {
      assertThatExceptionOfType(CliException.class)
          .isThrownBy(() -> new CaptureExtraction(plan(), work, 2).run(TERMINAL, () -> true))
          .withMessage("interrupted; nothing was written");
    }
    assertThat(folder.resolve("out/.extraction")).doesNotExist();
  }

  @Test
  void whatIsLeftIsNeitherMissedNorThrownAwayInSilence() throws IOException {
    leaveOnePart();
    assertThatExceptionOfType(CliException.class)
        .isThrownBy(() -> open(plan(), WorkFolder.Start.FRESH))
        .withMessageContainingAll(".extraction", "--resume", "--overwrite");
    try (WorkFolder work = open(plan(), WorkFolder.Start.ANEW)) {
      assertThat(work.completed()).isZero();
    }
  }

  @Test
  void anotherPlanIsNotGoneOnWith() throws IOException {
    leaveOnePart();
    assertThatExceptionOfType(CliException.class)
        .isThrownBy(() ->
            open(plan(FlowTableConfig.defaults().withMaxOpenFlows(7)), WorkFolder.Start.RESUMED))
        .withMessageContaining("other rules");
    Files.setLastModifiedTime(captures.get(3), FileTime.fromMillis(1));
    assertThatExceptionOfType(CliException.class)
        .isThrownBy(() -> open(plan(), WorkFolder.Start.RESUMED))
        .withMessageContaining("other captures");
  }

  @Test
  void aDamagedOutcomeIsNamed() throws IOException {
    leaveOnePart();
    Path outcome = folder.resolve("out/.extraction/00000.json");
    for (String text : new String[] {"", "{}", "[1]", Files.readString(outcome).replace(":", "")}) {
      Files.writeString(outcome, text);
      try (WorkFolder work = open(plan(), WorkFolder.Start.RESUMED)) {
        assertThatExceptionOfType(CliException.class)
            .isThrownBy(() -> work.outcome(0))
            .withMessageContainingAll(outcome.toString(), "--overwrite");
      }
    }
  }

  @Test
  void twoExtractionsDoNotWorkInOneFolder() {
    WorkFolder first = open(plan(), WorkFolder.Start.FRESH);
    try (first) {
      assertThatExceptionOfType(CliException.class)
          .isThrownBy(() -> open(plan(), WorkFolder.Start.ANEW))
          .withMessageContaining("another extraction is at work");
    }
  }

  @Test
  void aCaptureThatVanishesStopsTheOthersAndKeepsWhatIsWhole() throws IOException {
    Files.delete(captures.get(4));
    Files.createDirectory(captures.get(4));
    try (WorkFolder work = open(plan(), WorkFolder.Start.FRESH)) {
      assertThatExceptionOfType(RuntimeException.class)
          .isThrownBy(() -> new CaptureExtraction(plan(), work, 1).run(TERMINAL, () -> false))
          .withMessageContaining("c4.pcap");
      assertThat(work.completed()).isEqualTo(4);
    }
    try (Stream<Path> left = Files.list(folder.resolve("out/.extraction"))) {
      assertThat(left.map(file -> String.valueOf(file.getFileName())))
          .contains("00003.json")
          .doesNotContain("00004.json", "00004.flows");
    }
  }

  /** The first capture never ends, so only stopping it lets the extraction end. */
  @Test
  @Timeout(60)
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFailureStopsCapturesThatComeBeforeIt() throws Exception {
    byte[] whole = Files.readAllBytes(captures.getFirst());
    Files.delete(captures.getFirst());
    Process pipe = new ProcessBuilder("mkfifo", captures.getFirst().toString()).start();
    assertThat(pipe.waitFor()).isZero();
    Files.delete(captures.get(3));
    Files.createDirectory(captures.get(3));
    Thread writer =
        Thread.ofPlatform().daemon().start(() -> writeUntilNobodyReads(captures.getFirst(), whole));
    try (WorkFolder work = open(plan(), WorkFolder.Start.FRESH)) {
      assertThatExceptionOfType(RuntimeException.class)
          .isThrownBy(() -> new CaptureExtraction(plan(), work, 2).run(TERMINAL, () -> false))
          .withMessageContaining("c3.pcap");
      assertThat(work.isComplete(0)).isFalse();
      assertThat(work.isComplete(1)).isTrue();
    }
    writer.join();
  }

  /** Writes a capture whose packets repeat for ever. */
  private static void writeUntilNobodyReads(Path pipe, byte[] capture) {
    int header = 24;
    try (OutputStream out = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
      out.write(capture, 0, header);
      while (true) {
        out.write(capture, header, capture.length - header);
      }
    } catch (IOException e) {
      return; // nobody reads any more
    }
  }

  private void leaveOnePart() {
    AtomicInteger asked = new AtomicInteger();
    try (WorkFolder work = open(plan(), WorkFolder.Start.FRESH)) {
      assertThatExceptionOfType(CliException.class)
          .isThrownBy(() ->
              new CaptureExtraction(plan(), work, 1)
                  .run(TERMINAL, () -> work.completed() > 0 && asked.incrementAndGet() > 0));
    }
  }
}
