package dev.janus.cli.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is whole and right or not there; what is there is left alone. */
final class DownloadTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aFileArrivesWithItsSizeAskedFirst() throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          reply.head("200 OK", "Content-Length: " + Downloads.FILE.length);
          if (request.method().equals("GET")) {
            reply.raw(Downloads.FILE);
          }
        })) {
      try (Download download = downloads.download()) {
        List<Download.Planned> plan =
            download.plan(List.of(Downloads.file("a/b.pcap", server.url("/x"))));
        assertThat(plan.getFirst().bytes()).hasValue(Downloads.FILE.length);
        download.checkRoom(plan);
        assertThat(folder).isEmptyDirectory();
        Download.Fetched fetched = download.fetch(plan.getFirst());
        assertThat(fetched.bytes()).isEqualTo(Downloads.FILE.length);
        assertThat(fetched.received()).isEqualTo(Downloads.FILE.length);
        assertThat(fetched.attempts()).isEqualTo(1);
      }
      assertThat(server.requests())
          .extracting(ScriptedServer.Request::method)
          .containsExactly("HEAD", "GET");
      assertThat(server.requests().get(1).header("accept-encoding")).hasValue("identity");
      assertThat(server.requests().get(1).header("user-agent")).hasValue("janus/test");
    }
    assertThat(folder.resolve("a/b.pcap")).hasBinaryContent(Downloads.FILE);
    assertThat(Downloads.files(folder)).containsExactly("a/b.pcap");
  }

  @Test
  void whatIsThereIsNotFetchedAgainAndAnotherSizeIsInTheWay() throws IOException {
    Path target = Files.write(folder.resolve("x.pcap"), Downloads.FILE);
    try (ScriptedServer server = ScriptedServer.honest(Downloads.FILE, Downloads.TAG)) {
      Download.Fetched fetched =
          new Downloads(folder)
              .fetch(Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      assertThat(fetched.attempts()).isZero();
      assertThat(server.requests()).isEmpty();

      Files.write(target, new byte[5]);
      CliException e =
          Downloads.refused(
              new Downloads(folder),
              Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      assertThat(e.exitCode()).isEqualTo(ExitCode.CANNOT_CREATE);
      assertThat(target).hasBinaryContent(new byte[5]);

      new Downloads(folder)
          .overwriting()
          .fetch(Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
    }
    assertThat(target).hasBinaryContent(Downloads.FILE);
  }

  @Test
  void twoDownloadsDoNotWriteOneFile() throws IOException {
    Path target = folder.resolve("x.pcap");
    try (ScriptedServer server = ScriptedServer.honest(Downloads.FILE, Downloads.TAG);
        PartFile other = PartFile.open(target, server.url("/x"), PartStorage.disk())) {
      CliException e =
          Downloads.refused(
              new Downloads(folder),
              Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      assertThat(e).hasMessageContaining("another janus download is writing it");
      assertThat(other.bytes()).isZero();
    }
  }

  @Test
  void anEmptyFileIsAFile() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(new byte[0], Downloads.TAG)) {
      new Downloads(folder).fetch(Downloads.file("empty.csv", server.url("/x")));
    }
    assertThat(folder.resolve("empty.csv")).isEmptyFile();
    assertThat(Downloads.files(folder)).containsExactly("empty.csv");
  }
}
