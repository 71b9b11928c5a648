package dev.janus.cli.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against a server that cuts, changes its mind and lies, a file is whole and right or not there.
 */
final class DownloadTest {
  private static final String TAG = "ETag: \"one\"";
  private static final byte[] FILE = Downloads.bytes(300_000, 7);

  @TempDir private Path folder = Path.of("");

  @Test
  void aFileArrivesWithItsSizeAskedFirst() throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          reply.head("200 OK", "Content-Length: " + FILE.length);
          if (request.method().equals("GET")) {
            reply.raw(FILE);
          }
        })) {
      try (Download download = downloads.download()) {
        List<Download.Planned> plan =
            download.plan(List.of(Downloads.file("a/b.pcap", server.url("/x"))));
        assertThat(plan.getFirst().bytes()).hasValue(FILE.length);
        download.checkRoom(plan);
        assertThat(folder).isEmptyDirectory();
        Download.Fetched fetched = download.fetch(plan.getFirst());
        assertThat(fetched.bytes()).isEqualTo(FILE.length);
        assertThat(fetched.received()).isEqualTo(FILE.length);
        assertThat(fetched.attempts()).isEqualTo(1);
      }
      assertThat(server.requests())
          .extracting(ScriptedServer.Request::method)
          .containsExactly("HEAD", "GET");
      assertThat(server.requests().get(1).header("accept-encoding")).hasValue("identity");
      assertThat(server.requests().get(1).header("user-agent")).hasValue("janus/test");
    }
    assertThat(folder.resolve("a/b.pcap")).hasBinaryContent(FILE);
    assertThat(everything()).containsExactly("a/b.pcap");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void connectionsCutAtRandomPlacesOnlyCostAttempts(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          int from = request.offset();
          int to = Math.min(FILE.length, from + random.nextInt(1, 90_000));
          if (request.header("range").isPresent()) {
            assertThat(request.header("if-range")).hasValue("\"one\"");
            reply.rangeHead(FILE, from, TAG).part(FILE, from, to);
          } else {
            reply.head("200 OK", TAG, "Content-Length: " + FILE.length).part(FILE, from, to);
          }
        })) {
      Download.Fetched fetched =
          downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(fetched.attempts()).isGreaterThan(3).isEqualTo(server.requests().size());
      assertThat(downloads.pauses).hasSize(fetched.attempts() - 1);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
    assertThat(everything()).containsExactly("x.pcap");
  }

  @Test
  void aServerThatIgnoresRangesSendsEverythingAgain() throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          reply.head("200 OK", TAG, "Content-Length: " + FILE.length);
          reply.part(FILE, 0, number < 2 ? 100_000 : FILE.length);
        })) {
      Download.Fetched fetched =
          downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(fetched.received()).isEqualTo(FILE.length + 200_000);
      assertThat(server.requests().get(1).header("range")).hasValue("bytes=100000-");
    }
    assertThat(downloads.said()).contains("begun again: the server does not send parts of a file");
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void anotherRangeThanWasAskedForIsNotGluedOn() throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          switch (number) {
            case 0 ->
                reply.head("200 OK", TAG, "Content-Length: " + FILE.length).part(FILE, 0, 100_000);
            case 1 -> reply.rest(FILE, 50_000, TAG);
            default -> reply.whole(FILE, TAG);
          }
        })) {
      downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(server.requests().get(2).header("range")).isEmpty();
    }
    assertThat(downloads.said()).contains("the server sent another part of the file");
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void aFileThatChangesBetweenAttemptsIsBegunAgain() throws IOException {
    byte[] second = Downloads.bytes(250_000, 8);
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (number < 2) { // the size, and the first attempt
            reply.head("200 OK", TAG, "Content-Length: " + FILE.length).part(FILE, 0, 100_000);
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
    byte[] second = Downloads.bytes(FILE.length, 8);
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (number == 0) {
            reply.head("200 OK", TAG, "Content-Length: " + FILE.length).part(FILE, 0, 100_000);
          } else if (request.header("range").isPresent()) {
            reply.rest(second, request.offset(), "ETag: \"two\""); // although If-Range forbids it
          } else {
            reply.whole(second, "ETag: \"two\"");
          }
        })) {
      downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(second);
  }

  @Test
  void aFileThatChangesForeverIsGivenUp() throws IOException {
    Downloads downloads = new Downloads(folder).retries(50);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) ->
            reply
                .head("200 OK", "ETag: \"" + number + "\"", "Content-Length: " + FILE.length)
                .part(FILE, 0, 100_000))) {
      CliException e = refused(downloads, Downloads.file("x.pcap", server.url("/x")));
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
            reply.rest(FILE, request.offset());
          } else if (number == 0) {
            reply.head("200 OK", "Content-Length: " + FILE.length).part(FILE, 0, 100_000);
          } else {
            reply.whole(FILE);
          }
        };
    Downloads once = new Downloads(folder).retries(0);
    try (ScriptedServer server = ScriptedServer.of(script)) {
      refused(once, Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      Downloads again = new Downloads(folder);
      Download.Fetched fetched =
          again.fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(again.said()).contains("no telling whether the file is still the same");
      assertThat(fetched.received()).isEqualTo(FILE.length);
    }
    try (ScriptedServer server = ScriptedServer.of(script)) {
      Download.Fetched fetched =
          new Downloads(folder).fetch(checkedAndSized("y.pcap", server.url("/y")));
      assertThat(fetched.received()).isEqualTo(FILE.length);
      assertThat(fetched.attempts()).isEqualTo(2);
    }
    assertThat(folder.resolve("y.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void moreThanAnnouncedIsRefused() throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          reply.head("200 OK", "Transfer-Encoding: chunked");
          reply.chunk(FILE, 0, FILE.length).chunk(FILE, 0, 0);
        })) {
      CliException e =
          refused(downloads, Downloads.sized("x.pcap", server.url("/x"), FILE.length - 1));
      assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
      assertThat(e).hasMessageContaining("sends more than the 299999 bytes");
    }
    assertThat(everything()).isEmpty();
  }

  @Test
  void moreThanWasShownBeforeIsRefusedUnlessALimitAllowsIt() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (request.method().equals("HEAD")) {
            reply.head("200 OK", "Content-Length: 1000");
          } else if (request.path().equals("/chunked")) {
            reply.head("200 OK", "Transfer-Encoding: chunked");
            reply.chunk(FILE, 0, FILE.length).chunk(FILE, 0, 0);
          } else {
            reply.whole(FILE);
          }
        })) {
      for (String path : List.of("/chunked", "/stated")) {
        CliException e = refused(new Downloads(folder), Downloads.file("x", server.url(path)));
        assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(e).hasMessageContaining("is longer than the 1000 bytes that the server stated");
        assertThat(everything()).isEmpty();
      }
      new Downloads(folder).limit(1 << 20).fetch(Downloads.file("x", server.url("/chunked")));
    }
    assertThat(folder.resolve("x")).hasBinaryContent(FILE);
  }

  @Test
  void theBodyBehindItsStatedLengthIsNeverTaken() throws IOException {
    byte[] start = Arrays.copyOf(FILE, 1000);
    try (ScriptedServer server =
        ScriptedServer.of(
            (request, number, reply) -> reply.head("200 OK", "Content-Length: 1000").raw(FILE))) {
      new Downloads(folder).fetch(Downloads.sized("x.pcap", server.url("/x"), 1000));
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(start);
  }

  @Test
  void anotherSizeThanTheDescriptionSaysIsRefusedBeforeABodyIsRead() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE, TAG)) {
      CliException e =
          refused(
              new Downloads(folder), Downloads.sized("x.pcap", server.url("/x"), FILE.length + 1));
      assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
      assertThat(e).hasMessageContaining("announces 300000 bytes, but the description says 300001");
    }
    assertThat(everything()).isEmpty();
  }

  @Test
  void aLengthThatIsNeverReachedIsGivenUpAndSaysWhatIsKept() throws IOException {
    Downloads downloads = new Downloads(folder).retries(2);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (request.header("range").isPresent()) {
            reply.head("416 Range Not Satisfiable", "Content-Range: bytes */" + FILE.length);
          } else {
            reply.head("200 OK", TAG, "Content-Length: " + (FILE.length + 5)).raw(FILE);
          }
        })) {
      CliException e = refused(downloads, Downloads.file("x.pcap", server.url("/x")));
      assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }
    assertThat(folder.resolve("x.pcap")).doesNotExist();
  }

  @Test
  void aWholeFileThatWasNotRenamedNeedsNoRequest() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE, TAG)) {
      RemoteFile file = Downloads.sized("x.pcap", server.url("/x"), FILE.length);
      Path target = folder.resolve("x.pcap");
      Files.write(PartFile.partFile(target), FILE);
      Files.writeString(
          PartFile.stateFile(target),
          PartState.empty(server.url("/x"))
              .withBytes(FILE.length)
              .of(OptionalLong.of(FILE.length), Optional.of("\"one\""))
              .toJson());
      new Downloads(folder).fetch(file);
      assertThat(server.requests()).isEmpty();
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void bytesThatTheStateDoesNotCountAreCutOff() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE, TAG)) {
      Path target = folder.resolve("x.pcap");
      byte[] torn = Arrays.copyOf(FILE, 150_000);
      Arrays.fill(torn, 100_000, 150_000, (byte) 0); // a machine that lost its power
      Files.write(PartFile.partFile(target), torn);
      Files.writeString(
          PartFile.stateFile(target),
          PartState.empty(server.url("/x"))
              .withBytes(100_000)
              .of(OptionalLong.of(FILE.length), Optional.of("\"one\""))
              .toJson());
      Download.Fetched fetched =
          new Downloads(folder).fetch(Downloads.file("x.pcap", server.url("/x")));
      assertThat(fetched.received()).isEqualTo(200_000);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"bytes\": -1, \"source_sha256\": \"x\"}", "\u0000"})
  void aDamagedStateMeansToBeginAgain(String state) throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE, TAG)) {
      Path target = folder.resolve("x.pcap");
      Files.write(PartFile.partFile(target), new byte[100_000]);
      Files.writeString(PartFile.stateFile(target), state);
      new Downloads(folder).fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void aPartOfAnotherAddressIsNotContinued() throws IOException {
    Downloads first = new Downloads(folder).retries(0);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) ->
            reply.head("200 OK", TAG, "Content-Length: " + FILE.length).part(FILE, 0, 10_000))) {
      refused(first, Downloads.sized("x.pcap", server.url("/x"), FILE.length));
    }
    try (ScriptedServer server = ScriptedServer.honest(FILE, TAG)) {
      new Downloads(folder).fetch(Downloads.sized("x.pcap", server.url("/y"), FILE.length));
      assertThat(server.requests().getFirst().header("range")).isEmpty();
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void aBusyServerIsGivenTheTimeItAsksFor() throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          switch (number) {
            case 0 -> reply.head("503 Service Unavailable", "Retry-After: 17");
            case 1 -> reply.head("429 Too Many Requests");
            default -> reply.whole(FILE);
          }
        })) {
      downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
    }
    assertThat(downloads.pauses.getFirst()).isEqualTo(Duration.ofSeconds(17));
    assertThat(downloads.pauses.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(downloads.said()).contains("the server answers 503; attempt 2 of 5 in 17.0 s");
  }

  @Test
  void aServerThatAsksForHoursIsNotWaitedFor() throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) ->
            reply.head("503 Service Unavailable", "Retry-After: 7200"))) {
      CliException e = refused(downloads, Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(e).hasMessageContaining("asks to come back in 120 minutes");
    }
    assertThat(downloads.pauses).isEmpty();
    assertThat(everything()).isEmpty();
  }

  @Test
  void attemptsAreBoundedAndPausesGrow() throws IOException {
    Downloads downloads = new Downloads(folder).retries(8);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> reply.head("500 Internal Server Error"))) {
      CliException e = refused(downloads, Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(e).hasMessageContaining("given up after 9 attempts");
      assertThat(server.requests()).hasSize(9);
    }
    assertThat(downloads.pauses).hasSize(8);
    for (int i = 0; i < 8; i++) {
      Duration full = Duration.ofSeconds(Math.min(60, 1L << i));
      assertThat(downloads.pauses.get(i)).isBetween(full.dividedBy(2), full);
    }
  }

  @Test
  void aServerThatIsNotThereIsTriedAndNamed() throws IOException {
    URI nowhere;
    try (ScriptedServer server = ScriptedServer.of((request, number, reply) -> {})) {
      nowhere = server.url("/x");
    }
    Downloads downloads = new Downloads(folder).retries(1);
    CliException e = refused(downloads, Downloads.sized("x.pcap", nowhere, 5));
    assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(e).hasMessageContaining("127.0.0.1").hasMessageContaining("after 2 attempts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone"})
  void whatTheServerRefusesIsNotTriedAgain(String status) throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> reply.head(status))) {
      CliException e = refused(downloads, Downloads.sized("x.pcap", server.url("/x"), 5));
      assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT);
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(everything()).isEmpty();
  }

  @Test
  void aWebPageInsteadOfTheFileIsTheForm() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) ->
            reply.whole(FILE, "Content-Type: text/html; charset=UTF-8"))) {
      CliException e = refused(new Downloads(folder), Downloads.file("x.pcap", server.url("/x")));
      assertThat(e)
          .hasMessageContaining("a web page comes instead")
          .hasMessageContaining("--cookie-file");
    }
    assertThat(everything()).isEmpty();
  }

  @Test
  void aPackedAnswerIsRefused() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of(
            (request, number, reply) -> reply.whole(FILE, "Content-Encoding: gzip"))) {
      assertThat(refused(new Downloads(folder), Downloads.file("x.pcap", server.url("/x"))))
          .hasMessageContaining("comes packed with gzip");
    }
  }

  @Test
  void aFileWithTheWrongChecksumNeverGetsItsName() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE, TAG)) {
      RemoteFile file =
          Downloads.checked("x.pcap", server.url("/x"), Downloads.bytes(FILE.length, 9));
      CliException e = refused(new Downloads(folder), file);
      assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
      assertThat(e)
          .hasMessageContaining("sha256 is " + Downloads.hex("SHA-256", FILE) + ", but should be ");
    }
    assertThat(everything()).isEmpty();
  }

  @Test
  void piecesOfTwoRunsThatDoNotFitAreFetchedOnceMore() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE, TAG)) {
      Path target = folder.resolve("x.pcap");
      Files.write(PartFile.partFile(target), new byte[100_000]); // not the file's first bytes
      Files.writeString(
          PartFile.stateFile(target),
          PartState.empty(server.url("/x"))
              .withBytes(100_000)
              .of(OptionalLong.of(FILE.length), Optional.of("\"one\""))
              .toJson());
      Downloads downloads = new Downloads(folder);
      downloads.fetch(Downloads.checked("x.pcap", server.url("/x"), FILE));
      assertThat(downloads.said()).contains("the pieces do not fit together");
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void theChecksumBesideAFileIsUsed() throws IOException {
    String right = Downloads.hex("MD5", FILE) + "  x.pcap\n";
    for (String text : List.of(right, "0".repeat(32) + " *x.pcap\n", "not found")) {
      try (ScriptedServer server =
          ScriptedServer.of((request, number, reply) ->
              reply.whole(
                  request.path().endsWith("md5") ? text.getBytes(StandardCharsets.UTF_8) : FILE,
                  TAG))) {
        RemoteFile file =
            new RemoteFile(
                "x.pcap",
                Optional.of(server.url("/x")),
                OptionalLong.empty(),
                List.of(),
                Optional.of(server.url("/x.md5")));
        Downloads downloads = new Downloads(folder).overwriting();
        if (text.startsWith("0")) {
          assertThat(refused(downloads, file)).hasMessageContaining("but should be 0000");
        } else {
          assertThat(downloads.fetch(file).checked()).hasSize(text.equals(right) ? 1 : 0);
        }
      }
    }
  }

  @Test
  void aFullDiskLeavesWhatFitsAndTheSameCommandGoesOn() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE, TAG)) {
      RemoteFile file = Downloads.sized("x.pcap", server.url("/x"), FILE.length);
      CliException e = refused(new Downloads(folder).storage(quota(120_000)), file);
      assertThat(e.exitCode()).isEqualTo(ExitCode.CANNOT_CREATE);
      assertThat(e)
          .hasMessageContaining("x.pcap.part: cannot be written (No space left on device)");
      assertThat(folder.resolve("x.pcap")).doesNotExist();
      long kept = PartFile.left(folder.resolve("x.pcap"), server.url("/x")).bytes();
      assertThat(kept).isBetween(1L, 120_000L);

      Download.Fetched fetched = new Downloads(folder).fetch(file);
      assertThat(fetched.received()).isEqualTo(FILE.length - kept);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void tooLittleRoomIsSaidBeforeAnythingIsFetched() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE, TAG)) {
      RemoteFile file = Downloads.sized("x.pcap", server.url("/x"), 1L << 60);
      CliException e = refused(new Downloads(folder), file);
      assertThat(e.exitCode()).isEqualTo(ExitCode.CANNOT_CREATE);
      assertThat(e).hasMessageContaining("1.00 EiB to download, but ");
      assertThat(server.requests()).isEmpty();
    }
    assertThat(everything()).isEmpty();
  }

  @Test
  void theLimitHoldsBeforeAndWhileBytesCome() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (request.method().equals("HEAD")) {
            reply.head("405 Method Not Allowed");
          } else if (request.header("range").isPresent()) {
            reply.rest(FILE, request.offset(), TAG);
          } else {
            reply.whole(FILE, TAG);
          }
        })) {
      CliException before =
          refused(
              new Downloads(folder).limit(200_000),
              Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(before.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(server.requests()).isEmpty();

      CliException while_ =
          refused(new Downloads(folder).limit(200_000), Downloads.file("x.pcap", server.url("/x")));
      assertThat(while_).hasMessageContaining("needs more than --limit leaves");
      assertThat(Files.size(folder.resolve("x.pcap.part"))).isEqualTo(200_000);
      Download.Fetched rest =
          new Downloads(folder).limit(200_000).fetch(Downloads.file("x.pcap", server.url("/x")));
      assertThat(rest.received()).isEqualTo(100_000);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void ctrlCLeavesAPartThatTheNextRunContinues() throws IOException {
    Downloads downloads = new Downloads(folder);
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (request.header("range").isPresent()) {
            reply.rest(FILE, request.offset(), TAG);
            return;
          }
          reply.head("200 OK", TAG, "Content-Length: " + FILE.length).part(FILE, 0, 100_000);
          downloads.interruption.request();
          await(over); // silent, but not gone
        })) {
      RemoteFile file = Downloads.sized("x.pcap", server.url("/x"), FILE.length);
      CliException e = refused(downloads, file);
      over.countDown();
      assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
      Download.Fetched fetched = new Downloads(folder).fetch(file);
      assertThat(fetched.received()).isLessThanOrEqualTo(FILE.length);
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void aServerThatFallsSilentIsLeft() throws IOException {
    Downloads downloads = new Downloads(folder).silence(Duration.ofMillis(20));
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (number > 0) {
            reply.rest(FILE, request.offset(), TAG);
            return;
          }
          reply.head("200 OK", TAG, "Content-Length: " + FILE.length).part(FILE, 0, 100_000);
          await(over);
        })) {
      downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      over.countDown();
    }
    assertThat(downloads.said()).contains("nothing came for");
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void whatIsThereIsNotFetchedAgainAndAnotherSizeIsInTheWay() throws IOException {
    Path target = Files.write(folder.resolve("x.pcap"), FILE);
    try (ScriptedServer server = ScriptedServer.honest(FILE, TAG)) {
      Download.Fetched fetched =
          new Downloads(folder).fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(fetched.attempts()).isZero();
      assertThat(server.requests()).isEmpty();

      Files.write(target, new byte[5]);
      CliException e =
          refused(new Downloads(folder), Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(e.exitCode()).isEqualTo(ExitCode.CANNOT_CREATE);
      assertThat(target).hasBinaryContent(new byte[5]);

      new Downloads(folder)
          .overwriting()
          .fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
    }
    assertThat(target).hasBinaryContent(FILE);
  }

  @Test
  void twoDownloadsDoNotWriteOneFile() throws IOException {
    Path target = folder.resolve("x.pcap");
    try (ScriptedServer server = ScriptedServer.honest(FILE, TAG);
        PartFile other = PartFile.open(target, server.url("/x"), PartStorage.disk())) {
      CliException e =
          refused(new Downloads(folder), Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(e).hasMessageContaining("another janus download is writing it");
      assertThat(other.bytes()).isZero();
    }
  }

  @Test
  void anEmptyFileIsAFile() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(new byte[0], TAG)) {
      new Downloads(folder).fetch(Downloads.file("empty.csv", server.url("/x")));
    }
    assertThat(folder.resolve("empty.csv")).isEmptyFile();
    assertThat(everything()).containsExactly("empty.csv");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RemoteFile checkedAndSized(String name, URI url) {
    return new RemoteFile(
        name,
        Optional.of(url),
        OptionalLong.of(FILE.length),
        List.of(Checksum.of(Checksum.Kind.SHA256, Downloads.hex("SHA-256", FILE))),
        Optional.empty());
  }

  private static CliException refused(Downloads downloads, RemoteFile file) {
    CliException refused = catchThrowableOfType(CliException.class, () -> downloads.fetch(file));
    assertThat(refused).as("a refusal").isNotNull();
    return refused;
  }

  /** A disk that takes so many bytes of a file. */
  private static PartStorage quota(long bytes) {
    PartStorage disk = PartStorage.disk();
    return new PartStorage() {
      @Override
      public Part open(Path file) throws IOException {
        Part part = disk.open(file);
        return new Part() {
          @Override
          public long size() throws IOException {
            return part.size();
          }

          @Override
          public void truncate(long length) throws IOException {
            part.truncate(length);
          }

          @Override
          public void write(ByteBuffer chunk, long position) throws IOException {
            if (position + chunk.remaining() > bytes) {
              int fits = (int) Math.max(0, bytes - position);
              part.write(chunk.slice(chunk.position(), fits), position);
              throw new IOException("No space left on device");
            }
            part.write(chunk, position);
          }

          @Override
          public void force() throws IOException {
            part.force();
          }

          @Override
          public void close() throws IOException {
            part.close();
          }
        };
      }

      @Override
      public long usableBytes(Path folder) throws IOException {
        return disk.usableBytes(folder);
      }
    };
  }

  private List<String> everything() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> names.add(folder.relativize(file).toString()));
    }
    return names;
  }
}
