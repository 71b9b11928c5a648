package dev.janus.cli.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with the wrong checksum never gets its name. */
final class DownloadChecksumTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aFileWithTheWrongChecksumNeverGetsItsName() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(Downloads.FILE, Downloads.TAG)) {
      RemoteFile file =
          Downloads.checked("x.pcap", server.url("/x"), Downloads.bytes(Downloads.FILE.length, 9));
      CliException e = Downloads.refused(new Downloads(folder), file);
      assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
      assertThat(e)
          .hasMessageContaining(
              "sha256 is " + Downloads.hex("SHA-256", Downloads.FILE) + ", but should be ");
    }
    assertThat(Downloads.files(folder)).isEmpty();
  }

  @Test
  void piecesOfTwoRunsThatDoNotFitAreFetchedOnceMore() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(Downloads.FILE, Downloads.TAG)) {
      Path target = folder.resolve("x.pcap");
      Files.write(PartFile.partFile(target), new byte[100_000]); // not the file's first bytes
      Files.writeString(PartFile.stateFile(target), Downloads.state(server.url("/x"), 100_000));
      Downloads downloads = new Downloads(folder);
      downloads.fetch(Downloads.checked("x.pcap", server.url("/x"), Downloads.FILE));
      assertThat(downloads.said()).contains("the pieces do not fit together");
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
  }

  @Test
  void theChecksumBesideAFileIsUsed() throws IOException {
    String right = Downloads.hex("MD5", Downloads.FILE) + "  x.pcap\n";
    for (String text : List.of(right, "0".repeat(32) + " *x.pcap\n", "not found")) {
      try (ScriptedServer server =
          ScriptedServer.of((request, number, reply) ->
              reply.whole(
                  request.path().endsWith("md5")
                      ? text.getBytes(StandardCharsets.UTF_8)
                      : Downloads.FILE,
                  Downloads.TAG))) {
        RemoteFile file =
            new RemoteFile(
                "x.pcap",
                Optional.of(server.url("/x")),
                OptionalLong.empty(),
                List.of(),
                Optional.of(server.url("/x.md5")));
        Downloads downloads = new Downloads(folder).overwriting();
        if (text.startsWith("0")) {
          assertThat(Downloads.refused(downloads, file)).hasMessageContaining("but should be 0000");
        } else {
          assertThat(downloads.fetch(file).checked()).hasSize(text.equals(right) ? 1 : 0);
        }
      }
    }
  }
}
