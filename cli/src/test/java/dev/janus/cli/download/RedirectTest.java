package dev.janus.cli.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects are followed, but neither round in circles nor with somebody else's secrets. */
final class RedirectTest {
  private static final byte[] FILE = Downloads.bytes(1000, 3);
  private static final Map<String, String> SECRETS =
      Map.of(
          Credentials.TOKEN_VARIABLE, "s3cret-token", Credentials.COOKIE_VARIABLE, "Token=s3cret");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectOnTheSameServerKeepsCredentials(int status) throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (request.path().equals("/x")) {
            reply.head(status + " Moved", "Location: /elsewhere/y");
          } else {
            reply.whole(FILE);
          }
        })) {
      secretly().fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(server.requests().get(1).header("authorization")).hasValue("Bearer s3cret-token");
      assertThat(server.requests().get(1).header("cookie")).hasValue("Token=s3cret");
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void aRedirectToAnotherServerLosesCredentials() throws IOException {
    try (ScriptedServer other = ScriptedServer.honest(FILE);
        ScriptedServer server =
            ScriptedServer.of((request, number, reply) ->
                reply.head("302 Found", "Location: " + other.url("/y?signature=1")))) {
      secretly().fetch(Downloads.sized("x.pcap", server.url("/x"), FILE.length));
      assertThat(server.requests().getFirst().header("authorization")).isPresent();
      assertThat(other.requests()).hasSize(1);
      assertThat(other.requests().getFirst().headers())
          .doesNotContainKeys("authorization", "cookie");
    }
    assertThat(folder.resolve("x.pcap")).hasBinaryContent(FILE);
  }

  @Test
  void circlesAndEndlessChainsAreLeft() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) ->
            reply.head("302 Found", "Location: " + (request.path().equals("/a") ? "/b" : "/a")))) {
      CliException e = refused(new Downloads(folder), Downloads.sized("x", server.url("/a"), 5));
      assertThat(e).hasMessageContaining("redirected in circles");
      assertThat(server.requests()).hasSize(2);
    }
    try (ScriptedServer server =
        ScriptedServer.of(
            (request, number, reply) -> reply.head("302 Found", "Location: /" + number))) {
      refused(new Downloads(folder), Downloads.sized("x", server.url("/a"), 5));
      assertThat(server.requests().size()).isLessThan(15);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://example.org/x", "ftp://example.org/x", "https://me:pass@example.org/x"})
  void redirectsWhereNothingIsFetchedFromAreNotFollowed(String location) throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of(
            (request, number, reply) -> reply.head("302 Found", "Location: " + location))) {
      CliException e = refused(secretly(), Downloads.sized("x", server.url("/a"), 5));
      assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(e).hasMessageContaining("which is not followed").hasMessageNotContaining("pass@");
    }
  }

  @Test
  void nothingThatIsSaidOrKeptHoldsASecret() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.of((request, number, reply) -> {
          if (number == 0) {
            reply.head("200 OK", "ETag: \"1\"", "Content-Length: 1000").part(FILE, 0, 10);
          } else {
            reply.head("503 Busy");
          }
        })) {
      Downloads downloads = secretly();
      URI url = server.url("/x?signature=s3cret-signature");
      CliException e = refused(downloads, Downloads.sized("x.pcap", url, FILE.length));
      assertThat(e).hasMessageNotContaining("s3cret").hasMessageContaining("/x?...");
      assertThat(downloads.said()).isNotEmpty().doesNotContain("s3cret");
      assertThat(Files.readString(folder.resolve("x.pcap.part.json"))).doesNotContain("s3cret");
    }
  }

  @Test
  void cookiesOfABrowserGoWhereTheyBelong() {
    Credentials jar =
        Credentials.read(
            Optional.empty(),
            Optional.empty(),
            Map.of(
                Credentials.COOKIE_VARIABLE,
                """
                # Netscape HTTP Cookie File
                .example.org\tTRUE\t/\tTRUE\t0\tall\t1
                #HttpOnly_www.example.org\tFALSE\t/data\tFALSE\t0\tone\t2
                other.net\tFALSE\t/\tFALSE\t0\tnever\t3
                """),
            warning -> {});
    URI origin = URI.create("https://www.example.org/data/x");
    assertThat(jar.headersFor(origin, origin)).containsOnly(Map.entry("Cookie", "all=1; one=2"));
    assertThat(jar.headersFor(URI.create("https://www.example.org/database"), origin))
        .containsOnly(Map.entry("Cookie", "all=1"));
    assertThat(jar.headersFor(URI.create("https://badexample.org/"), origin)).isEmpty();
    assertThat(jar.headersFor(URI.create("http://www.example.org/data"), origin)).isEmpty();
  }

  @Test
  void secretsAreNotSentUnencrypted() {
    Credentials credentials =
        Credentials.read(Optional.empty(), Optional.empty(), SECRETS, warning -> {});
    URI open = URI.create("http://example.org/x");
    assertThat(credentials.headersFor(open, open)).isEmpty();
    URI local = URI.create("http://localhost:8080/x");
    assertThat(credentials.headersFor(local, local)).hasSize(2);
    assertThat(credentials.headersFor(local, URI.create("http://localhost:8081/x"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\r\nX-Injected: 1", "n\u00f6"})
  void aTokenFileWithSomethingElseIsRefusedWithoutRepeatingIt(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), text);
    CliException e =
        catchThrowableOfType(
            CliException.class,
            () -> Credentials.read(Optional.of(file), Optional.empty(), Map.of(), w -> {}));
    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e).hasMessage(file + ": must hold one token and nothing else");
  }

  private Downloads secretly() {
    return new Downloads(folder)
        .with(Credentials.read(Optional.empty(), Optional.empty(), SECRETS, warning -> {}));
  }

  private static CliException refused(Downloads downloads, RemoteFile file) {
    return catchThrowableOfType(CliException.class, () -> downloads.fetch(file));
  }
}
