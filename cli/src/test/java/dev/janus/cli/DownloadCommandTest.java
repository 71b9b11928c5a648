package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.config.DownloadReader;
import dev.janus.cli.download.Offer;
import dev.janus.cli.download.RemoteFile;
import dev.janus.cli.download.ScriptedServer;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code janus download} as a user meets it. */
final class DownloadCommandTest {
  private static final byte[] FILE = "a capture, more or less".getBytes(StandardCharsets.UTF_8);
  private static final Path DOWNLOADS = CliRun.HOME.resolve("configs/downloads");

  @TempDir private Path folder = Path.of("");

  static Stream<Path> descriptions() throws IOException {
    return Files.list(DOWNLOADS).sorted();
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void everyDescriptionCanBeReadAndSaysWhereItComesFrom(Path file) {
    Offer offer = DownloadReader.read(file);
    assertThat(file).hasFileName(offer.name() + ".yaml");
    assertThat(offer.page()).hasScheme("https");
    for (RemoteFile remote : offer.files()) {
      remote.url().ifPresent(url -> assertThat(url).hasScheme("https"));
    }
    CliRun run = CliRun.of("download", file, "--list");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.out()).contains(offer.page().toString(), offer.licence());
    assertThat(run.err()).isEmpty();
  }

  @Test
  void theListIsMachineReadableToo() throws IOException {
    CliRun run =
        CliRun.of("download", DOWNLOADS.resolve("cse-cic-ids2018.yaml"), "--list", "--json");
    JsonTree tree = JsonTree.parse(run.out());
    assertThat(tree.at("files").size()).isEqualTo(20);
    assertThat(tree.at("files").at(0).at("bytes").number()).isEqualTo(39_913_353_098.0);
  }

  @Test
  void filesAreChosenShownFetchedAndNotFetchedTwice() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE, "ETag: \"1\"")) {
      Path description = describe(server, "open");
      Path out = folder.resolve("out");

      CliRun dry = CliRun.of("download", description, "--dry-run", "--out", out);
      assertThat(dry.ended(ExitCode.OK)).as(dry.err()).isTrue();
      assertThat(dry.out()).contains("captures/one.pcap", "23 B", "3 files, 69 B to download");
      assertThat(out).doesNotExist();

      CliRun run = CliRun.of("download", description, "--out", out, "--only", "*.pcap");
      assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
      assertThat(run.outputLines())
          .containsExactly(
              out.resolve("captures/one.pcap").toString(),
              out.resolve("captures/two.pcap").toString());
      assertThat(run.err())
          .contains("captures/one.pcap: 23 B, sha256 right")
          .contains("captures/two.pcap: 23 B, no checksum known");
      assertThat(out.resolve("captures/one.pcap")).hasBinaryContent(FILE);
      assertThat(out.resolve("labels.csv")).doesNotExist();

      int requests = server.requests().size();
      CliRun again =
          CliRun.of("download", description, "--out", out, "--only", "captures/*", "--json");
      assertThat(again.ended(ExitCode.OK)).as(again.err()).isTrue();
      assertThat(JsonTree.parse(again.out()).at("files").at(0).at("received").number()).isZero();
      assertThat(server.requests()).hasSize(requests);
    }
  }

  @Test
  void oneFileThatFailsDoesNotKeepTheOthers() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (request.path().equals("/one.pcap")) {
            reply.head("404 Not Found");
          } else {
            reply.whole(request.method().equals("HEAD") ? new byte[0] : FILE);
          }
        })) {
      CliRun run = CliRun.of("download", describe(server, "open"), "--out", folder.resolve("out"));
      assertThat(run.ended(ExitCode.NO_INPUT)).as(run.err()).isTrue();
      assertThat(run.errorLines().getLast())
          .isEqualTo("janus: 1 of 3 files did not come; run the same command again for those");
      assertThat(run.err()).contains("/one.pcap: not there (404)");
      assertThat(folder.resolve("out/captures/two.pcap")).exists();
    }
  }

  @Test
  void aFormIsNamedAndItsCookieOpensIt() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if ("Token=open-sesame".equals(request.headers().get("cookie"))) {
            reply.whole(request.method().equals("HEAD") ? new byte[0] : FILE);
          } else {
            reply.whole(FILE, "Content-Type: text/html");
          }
        })) {
      Path description = describe(server, "cookie");
      Path out = folder.resolve("out");
      CliRun without = CliRun.of("download", description, "--out", out);
      assertThat(without.ended(ExitCode.NO_INPUT)).isTrue();
      assertThat(without.out()).contains("fill in the form");
      assertThat(without.errorLines())
          .singleElement()
          .asString()
          .contains("wants a form filled in first", "https://example.org/page", "--cookie-file");
      assertThat(server.requests()).isEmpty();

      Path cookie = Files.writeString(folder.resolve("cookie"), "Token=open-sesame\n");
      CliRun with = CliRun.of("download", description, "--out", out, "--cookie-file", cookie);
      assertThat(with.ended(ExitCode.OK)).as(with.err()).isTrue();
      assertThat(with.err()).doesNotContain("sesame");

      Files.writeString(cookie, "Token=expired");
      CliRun late =
          CliRun.of(
              "download", description, "--out", folder.resolve("late"), "--cookie-file", cookie);
      assertThat(late.ended(ExitCode.NO_INPUT)).isTrue();
      assertThat(late.err()).contains("a web page comes instead of the file");
    }
  }

  @Test
  void addressesByHandKeepWhatIsKnownOfTheirFiles() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE)) {
      Path out = folder.resolve("out");
      CliRun run =
          CliRun.of(
              "download",
              describe(server, "cookie"),
              "--out",
              out,
              "--url",
              server.url("/elsewhere/one.pcap"),
              server.url("/get?file=a%2Fother.pcap"));
      assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
      assertThat(run.err()).contains("captures/one.pcap: 23 B, sha256 right");
      assertThat(out.resolve("other.pcap")).hasBinaryContent(FILE);
    }
  }

  @Test
  void theLimitIsKeptBeforeAnythingStarts() throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE)) {
      CliRun run =
          CliRun.of(
              "download",
              describe(server, "open"),
              "--out",
              folder.resolve("out"),
              "--limit",
              "50",
              "--quiet");
      assertThat(run.ended(ExitCode.USAGE)).isTrue();
      assertThat(run.errorLines())
          .containsExactly(
              "janus: these files take 69 B, more than --limit 50 B; choose some with --only or"
                  + " raise it");
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--out,        64, '--out DIR is missing'",
    "--limit much, 64, '--limit must be a size'",
    "--retries -1, 64, '--retries must be 0 to 100'",
    "--only nope,  66, 'no such file among the 3 of toy'",
    "--only [,     64, 'not a pattern'",
    "--url http://example.org/x, 64, 'http is not encrypted'",
    "--cookie-file absent, 66, 'absent: does not exist'"
  })
  void mistakesAreOneLine(String options, int code, String message) throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE)) {
      List<Object> args = new ArrayList<>(List.of("download", describe(server, "open")));
      if (!options.equals("--out")) {
        args.addAll(List.of("--out", folder.resolve("out")));
        args.addAll(List.of(options.split(" ")));
      }
      CliRun run = CliRun.of(args.toArray());
      assertThat(run.errorLines()).singleElement().asString().contains(message);
      assertThat(run.code()).isEqualTo(code);
      assertThat(server.requests()).isEmpty();
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: one.pcap | name: ../one.pcap | name must be a relative path",
        "url: one.pcap | url: 'ftp://x/one' | only https",
        "sha256: | sha265: | unknown key",
        "name: two.pcap | name: one.pcap | two are named captures/one.pcap",
        "access: open | access: secret | must be one of open, cookie, token",
        "bytes: 23 | bytes: -1 | must be at least 0",
      })
  void aDescriptionIsCheckedToTheLine(String from, String to, String message) throws IOException {
    try (ScriptedServer server = ScriptedServer.honest(FILE)) {
      Path description = describe(server, "open");
      String text = Files.readString(description).replace("captures/", "");
      String changed = text.replaceFirst(Pattern.quote(from), to);
      assertThat(changed).isNotEqualTo(text);
      Files.writeString(description, changed);
      CliRun run = CliRun.of("download", description, "--list");
      assertThat(run.ended(ExitCode.DATA)).as(run.out()).isTrue();
      assertThat(run.errorLines())
          .singleElement()
          .asString()
          .startsWith("janus: " + description + ":")
          .contains(message.replace("captures/", ""));
    }
  }

  private Path describe(ScriptedServer server, String access) throws IOException {
    return Files.writeString(
        folder.resolve("toy.yaml"),
        """
        name: toy
        page: https://example.org/page
        licence: yours
        access: %s
        steps: [fill in the form]
        base: %s
        files:
          - name: captures/one.pcap
            url: one.pcap
            bytes: 23
            sha256: %s
          - name: captures/two.pcap
            url: two.pcap
            bytes: 23
          - name: labels.csv
            url: labels.csv
            bytes: 23
        """
            .formatted(access, server.url("/"), sha256()));
  }

  private static String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(FILE));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
