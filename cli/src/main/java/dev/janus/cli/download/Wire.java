package dev.janus.cli.download;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Requests over HTTP: follows redirects by hand, so that credentials stay with whom they are for
 * and encryption is never given up on the way, and never waits for ever. A failure that another
 * attempt may mend is an {@link IOException}. Not thread-safe.
 */
final class Wire implements Closeable {
  private static final int MOST_REDIRECTS = 10;
  private static final long POLL_MILLIS = 50;

  /**
   * How long to wait.
   *
   * @param connect for a connection
   * @param answer for the headers of an answer
   * @param silence for the next bytes of an answer
   */
  record Patience(Duration connect, Duration answer, Duration silence) {
    static final Patience USUAL =
        new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60));
  }

  /** An answer; close it. */
  record Answer(int status, HttpHeaders headers, URI url, InputStream body) implements Closeable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  private final HttpClient client;
  private final Patience patience;
  private final Credentials credentials;
  private final WebAddress.PlainHttp plain;
  private final String agent;
  private final Interruption interruption;

  Wire(
      Patience patience,
      Credentials credentials,
      WebAddress.PlainHttp plain,
      String agent,
      Interruption interruption) {
    this.patience = patience;
    this.credentials = credentials;
    this.plain = plain;
    this.agent = agent;
    this.interruption = interruption;
    // HTTP/1.1: its lengths and cuts are those of one connection, and one file has one anyway.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience.connect())
            .build();
  }

  /** Asks for a file or, with HEAD, for what would be answered. */
  Answer request(String method, URI origin, Map<String, String> headers) throws IOException {
    Set<URI> seen = new HashSet<>();
    URI at = origin;
    while (seen.add(at) && seen.size() <= MOST_REDIRECTS + 1) {
      Answer answer = send(method, at, origin, headers);
      if (!isRedirect(answer.status())) {
        return answer;
      }
      answer.close();
      at = next(at, answer.headers());
    }
    throw new CliException(
        ExitCode.UNAVAILABLE,
        WebAddress.shown(origin)
            + ": is redirected in circles; the publisher's server is at fault");
  }

  private URI next(URI at, HttpHeaders headers) throws IOException {
    String location =
        headers
            .firstValue("Location")
            .orElseThrow(
                () -> new IOException(WebAddress.shown(at) + " redirects without saying where"));
    URI next;
    try {
      next = at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(WebAddress.shown(at) + " redirects to what is no address", e);
    }
    WebAddress.PlainHttp allowed =
        "https".equalsIgnoreCase(at.getScheme()) ? WebAddress.PlainHttp.LOCAL : plain;
    boolean downgrade =
        "https".equalsIgnoreCase(at.getScheme()) && !"https".equalsIgnoreCase(next.getScheme());
    WebAddress.refusal(next, allowed)
        .or(() -> downgrade ? Optional.of("gives up encryption") : Optional.empty())
        .ifPresent(reason -> {
          throw new CliException(
              ExitCode.UNAVAILABLE,
              "%s: redirects to %s, which is not followed: %s"
                  .formatted(WebAddress.shown(at), WebAddress.shown(next), reason));
        });
    return next;
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private Answer send(String method, URI at, URI origin, Map<String, String> headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at)
            .method(method, BodyPublishers.noBody())
            .timeout(patience.answer())
            .setHeader("User-Agent", agent)
            .setHeader("Accept-Encoding", "identity");
    headers.forEach(request::setHeader);
    credentials.headersFor(at, origin).forEach(request::setHeader);
    CompletableFuture<HttpResponse<InputStream>> sent =
        client.sendAsync(request.build(), BodyHandlers.ofInputStream());
    HttpResponse<InputStream> response = await(sent);
    return new Answer(
        response.statusCode(),
        response.headers(),
        at,
        new PatientStream(response.body(), patience.silence(), interruption));
  }

  private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> sent)
      throws IOException {
    while (true) {
      try {
        return sent.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (interruption.requested()) {
          sent.cancel(true);
          interruption.check();
        }
      } catch (InterruptedException e) {
        sent.cancel(true);
        Thread.currentThread().interrupt();
        throw new CliException(ExitCode.INTERRUPTED, "interrupted", e);
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }
  }

  private static IOException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case SSLHandshakeException tls ->
          throw new CliException(
              ExitCode.UNAVAILABLE,
              "the server's certificate is not accepted (" + tls.getMessage() + ")",
              tls);
      case IOException io -> io;
      case null, default -> new IOException(String.valueOf(cause), cause);
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
