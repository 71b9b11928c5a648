package dev.janus.cli.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was fetched is not fetched again, and pieces of two versions are never glued together. */
final class ResumedDownloadTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void connectionsCutAtRandomPlacesOnlyCostAttempts(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          int from = request.offset();
          int to = Math.min(Downloads.FILE.length, from + random.nextInt(1, 90_000));
          if (request.header("range").isPresent()) {
            assertThat(request.header("if-range")).hasValue("\"one\"");
            reply.rangeHead(Downloads.FILE, from, Downloads.TAG).part(Downloads.FILE, from, to);
          } else {
            reply
                .head("200 OK", Downloads.TAG, "Content-Length: " + Downloads.FILE.length)
                .part(Downloads.FILE, from, to);
          }
        })) {
      Download.Fetched fetched =
          downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      assertThat(fetched.attempts()).isGreaterThan(3).isEqualTo(server.requests().size());
      assertThat(downloads.pauses).hasSize(fetched.attempts() - 1);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
    assertThat(Downloads.files(folder)).containsExactly("x.pcap");
  }

  @Test
  void aServerThatIgnoresRangesSendsEverythingAgain() throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          reply.head("200 OK", Downloads.TAG, "Content-Length: " + Downloads.FILE.length);
          reply.part(Downloads.FILE, 0, number < 2 ? 100_000 : Downloads.FILE.length);
        })) {
      Download.Fetched fetched =
          downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      // The JDK's client may drop what came right before a connection was cut.
      assertThat(fetched.received())
          .isBetween(Downloads.FILE.length + 100_000L, Downloads.FILE.length + 200_000L);
      assertThat(server.requests().get(1).header("range").orElse("")).matches("bytes=[1-9]\\d*-");
    }
    assertThat(downloads.said()).contains("begun again: the server does not send parts of a file");
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
  }

  @Test
  void anotherRangeThanWasAskedForIsNotGluedOn() throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          switch (number) {
            case 0 ->
                reply
                    .head("200 OK", Downloads.TAG, "Content-Length: " + Downloads.FILE.length)
                    .part(Downloads.FILE, 0, 100_000);
            case 1 -> reply.rest(Downloads.FILE, 50_000, Downloads.TAG);
            default -> reply.whole(Downloads.FILE, Downloads.TAG);
          }
        })) {
      downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      assertThat(server.requests().get(2).header("range")).isEmpty();
    }
    assertThat(downloads.said()).contains("the server sent another part of the file");
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
  }

  @Test
  void aFileThatChangesBetweenAttemptsIsBegunAgain() throws IOException {
    byte[] second = Downloads.bytes(250_000, 8);
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (number < 2) { // the size, and the first attempt
            reply
                .head("200 OK", Downloads.TAG, "Content-Length: " + Downloads.FILE.length)
                .part(Downloads.FILE, 0, 100_000);
          } else {
            reply.whole(second, "ETag: \"two\"");
          }
        })) {
      downloads.fetch(Downloads.file("x.pcap", server.url("/x")));
    }
    assertThat(downloads.said()).contains("begun again: the file has changed at the publisher");
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(second);
  }

  @Test
  void aRangeOfAnotherVersionIsNotGluedOn() throws IOException {
    byte[] second = Downloads.bytes(Downloads.FILE.length, 8);
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (number == 0) {
            reply
                .head("200 OK", Downloads.TAG, "Content-Length: " + Downloads.FILE.length)
                .part(Downloads.FILE, 0, 100_000);
          } else if (request.header("range").isPresent()) {
            reply.rest(second, request.offset(), "ETag: \"two\""); // although If-Range forbids it
          } else {
            reply.whole(second, "ETag: \"two\"");
          }
        })) {
      downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(second);
  }

  @Test
  void aFileThatChangesForeverIsGivenUp() throws IOException {
    Downloads downloads = new Downloads(folder).retries(50);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) ->
            reply
                .head(
                    "200 OK",
                    "ETag: \"" + number + "\"",
                    "Content-Length: " + Downloads.FILE.length)
                .part(Downloads.FILE, 0, 100_000))) {
      CliException e = Downloads.refused(downloads, Downloads.file("x.pcap", server.url("/x")));
      assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(e).hasMessageContaining("has changed at the publisher; try later");
      assertThat(server.requests().size()).isLessThan(10);
    }
  }

  @Test
  void pieceAfterPieceWithoutAVersionNeedsAChecksum() throws IOException {
    ScriptedServer.Script script =
        (request, number, reply) -> {
          if (request.header("range").isPresent()) {
            reply.rest(Downloads.FILE, request.offset());
          } else if (number == 0) {
            reply
                .head("200 OK", "Content-Length: " + Downloads.FILE.length)
                .part(Downloads.FILE, 0, 100_000);
          } else {
            reply.whole(Downloads.FILE);
          }
        };
    Downloads once = new Downloads(folder).retries(0);
    try (ScriptedServer server = ScriptedServer.of(script)) {
      Downloads.refused(once, Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      Downloads again = new Downloads(folder);
      Download.Fetched fetched =
          again.fetch(Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      assertThat(again.said()).contains("no telling whether the file is still the same");
      assertThat(fetched.received()).isEqualTo(Downloads.FILE.length);
    }
    try (ScriptedServer server = ScriptedServer.of(script)) {
      Download.Fetched fetched =
          new Downloads(folder).fetch(Downloads.checkedAndSized("y.pcap", server.url("/y")));
      assertThat(fetched.received()).isEqualTo(Downloads.FILE.length);
      assertThat(fetched.attempts()).isEqualTo(2);
    }
    assertThat(folder.resolve("y.pcap")).hasBinaryContent(Downloads.FILE);
  }

  @Test
  void aWholeFileThatWasNotRenamedNeedsNoRequest() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(Downloads.FILE, Downloads.TAG)) {
      RemoteFile file = Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length);
      Path target = folder.resolve("x.pcap");
      Files.write(PartFile.partFile(target), Downloads.FILE);
      Files.writeString(
          PartFile.stateFile(target), Downloads.state(server.url("/x"), Downloads.FILE.length));
      new Downloads(folder).fetch(file);
      assertThat(server.requests()).isEmpty();
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
  }

  @Test
  void bytesThatTheStateDoesNotCountAreCutOff() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(Downloads.FILE, Downloads.TAG)) {
      Path target = folder.resolve("x.pcap");
      byte[] torn = Arrays.copyOf(Downloads.FILE, 150_000);
      Arrays.fill(torn, 100_000, 150_000, (byte) 0); // a machine that lost its power
      Files.write(PartFile.partFile(target), torn);
      Files.writeString(PartFile.stateFile(target), Downloads.state(server.url("/x"), 100_000));
      Download.Fetched fetched =
          new Downloads(folder).fetch(Downloads.file("x.pcap", server.url("/x")));
      assertThat(fetched.received()).isEqualTo(200_000);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"bytes\": -1, \"source_sha256\": \"x\"}", "\u0000"})
  void aDamagedStateMeansToBeginAgain(String state) throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(Downloads.FILE, Downloads.TAG)) {
      Path target = folder.resolve("x.pcap");
      Files.write(PartFile.partFile(target), new byte[100_000]);
      Files.writeString(PartFile.stateFile(target), state);
      new Downloads(folder)
          .fetch(Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
  }

  @Test
  void aPartOfAnotherAddressIsNotContinued() throws IOException {
    Downloads first = new Downloads(folder).retries(0);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) ->
            reply
                .head("200 OK", Downloads.TAG, "Content-Length: " + Downloads.FILE.length)
                .part(Downloads.FILE, 0, 10_000))) {
      Downloads.refused(first, Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
    }
    try (ScriptedServer server = ScriptedServer.honest(Downloads.FILE, Downloads.TAG)) {
      new Downloads(folder)
          .fetch(Downloads.sized("x.pcap", server.url("/y"), Downloads.FILE.length));
      assertThat(server.requests().getFirst().header("range")).isEmpty();
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
  }

  @Test
  void ctrlCLeavesAPartThatTheNextRunContinues() throws IOException {
    Downloads downloads = new Downloads(folder);
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (request.header("range").isPresent()) {
            reply.rest(Downloads.FILE, request.offset(), Downloads.TAG);
            return;
          }
          reply
              .head("200 OK", Downloads.TAG, "Content-Length: " + Downloads.FILE.length)
              .part(Downloads.FILE, 0, 100_000);
          downloads.interruption.request();
          Downloads.await(over); // silent, but not gone
        })) {
      RemoteFile file = Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length);
      CliException e = Downloads.refused(downloads, file);
      over.countDown();
      assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
      Download.Fetched fetched = new Downloads(folder).fetch(file);
      assertThat(fetched.received()).isLessThanOrEqualTo(Downloads.FILE.length);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
  }
}
