package dev.janus.cli.download;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.Terminal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Brings one file into its {@link PartFile}, in as many attempts as it takes and the policy allows.
 * What a server says is believed only as far as it fits to what it said before. Not thread-safe.
 */
final class FileTransfer {
  private static final int CHUNK_BYTES = 1 << 17;

  /**
   * What a transfer works with.
   *
   * @param wire requests
   * @param policy how failures are met
   * @param pause waits between attempts
   * @param random for the length of pauses
   * @param allowance bytes left for this run
   * @param terminal where a person is told what happens
   */
  record Setting(
      Wire wire,
      RetryPolicy policy,
      Pause pause,
      RandomGenerator random,
      Allowance allowance,
      Terminal terminal) {}

  private final RemoteFile file;
  private final URI url;
  private final OptionalLong shown;
  private final List<Checksum> wanted;
  private final PartFile part;
  private final Setting setting;
  private boolean rangesWork = true;
  private boolean continued;
  private int attempts;
  private int restarts;

  /**
   * @param shown size that the user was shown before, which must not be passed; empty if none
   */
  /**
   * @param wanted checksums that the whole file will be compared with
   */
  FileTransfer(
      RemoteFile file,
      URI url,
      OptionalLong shown,
      List<Checksum> wanted,
      PartFile part,
      Setting setting) {
    this.wanted = List.copyOf(wanted);
    this.file = file;
    this.url = url;
    this.shown = shown;
    this.part = part;
    this.setting = setting;
  }

  int attempts() {
    return attempts;
  }

  /** Whether the file was put together from more than one answer. */
  boolean continued() {
    return continued;
  }

  /** Returns when the part holds the whole file. */
  void run() {
    if (!canBeContinued()) {
      begin("there is no telling whether the file is still the same");
    }
    int failures = 0;
    long mark = part.bytes();
    while (!isWhole()) {
      try {
        attempts++;
        attempt();
        return;
      } catch (IOException e) {
        part.save();
        failures = part.bytes() - mark >= setting.policy().gainBytes() ? 1 : failures + 1;
        if (e instanceof UselessPartException) {
          begin(described(e));
        }
        mark = part.bytes();
        meet(e, failures);
      } catch (CliException e) {
        if (e.exitCode() != ExitCode.CANNOT_CREATE) {
          part.save();
        }
        throw e;
      }
    }
  }

  private boolean isWhole() {
    return expected().isPresent() && part.bytes() == expected().getAsLong() && part.bytes() > 0;
  }

  /** Without a name for its version only a checksum can tell that the pieces fit together. */
  private boolean canBeContinued() {
    return part.bytes() == 0 || part.validator().isPresent() || isChecked();
  }

  private boolean isChecked() {
    return !wanted.isEmpty();
  }

  private OptionalLong expected() {
    return file.bytes().isPresent() ? file.bytes() : part.total();
  }

  private void begin(String reason) {
    if (part.bytes() > 0) {
      setting.terminal().say("%s: begun again: %s".formatted(file.name(), reason));
    }
    if (restarts++ > setting.policy().restarts()) {
      throw new CliException(
          ExitCode.UNAVAILABLE,
          "%s: begun %d times and never finished, the last time because %s; try later"
              .formatted(file.name(), restarts, reason));
    }
    part.restart();
  }

  /** Waits for the next attempt, or gives up. */
  private void meet(IOException failure, int failures) {
    RetryPolicy policy = setting.policy();
    if (failures > policy.retries()) {
      throw new CliException(
          ExitCode.UNAVAILABLE,
          "%s: %s; given up after %d attempts, %s kept: the same command goes on from there"
              .formatted(
                  WebAddress.shown(url),
                  described(failure),
                  attempts,
                  ByteSize.shown(part.bytes())),
          failure);
    }
    Duration wait = policy.pause(failures, setting.random());
    Optional<Duration> asked =
        failure instanceof BusyException busy ? busy.pause() : Optional.empty();
    if (asked.isPresent() && asked.get().compareTo(policy.longestAsked()) > 0) {
      throw new CliException(
          ExitCode.UNAVAILABLE,
          "%s: %s and asks to come back in %s; run the same command then"
              .formatted(WebAddress.shown(url), described(failure), minutes(asked.get())),
          failure);
    }
    Duration pause = asked.filter(a -> a.compareTo(wait) > 0).orElse(wait);
    setting
        .terminal()
        .say(
            "%s: %s; attempt %d of %d in %.1f s"
                .formatted(
                    file.name(),
                    described(failure),
                    failures + 1,
                    policy.retries() + 1,
                    pause.toMillis() / 1000.0));
    setting.pause().of(pause);
  }

  private static String minutes(Duration duration) {
    return duration.toMinutes() + " minutes";
  }

  private static String described(IOException e) {
    if (e.getMessage() != null && !e.getMessage().isBlank()) {
      return e.getMessage();
    }
    return e instanceof ConnectException ? "cannot be connected to" : e.getClass().getSimpleName();
  }

  private void attempt() throws IOException {
    long offset = rangesWork ? part.bytes() : 0;
    Map<String, String> headers = new LinkedHashMap<>();
    if (offset > 0) {
      headers.put("Range", "bytes=" + offset + "-");
      part.validator().ifPresent(version -> headers.put("If-Range", version));
    }
    try (Wire.Answer answer = setting.wire().request("GET", url, headers)) {
      switch (answer.status()) {
        case 200 -> acceptWhole(answer);
        case 206 -> acceptRest(answer, offset);
        case 416 -> acceptNothing(answer, offset);
        default -> throw Refusals.of(answer, url);
      }
      receive(answer);
    }
  }

  private void acceptWhole(Wire.Answer answer) throws IOException {
    checkContent(answer);
    OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
    checkAnnounced(length);
    Optional<String> version = Version.of(answer.headers());
    if (part.bytes() > 0) {
      begin(
          version.equals(part.validator())
              ? "the server does not send parts of a file"
              : "the file has changed at the publisher");
    }
    part.describe(length, version);
  }

  private void acceptRest(Wire.Answer answer, long offset) throws IOException {
    checkContent(answer);
    Optional<ContentRange> range =
        answer.headers().firstValue("Content-Range").flatMap(ContentRange::parse);
    if (range.isEmpty() || range.get().first() != offset) {
      rangesWork = false;
      throw new UselessPartException("the server sent another part of the file than it was asked");
    }
    OptionalLong total = range.get().total();
    checkAnnounced(total);
    boolean otherSize =
        total.isPresent()
            && part.total().isPresent()
            && total.getAsLong() != part.total().getAsLong();
    Optional<String> version = Version.of(answer.headers());
    boolean otherVersion =
        version.isPresent() && part.validator().isPresent() && !version.equals(part.validator());
    if (otherSize || otherVersion) {
      throw new UselessPartException("the file has changed at the publisher");
    }
    if (part.total().isEmpty() && total.isPresent()) {
      part.describe(total, part.validator());
    }
    continued |= offset > 0;
  }

  /** The server has nothing behind the offset: the file is whole, or another one now. */
  private void acceptNothing(Wire.Answer answer, long offset) throws IOException {
    OptionalLong total =
        answer
            .headers()
            .firstValue("Content-Range")
            .flatMap(ContentRange::parse)
            .map(ContentRange::total)
            .orElse(OptionalLong.empty());
    boolean contradiction = part.total().isPresent() && !part.total().equals(total);
    if (offset == 0 || total.isEmpty() || total.getAsLong() != offset || contradiction) {
      rangesWork = false;
      throw new UselessPartException("the server contradicts itself about its size");
    }
    checkAnnounced(total);
    part.describe(total, part.validator());
  }

  private void checkContent(Wire.Answer answer) {
    HttpHeaders headers = answer.headers();
    String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String name = file.name().toLowerCase(Locale.ROOT);
    if (type.startsWith("text/html") && !name.endsWith(".html") && !name.endsWith(".htm")) {
      throw new CliException(
          ExitCode.NO_INPUT,
          WebAddress.shown(url)
              + ": a web page comes instead of the file; the publisher wants its form filled in"
              + " first, then --cookie-file");
    }
    String packed = headers.firstValue("Content-Encoding").orElse("identity");
    if (!packed.equalsIgnoreCase("identity")) {
      throw new CliException(
          ExitCode.UNAVAILABLE,
          WebAddress.shown(url) + ": comes packed with " + packed + ", which was not asked for");
    }
  }

  /** The description knows the size: a server with another size has another file. */
  private void checkAnnounced(OptionalLong total) {
    if (file.bytes().isPresent()
        && total.isPresent()
        && total.getAsLong() != file.bytes().getAsLong()) {
      throw new CliException(
          ExitCode.DATA,
          "%s: the server announces %d bytes, but the description says %d; the publisher changed"
                  .formatted(WebAddress.shown(url), total.getAsLong(), file.bytes().getAsLong())
              + " the file, or this is not it; nothing of it was taken");
    }
    if (total.isPresent() && shown.isPresent() && total.getAsLong() > shown.getAsLong()) {
      throw longerThanShown();
    }
  }

  private CliException longerThanShown() {
    return new CliException(
        ExitCode.DATA,
        "%s: is longer than the %d bytes that the server stated first; say with --limit how much"
                .formatted(WebAddress.shown(url), shown.orElse(0))
            + " may come");
  }

  private void receive(Wire.Answer answer) throws IOException {
    if (answer.status() == 416) {
      return;
    }
    byte[] chunk = new byte[CHUNK_BYTES];
    long start = System.nanoTime();
    long startBytes = part.bytes();
    try (Progress progress = setting.terminal().progress()) {
      for (int n = answer.body().read(chunk); n >= 0; n = answer.body().read(chunk)) {
        take(chunk, n);
        progress.update(() -> progressLine(startBytes, System.nanoTime() - start));
      }
    }
    if (expected().isPresent() && part.bytes() < expected().getAsLong()) {
      throw new IOException(
          "cut off after %s of %s"
              .formatted(ByteSize.shown(part.bytes()), ByteSize.shown(expected())));
    }
    if (expected().isEmpty()) {
      checkEnd(answer.headers());
      part.describe(OptionalLong.of(part.bytes()), part.validator());
    }
  }

  private void take(byte[] chunk, int length) {
    OptionalLong expected = expected();
    if (shown.isPresent() && part.bytes() + length > shown.getAsLong()) {
      part.restart();
      throw longerThanShown();
    }
    if (expected.isPresent() && part.bytes() + length > expected.getAsLong()) {
      part.restart();
      throw new CliException(
          ExitCode.DATA,
          "%s: sends more than the %d bytes that were announced; nothing of it was kept"
              .formatted(WebAddress.shown(url), expected.getAsLong()));
    }
    Allowance allowance = setting.allowance();
    int allowed = (int) Math.min(length, allowance.left());
    part.append(ByteBuffer.wrap(chunk, 0, allowed));
    allowance.use(allowed);
    if (allowed < length) {
      throw allowance.exhausted(file.name());
    }
  }

  /** Where the end of the connection is the end of the file, a cut looks like a whole file. */
  private void checkEnd(HttpHeaders headers) {
    boolean framed = headers.firstValue("Transfer-Encoding").isPresent();
    if (!framed && !isChecked()) {
      setting
          .terminal()
          .say(file.name() + ": the server states no length; see for yourself if it is whole");
    }
  }

  private String progressLine(long startBytes, long nanos) {
    double rate = (part.bytes() - startBytes) / Math.max(nanos * 1e-9, 1e-3);
    String left = "";
    if (expected().isPresent() && rate >= 1) {
      Duration rest = Duration.ofSeconds((long) ((expected().getAsLong() - part.bytes()) / rate));
      left =
          String.format(
              Locale.ROOT,
              ", %d:%02d:%02d left",
              rest.toHours(),
              rest.toMinutesPart(),
              rest.toSecondsPart());
    }
    return "%s: %s of %s, %s/s%s"
        .formatted(
            file.name(),
            ByteSize.shown(part.bytes()),
            ByteSize.shown(expected()),
            ByteSize.shown((long) rate),
            left);
  }

  /** Answers that are no file. */
  static final class Refusals {
    private Refusals() {}

    /** What to do about an answer: an exception that asks for another attempt, or ends it all. */
    static IOException of(Wire.Answer answer, URI url) {
      int status = answer.status();
      String place = WebAddress.shown(url);
      return switch (status) {
        case 401, 403, 407 ->
            throw new CliException(
                ExitCode.NO_INPUT,
                place
                    + ": refused ("
                    + status
                    + "); the publisher's page says how to get access, then --cookie-file or"
                    + " --token-file");
        case 404, 410 ->
            throw new CliException(
                ExitCode.NO_INPUT,
                place
                    + ": not there ("
                    + status
                    + "); look at the publisher's page for its new place, then --url");
        case 408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524 ->
            new BusyException(
                "the server answers " + status,
                answer
                    .headers()
                    .firstValue("Retry-After")
                    .flatMap(text -> RetryAfter.parse(text, Instant.now())));
        default ->
            throw new CliException(
                ExitCode.UNAVAILABLE, place + ": the server answers " + status + "; try later");
      };
    }
  }
}
