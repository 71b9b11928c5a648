package dev.janus.contract.capture;

import static dev.janus.contract.capture.CaptureReaderTest.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import dev.janus.contract.capture.CaptureSelection.Skipped;
import dev.janus.contract.capture.CaptureSelection.Skipped.Cause;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureSelectionTest {
  @TempDir Path folder;

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  @Test
  void aFolderStandsForItsCapturesByNameAndTheRestIsReported() throws IOException {
    byte[] classic = PcapFile.usual().bytes();
    Path second = write("b.pcap", classic);
    Path first = write("a.dat", new PcapngFile().section(ByteOrder.BIG_ENDIAN).bytes());
    Path third = write("c.pcap.gz", gzip(classic));
    write(".hidden.pcap", classic);
    Path labels = write("labels.csv", "Flow ID, Label".getBytes(StandardCharsets.US_ASCII));
    Path zippedLabels = write("labels.csv.gz", gzip(Files.readAllBytes(labels)));
    Path empty = write("empty.pcap", new byte[0]);
    Path broken = write("broken.gz", new byte[] {0x1f, (byte) 0x8b, 8});
    Files.createDirectory(folder.resolve("inner"));

    CaptureSelection selection = CaptureSelection.of(List.of(folder));

    assertThat(selection.captures()).containsExactly(first, second, third);
    assertThat(selection.skipped())
        .containsExactly(
            new Skipped(broken, Cause.NO_CAPTURE, "damaged gzip stream"),
            new Skipped(empty, Cause.NO_CAPTURE, "an empty file"),
            new Skipped(labels, Cause.NO_CAPTURE, "no capture (it starts with 'Flow')"),
            new Skipped(
                zippedLabels,
                Cause.NO_CAPTURE,
                "gzip'ed, but holds no capture (it starts with 'Flow')"));
  }

  @Test
  void foldersBelowAreSearchedInTheOrderOfTheirPaths() throws IOException {
    byte[] classic = PcapFile.usual().bytes();
    for (String name : List.of("b/deep/er", "a", "c", ".git", "empty")) {
      Files.createDirectories(folder.resolve(name));
    }
    Path deep = write("b/deep/er/x.pcap", classic);
    Path same = write("a/x.pcap", classic);
    Path top = write("ab.pcap", classic);
    Path other = write("c/x.pcap", classic);
    write(".git/x.pcap", classic);
    Path notes = write("b/notes.txt", new byte[] {'x'});

    CaptureSelection selection = CaptureSelection.of(List.of(folder, other));

    assertThat(selection.captures()).containsExactly(same, top, deep, other);
    assertThat(selection.places())
        .containsExactly(
            Path.of("a/x.pcap"),
            Path.of("ab.pcap"),
            Path.of("b/deep/er/x.pcap"),
            Path.of("c/x.pcap"));
    assertThat(selection.skipped())
        .containsExactly(
            new Skipped(notes, Cause.NO_CAPTURE, "no capture (it starts with 'x')"),
            new Skipped(other, Cause.GIVEN_TWICE, "given twice"));
    assertThat(CaptureSelection.of(List.of(other)).places()).containsExactly(Path.of("x.pcap"));
  }

  @Test
  void linksThatLeadInACircleEndTheSearchThere() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("b/inner"));
    Path file = write("b/inner/x.pcap", PcapFile.usual().bytes());
    Path up = Files.createSymbolicLink(inner.resolve("up"), folder);
    Path again = Files.createSymbolicLink(folder.resolve("c"), inner);
    CaptureSelection selection = CaptureSelection.of(List.of(folder));
    assertThat(selection.captures()).containsExactly(file);
    assertThat(selection.skipped()).containsExactly(linked(up), linked(again));
  }

  @Test
  void aFolderKeepsItsNameWhateverLinksLeadThere() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path file = write("data/x.pcap", PcapFile.usual().bytes());
    Path alias = Files.createSymbolicLink(folder.resolve("alias"), data);
    CaptureSelection selection = CaptureSelection.of(List.of(folder));
    assertThat(selection.captures()).containsExactly(file);
    assertThat(selection.skipped()).containsExactly(linked(alias));
  }

  @Test
  void noLinkLeadsOutOfTheFolderUpwards() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("all/inner"));
    write("all/other.pcap", PcapFile.usual().bytes());
    Path file = write("all/inner/x.pcap", PcapFile.usual().bytes());
    Path up = Files.createSymbolicLink(inner.resolve("up"), folder.resolve("all"));
    CaptureSelection selection = CaptureSelection.of(List.of(inner));
    assertThat(selection.captures()).containsExactly(file);
    assertThat(selection.skipped()).containsExactly(linked(up));
  }

  @Test
  void aLinkToAFolderElsewhereIsFollowedOnce() throws IOException {
    Files.createDirectories(folder.resolve("here"));
    Path there = Files.createDirectories(folder.resolve("there"));
    write("there/x.pcap", PcapFile.usual().bytes());
    Path first = Files.createSymbolicLink(folder.resolve("here/a"), there);
    Path second = Files.createSymbolicLink(folder.resolve("here/b"), there);
    CaptureSelection selection = CaptureSelection.of(List.of(folder.resolve("here")));
    assertThat(selection.captures()).containsExactly(first.resolve("x.pcap"));
    assertThat(selection.skipped()).containsExactly(linked(second));
  }

  private static Skipped linked(Path folder) {
    return new Skipped(folder, Cause.SEARCHED_OTHERWISE, "a link to a folder searched otherwise");
  }

  @Test
  void aFileStandsForItselfAndTheGivenOrderStays() throws IOException {
    Path second = write("b.pcap", PcapFile.usual().bytes());
    Path first = write("a.txt", new byte[] {1});
    assertThat(CaptureSelection.of(List.of(second, first)).captures())
        .containsExactly(second, first);
  }

  @Test
  void aFileThatComesAgainByAnotherPathIsNotReadTwice() throws IOException {
    Path file = write("a.pcap", PcapFile.usual().bytes());
    Path link = Files.createSymbolicLink(folder.resolve("b.pcap"), file);
    Path detour = folder.resolve("..").resolve(folder.getFileName()).resolve("a.pcap");
    CaptureSelection selection = CaptureSelection.of(List.of(file, detour, folder));
    assertThat(selection.captures()).containsExactly(file);
    assertThat(selection.skipped())
        .containsExactly(
            new Skipped(detour, Cause.GIVEN_TWICE, "given twice"),
            new Skipped(file, Cause.GIVEN_TWICE, "given twice"),
            new Skipped(link, Cause.GIVEN_TWICE, "given twice"));
  }

  @Test
  void pathsThatCannotBeUsedAreNamed() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatExceptionOfType(MissingInputException.class)
        .isThrownBy(() -> CaptureSelection.of(List.of(missing)))
        .withMessage(missing + ": no such file or folder");
    write("labels.csv", new byte[] {'x'});
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> CaptureSelection.of(List.of(folder)))
        .withMessageStartingWith(folder + ": no capture in this folder");
  }
}
