package dev.janus.cli.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.Interruption;
import dev.janus.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Downloads as tests make them: pauses are noted instead of waited for, disks may be small. */
final class Downloads {
  static final String TAG = "ETag: \"one\"";
  static final byte[] FILE = bytes(300_000, 7);

  final Interruption interruption = new Interruption();
  final List<Duration> pauses = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Path folder;
  private Credentials credentials = Credentials.none();
  private OptionalLong limit = OptionalLong.empty();
  private PartStorage storage = PartStorage.disk();
  private Download.Existing existing = Download.Existing.KEEP;
  private WebAddress.PlainHttp plain = WebAddress.PlainHttp.LOCAL;
  private Duration silence = Duration.ofSeconds(30);
  private int retries = 4;
  private long gainBytes = 1;

  Downloads(Path folder) {
    this.folder = folder;
  }

  Downloads with(Credentials shown) {
    this.credentials = shown;
    return this;
  }

  Downloads limit(long bytes) {
    this.limit = OptionalLong.of(bytes);
    return this;
  }

  Downloads storage(PartStorage other) {
    this.storage = other;
    return this;
  }

  Downloads overwriting() {
    this.existing = Download.Existing.REPLACE;
    return this;
  }

  Downloads plain(WebAddress.PlainHttp allowed) {
    this.plain = allowed;
    return this;
  }

  Downloads silence(Duration longest) {
    this.silence = longest;
    return this;
  }

  Downloads retries(int most) {
    this.retries = most;
    return this;
  }

  /** Bytes that an attempt must gain to count as a success. */
  Downloads gain(long bytes) {
    this.gainBytes = bytes;
    return this;
  }

  Download download() {
    PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(err, err, Terminal.Screen.PLAIN);
    Download.Request request =
        new Download.Request(folder, existing, credentials, plain, retries, limit, "janus/test");
    RetryPolicy policy =
        new RetryPolicy(
            retries,
            gainBytes,
            3,
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10));
    Download.World world =
        new Download.World(
            storage,
            pauses::add,
            new SplittableRandom(1),
            new Wire.Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), silence),
            policy);
    return new Download(request, world, terminal, interruption);
  }

  /** Plans, checks the room and fetches one file. */
  Download.Fetched fetch(RemoteFile file) throws IOException {
    try (Download download = download()) {
      List<Download.Planned> plan = download.plan(List.of(file));
      download.checkRoom(plan);
      return download.fetch(plan.getFirst());
    }
  }

  String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  /** What a run leaves that was cut off after so many bytes of {@link #FILE}. */
  static String state(URI url, long bytes) {
    return PartState.empty(url)
        .withBytes(bytes)
        .of(OptionalLong.of(FILE.length), Optional.of("\"one\""))
        .toJson();
  }

  static RemoteFile file(String name, URI url) {
    return new RemoteFile(
        name, Optional.of(url), OptionalLong.empty(), List.of(), Optional.empty());
  }

  static RemoteFile sized(String name, URI url, long bytes) {
    return new RemoteFile(
        name, Optional.of(url), OptionalLong.of(bytes), List.of(), Optional.empty());
  }

  static RemoteFile checked(String name, URI url, byte[] content) {
    return new RemoteFile(
        name,
        Optional.of(url),
        OptionalLong.empty(),
        List.of(Checksum.of(Checksum.Kind.SHA256, hex("SHA-256", content))),
        Optional.empty());
  }

  static String hex(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static RemoteFile checkedAndSized(String name, URI url) {
    return new RemoteFile(
        name,
        Optional.of(url),
        OptionalLong.of(FILE.length),
        List.of(Checksum.of(Checksum.Kind.SHA256, hex("SHA-256", FILE))),
        Optional.empty());
  }

  /** Why the download ended. */
  static CliException refused(Downloads downloads, RemoteFile file) {
    CliException refused = catchThrowableOfType(CliException.class, () -> downloads.fetch(file));
    assertThat(refused).as("a refusal").isNotNull();
    return refused;
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The files in a folder and below. */
  static List<String> files(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> names.add(folder.relativize(file).toString()));
    }
    return names;
  }
}
