package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectCommandTest {
  private static final Path CAPTURES =
      Path.of(System.getProperty("janus.testdata", "")).resolve("captures");
  private static final Path TINY = CAPTURES.resolve("tiny.pcap");
  private static final Path EXAMPLE = CliRun.HOME.resolve("examples/testbed-c");

  @TempDir private Path folder = Path.of("");

  @Test
  void aCaptureIsToldInTables() {
    CliRun run = CliRun.of("inspect", TINY);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.outputLines())
        .contains(
            "Packets      89 read, 87 kept, 2 dropped: 1 not IP, 1 later fragment without its first",
            "Time         2023-11-14T22:13:20Z to 2023-11-14T22:17:30.069Z (0:04:10.069)",
            "Rate         0.4 packets/s, 0.000 Mbit/s (9,195 bytes on the wire)",
            "Flows        7 (3 TCP, 3 UDP, 1 ICMP)",
            "Fragments    0 first, 0 later with their first, 1 later without",
            "Cut packets  1 was longer on the wire than captured",
            "  6 packets behind the 64th of a flow, counted but not stored")
        .anyMatch(line -> line.matches("tiny.pcap +pcap +Ethernet +89 +87 +2 +7"))
        .anyMatch(line -> line.matches(" +2 \u2588+ 3 +42.9 %"));
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aFolderIsToldAsJson() throws IOException {
    CliRun run = CliRun.of("inspect", CAPTURES, "--json");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    JsonTree json = JsonTree.parse(run.out());
    assertThat(json.at("complete").value()).isEqualTo(true);
    assertThat(json.at("packets_read").number()).isEqualTo(178);
    assertThat(json.at("flows").number()).isEqualTo(14);
    assertThat(json.at("dropped").at("unassigned_fragment").number()).isEqualTo(2);
    assertThat(json.at("packets_by_link_type").at("1").number()).isEqualTo(178);
    assertThat(json.at("options").at("duplicates").value()).isEqualTo("count");
    assertThat(json.at("captures").size()).isEqualTo(2);
    assertThat(json.at("captures").at(0).at("packets_read").number()).isEqualTo(89);
    assertThat(json.at("captures").at(0).at("first_us").number()).isEqualTo(1.7e15);
    assertThat(json.at("packets_per_flow").at(0).at("count").number()).isEqualTo(2);
    assertThat(json.at("losses").size()).isEqualTo(3);
  }

  @Test
  void theOptionsOfReadingAreObeyed() throws IOException {
    CliRun dropping = CliRun.of("inspect", TINY, "--fragments", "drop", "--reorder", 20, "--json");
    JsonTree json = JsonTree.parse(dropping.out());
    assertThat(json.at("dropped").at("fragment").number()).isEqualTo(1);
    assertThat(json.at("dropped").at("unassigned_fragment").number()).isZero();
    assertThat(json.at("options").at("reorder_window").number()).isEqualTo(20);
    CliRun wrong = CliRun.of("inspect", TINY, "--reorder", -1);
    assertThat(wrong.ended(ExitCode.USAGE)).isTrue();
    assertThat(wrong.err()).contains("--reorder: ", "0 to 1048576 packets, not -1");
    assertThat(CliRun.of("inspect", TINY, "--tunnels", "half").ended(ExitCode.USAGE)).isTrue();
  }

  @Test
  void damageIsToldWithItsPlaceAndEndsNothing() throws IOException {
    byte[] whole = Files.readAllBytes(TINY);
    Path cut = folder.resolve("cut.pcap");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 3));
    CliRun run = CliRun.of("inspect", cut, TINY);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.outputLines())
        .anyMatch(line ->
            line.matches("Issue +cut.pcap: 1 x file ends inside a record, first at offset \\d+"))
        .anyMatch(line -> line.matches("Issue +cut.pcap: reading stopped at offset \\d+"));
  }

  @Test
  void whatWasNotReadIsLost() throws IOException {
    byte[] whole = Files.readAllBytes(TINY);
    Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 3));
    assertRestIsLost(cut, "rest of cut.pcap from offset ", "copy or download it again");
    byte[] absurd = whole.clone();
    Arrays.fill(absurd, 24 + 8, 24 + 16, (byte) 0x7f);
    assertRestIsLost(
        Files.write(folder.resolve("absurd.pcap"), absurd),
        "rest of absurd.pcap from offset 24 not read",
        "it is damaged there");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(whole);
    }
    assertRestIsLost(
        Files.write(
            folder.resolve("cut.pcap.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() / 2)),
        "rest of cut.pcap.gz from offset ",
        "gzip -t");
  }

  @Test
  void aBlockThatIsTooShortForItsPacketIsALoss() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(28 + 20 + 20).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0x0a0d0d0a).putInt(28).putInt(0x1a2b3c4d).putInt(1).putLong(-1).putInt(28);
    file.putInt(1).putInt(20).putInt(1).putInt(0).putInt(20);
    file.putInt(6).putInt(20).putLong(0).putInt(20);
    Path capture = Files.write(folder.resolve("short.pcapng"), file.array());
    CliRun run = CliRun.of("inspect", capture);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.out()).contains("1 packet not read").doesNotContain("would lose nothing");
  }

  private void assertRestIsLost(Path capture, String what, String remedy) throws IOException {
    Path page = folder.resolve("damage.html");
    CliRun text = CliRun.of("inspect", capture, "--html", page);
    assertThat(text.ended(ExitCode.OK)).as(text.err()).isTrue();
    assertThat(text.out()).contains(what, remedy).doesNotContain("would lose nothing");
    assertThat(Files.readString(page)).contains(what, remedy);
    JsonTree json = JsonTree.parse(CliRun.of("inspect", capture, "--json").out());
    assertThat(json.at("complete").value()).isEqualTo(false);
    assertThat(json.at("interrupted").value()).isEqualTo(false);
    assertThat(String.valueOf(json.at("losses").at(0).at("what").value())).startsWith(what);
  }

  @Test
  void thePageHoldsTheHistogramsAndNothingFromElsewhere() throws IOException {
    Path page = folder.resolve("new/inspection.html");
    CliRun run = CliRun.of("inspect", EXAMPLE, "--html", page);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    String html = Files.readString(page);
    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .endsWith("</html>\n")
        .contains("<h2>Packets per flow</h2>", "<svg ", "<rect class=\"count\"", "c-01-benign")
        .doesNotContain("http://", "https://", "<script", "<link");
    assertThat(CliRun.of("inspect", TINY, "--html", page).ended(ExitCode.OK)).isTrue();
    assertThat(Files.readString(page)).contains("tiny.pcap").doesNotContain("c-01-benign");
  }

  @Test
  void aPageThatCannotBeWrittenFailsBeforeTheWork() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    CliRun run = CliRun.of("inspect", TINY, "--html", file.resolve("page.html"));
    assertThat(run.ended(ExitCode.CANNOT_CREATE)).isTrue();
    assertThat(run.out()).isEmpty();
  }

  @Test
  void missingCapturesAndOtherFilesAreNamed() throws IOException {
    assertThat(CliRun.of("inspect", folder.resolve("none.pcap")).ended(ExitCode.NO_INPUT)).isTrue();
    Path text = Files.writeString(folder.resolve("notes.txt"), "no capture");
    CliRun run = CliRun.of("inspect", text);
    assertThat(run.ended(ExitCode.DATA)).isTrue();
    assertThat(run.errorLines()).hasSize(1);
    assertThat(run.err()).contains("notes.txt", "supported are pcap");
  }

  @Test
  void afterAnInterruptionThePartThatWasReadIsTold() throws IOException {
    Interruption interruption = new Interruption();
    interruption.request();
    CliRun run = CliRun.of(interruption, "inspect", EXAMPLE, "--json");
    assertThat(run.ended(ExitCode.INTERRUPTED)).isTrue();
    JsonTree json = JsonTree.parse(run.out());
    assertThat(json.at("complete").value()).isEqualTo(false);
    assertThat(json.at("interrupted").value()).isEqualTo(true);
    assertThat(json.at("captures").size()).isEqualTo(1);
    assertThat(run.err()).contains("interrupted");
  }
}
