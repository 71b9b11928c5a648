package dev.janus.cli.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Never more than was announced, allowed or fits on the disk. */
final class DownloadSizeTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void moreThanAnnouncedIsRefused() throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          reply.head("200 OK", "Transfer-Encoding: chunked");
          reply.chunk(Downloads.FILE, 0, Downloads.FILE.length).chunk(Downloads.FILE, 0, 0);
        })) {
      CliException e =
          Downloads.refused(
              downloads, Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length - 1));
      assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
      assertThat(e).hasMessageContaining("sends more than the 299999 bytes");
    }
    assertThat(Downloads.files(folder)).isEmpty();
  }

  @Test
  void moreThanWasShownBeforeIsRefusedUnlessALimitAllowsIt() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (request.method().equals("HEAD")) {
            reply.head("200 OK", "Content-Length: 1000");
          } else if (request.path().equals("/chunked")) {
            reply.head("200 OK", "Transfer-Encoding: chunked");
            reply.chunk(Downloads.FILE, 0, Downloads.FILE.length).chunk(Downloads.FILE, 0, 0);
          } else {
            reply.whole(Downloads.FILE);
          }
        })) {
      for (String path : List.of("/chunked", "/stated")) {
        CliException e =
            Downloads.refused(new Downloads(folder), Downloads.file("x", server.url(path)));
        assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(e).hasMessageContaining("is longer than the 1000 bytes that the server stated");
        assertThat(Downloads.files(folder)).isEmpty();
      }
      new Downloads(folder).limit(1 << 20).fetch(Downloads.file("x", server.url("/chunked")));
    }
    assertThat(folder.resolve("x")).hasBinaryContent(Downloads.FILE);
  }

  @Test
  void theBodyBehindItsStatedLengthIsNeverTaken() throws IOException {
    byte[] start = Arrays.copyOf(Downloads.FILE, 1000);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) ->
            reply.head("200 OK", "Content-Length: 1000").raw(Downloads.FILE))) {
      new Downloads(folder).fetch(Downloads.sized("x.pcap", server.url("/x"), 1000));
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(start);
  }

  @Test
  void anotherSizeThanTheDescriptionSaysIsRefusedBeforeABodyIsRead() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(Downloads.FILE, Downloads.TAG)) {
      CliException e =
          Downloads.refused(
              new Downloads(folder),
              Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length + 1));
      assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
      assertThat(e).hasMessageContaining("announces 300000 bytes, but the description says 300001");
    }
    assertThat(Downloads.files(folder)).isEmpty();
  }

  @Test
  void aLengthThatIsNeverReachedIsGivenUpAndSaysWhatIsKept() throws IOException {
    Downloads downloads = new Downloads(folder).retries(2);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (request.header("range").isPresent()) {
            reply.head(
                "416 Range Not Satisfiable", "Content-Range: bytes */" + Downloads.FILE.length);
          } else {
            reply
                .head("200 OK", Downloads.TAG, "Content-Length: " + (Downloads.FILE.length + 5))
                .raw(Downloads.FILE);
          }
        })) {
      CliException e = Downloads.refused(downloads, Downloads.file("x.pcap", server.url("/x")));
      assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }
    assertThat(folder.resolve("x.pcap")).doesNotExist();
  }

  @Test
  void aFullDiskLeavesWhatFitsAndTheSameCommandGoesOn() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(Downloads.FILE, Downloads.TAG)) {
      RemoteFile file = Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length);
      CliException e =
          Downloads.refused(new Downloads(folder).storage(SmallDisk.of(120_000)), file);
      assertThat(e.exitCode()).isEqualTo(ExitCode.CANNOT_CREATE);
      assertThat(e)
          .hasMessageContaining("x.pcap.part: cannot be written (No space left on device)");
      assertThat(folder.resolve("x.pcap")).doesNotExist();
      long kept = PartFile.left(folder.resolve("x.pcap"), server.url("/x")).bytes();
      assertThat(kept).isBetween(1L, 120_000L);

      Download.Fetched fetched = new Downloads(folder).fetch(file);
      assertThat(fetched.received()).isEqualTo(Downloads.FILE.length - kept);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
  }

  @Test
  void tooLittleRoomIsSaidBeforeAnythingIsFetched() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(Downloads.FILE, Downloads.TAG)) {
      RemoteFile file = Downloads.sized("x.pcap", server.url("/x"), 1L << 60);
      CliException e = Downloads.refused(new Downloads(folder), file);
      assertThat(e.exitCode()).isEqualTo(ExitCode.CANNOT_CREATE);
      assertThat(e).hasMessageContaining("1.00 EiB to download, but ");
      assertThat(server.requests()).isEmpty();
    }
    assertThat(Downloads.files(folder)).isEmpty();
  }

  @Test
  void theLimitHoldsBeforeAndWhileBytesCome() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (request.method().equals("HEAD")) {
            reply.head("405 Method Not Allowed");
          } else if (request.header("range").isPresent()) {
            reply.rest(Downloads.FILE, request.offset(), Downloads.TAG);
          } else {
            reply.whole(Downloads.FILE, Downloads.TAG);
          }
        })) {
      CliException before =
          Downloads.refused(
              new Downloads(folder).limit(200_000),
              Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      assertThat(before.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(server.requests()).isEmpty();

      CliException while_ =
          Downloads.refused(
              new Downloads(folder).limit(200_000), Downloads.file("x.pcap", server.url("/x")));
      assertThat(while_).hasMessageContaining("needs more than --limit leaves");
      assertThat(Files.size(folder.resolve("x.pcap.part"))).isEqualTo(200_000);
      Download.Fetched rest =
          new Downloads(folder).limit(200_000).fetch(Downloads.file("x.pcap", server.url("/x")));
      assertThat(rest.received()).isEqualTo(100_000);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
  }
}
