package dev.janus.cli.download;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A web server on this machine that writes what a test tells it to, true or not. */
public final class ScriptedServer implements Closeable {
  /** What the client sent; header names in lower case. */
  public record Request(String method, String path, Map<String, String> headers) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    /** First byte asked for; 0 without a range. */
    int offset() {
      return header("range")
          .map(range -> Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1")))
          .orElse(0);
    }
  }

  /** Answers the request with this number, counted from 0. */
  @FunctionalInterface
  public interface Script {
    void answer(Request request, int number, Reply reply) throws IOException;
  }

  /** The connection to write on; it is closed afterwards. */
  public static final class Reply {
    private final OutputStream out;

    Reply(OutputStream out) {
      this.out = out;
    }

    /** Status line and headers. */
    public Reply head(String status, String... headers) throws IOException {
      String text = "HTTP/1.1 " + status + "\r\n";
      for (String header : headers) {
        text += header + "\r\n";
      }
      return raw((text + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    public Reply raw(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
      return this;
    }

    public Reply part(byte[] bytes, int from, int to) throws IOException {
      out.write(bytes, from, to - from);
      out.flush();
      return this;
    }

    /** One chunk of a chunked body; the empty one ends it. */
    public Reply chunk(byte[] bytes, int from, int to) throws IOException {
      raw((Integer.toHexString(to - from) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      part(bytes, from, to);
      return raw(new byte[] {'\r', '\n'});
    }

    /** All of a file, as an honest server sends it. */
    public void whole(byte[] file, String... headers) throws IOException {
      head("200 OK", with(headers, "Content-Length: " + file.length)).raw(file);
    }

    /** The rest of a file, as an honest server sends it. */
    public void rest(byte[] file, int from, String... headers) throws IOException {
      rangeHead(file, from, headers).part(file, from, file.length);
    }

    Reply rangeHead(byte[] file, int from, String... headers) throws IOException {
      return head(
          "206 Partial Content",
          with(
              headers,
              "Content-Length: " + (file.length - from),
              "Content-Range: bytes %d-%d/%d".formatted(from, file.length - 1, file.length)));
    }

    private static String[] with(String[] headers, String... more) {
      List<String> all = new ArrayList<>(List.of(headers));
      all.addAll(List.of(more));
      return all.toArray(String[]::new);
    }
  }

  private final ServerSocket socket;
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final Script script;

  private ScriptedServer(ServerSocket socket, Script script) {
    this.socket = socket;
    this.script = script;
    Thread.ofVirtual().start(this::serve);
  }

  public static ScriptedServer of(Script script) throws IOException {
    return new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  /** An honest server with one file, that knows ranges. */
  public static ScriptedServer honest(byte[] file, String... headers) throws IOException {
    return of((request, number, reply) -> {
      if (request.header("range").isPresent()) {
        reply.rest(file, request.offset(), headers);
      } else {
        reply.whole(request.method().equals("HEAD") ? new byte[0] : file, headers);
      }
    });
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
  }

  /** The requests so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> answer(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      if (line == null) {
        return;
      }
      String[] words = line.split(" ", -1);
      Map<String, String> headers = new LinkedHashMap<>();
      for (String header = in.readLine();
          header != null && !header.isEmpty();
          header = in.readLine()) {
        String[] parts = header.split(":", 2);
        headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
      }
      Request request = new Request(words[0], words[1], headers);
      int number;
      synchronized (requests) {
        number = requests.size();
        requests.add(request);
      }
      script.answer(request, number, new Reply(connection.getOutputStream()));
    } catch (IOException e) {
      // The client has gone, as it may.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
