package dev.janus.cli.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are busy, silent, gone, or refuse. */
final class UnwillingServerTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aBusyServerIsGivenTheTimeItAsksFor() throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          switch (number) {
            case 0 -> reply.head("503 Service Unavailable", "Retry-After: 17");
            case 1 -> reply.head("429 Too Many Requests");
            default -> reply.whole(Downloads.FILE);
          }
        })) {
      downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
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
      CliException e =
          Downloads.refused(
              downloads, Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      assertThat(e).hasMessageContaining("asks to come back in 120 minutes");
    }
    assertThat(downloads.pauses).isEmpty();
    assertThat(Downloads.files(folder)).isEmpty();
  }

  @Test
  void attemptsAreBoundedAndPausesGrow() throws IOException {
    Downloads downloads = new Downloads(folder).retries(8);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> reply.head("500 Internal Server Error"))) {
      CliException e =
          Downloads.refused(
              downloads, Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
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
    CliException e = Downloads.refused(downloads, Downloads.sized("x.pcap", nowhere, 5));
    assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(e).hasMessageContaining("127.0.0.1").hasMessageContaining("after 2 attempts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone"})
  void whatTheServerRefusesIsNotTriedAgain(String status) throws IOException {
    Downloads downloads = new Downloads(folder);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> reply.head(status))) {
      CliException e = Downloads.refused(downloads, Downloads.sized("x.pcap", server.url("/x"), 5));
      assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT);
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(Downloads.files(folder)).isEmpty();
  }

  @Test
  void aWebPageInsteadOfTheFileIsTheForm() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) ->
            reply.whole(Downloads.FILE, "Content-Type: text/html; charset=UTF-8"))) {
      CliException e =
          Downloads.refused(new Downloads(folder), Downloads.file("x.pcap", server.url("/x")));
      assertThat(e)
          .hasMessageContaining("a web page comes instead")
          .hasMessageContaining("--cookie-file");
    }
    assertThat(Downloads.files(folder)).isEmpty();
  }

  @Test
  void aPackedAnswerIsRefused() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of(
            (request, number, reply) -> reply.whole(Downloads.FILE, "Content-Encoding: gzip"))) {
      assertThat(
              Downloads.refused(new Downloads(folder), Downloads.file("x.pcap", server.url("/x"))))
          .hasMessageContaining("comes packed with gzip");
    }
  }

  @Test
  void aServerThatFallsSilentIsLeft() throws IOException {
    Downloads downloads = new Downloads(folder).silence(Duration.ofMillis(20));
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (number > 0) {
            reply.rest(Downloads.FILE, request.offset(), Downloads.TAG);
            return;
          }
          reply
              .head("200 OK", Downloads.TAG, "Content-Length: " + Downloads.FILE.length)
              .part(Downloads.FILE, 0, 100_000);
          Downloads.await(over);
        })) {
      downloads.fetch(Downloads.sized("x.pcap", server.url("/x"), Downloads.FILE.length));
      over.countDown();
    }
    assertThat(downloads.said()).contains("nothing came for");
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(Downloads.FILE);
  }
}
