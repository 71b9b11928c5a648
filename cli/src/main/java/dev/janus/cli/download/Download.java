package dev.janus.cli.download;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.Terminal;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Downloads files into a folder: first {@link #plan} says what is to be done and how large it is,
 * then {@link #fetch} does it file by file. Not thread-safe.
 */
public final class Download implements Closeable {
  /** Room that is left on the disk. */
  private static final long RESERVE_BYTES = 64 << 20;

  private static final int MAX_CHECKSUM_TEXT = 1 << 12;
  private static final Pattern MD5_TEXT = Pattern.compile("\\b[0-9a-fA-F]{32}\\b");

  /**
   * What is asked for.
   *
   * @param folder where files go
   * @param existing what to do with a file of another size that is already there
   * @param credentials what servers are shown
   * @param plain whether http addresses are fetched
   * @param retries attempts after the first that may fail in a row
   * @param limit how many bytes may be received in all
   * @param agent how the program names itself to servers
   */
  public record Request(
      Path folder,
      Existing existing,
      Credentials credentials,
      WebAddress.PlainHttp plain,
      int retries,
      OptionalLong limit,
      String agent) {}

  /** What to do with a file that is there under its final name. */
  public enum Existing {
    KEEP,
    REPLACE
  }

  /** How much of a file is there. */
  public enum Presence {
    NOTHING,
    PART,
    WHOLE
  }

  /**
   * A file that is to be downloaded.
   *
   * @param file what it is
   * @param url where it lies
   * @param target where it goes
   * @param bytes its size, if anybody says
   * @param presence how much of it is there
   * @param presentBytes the same in bytes
   */
  public record Planned(
      RemoteFile file,
      URI url,
      Path target,
      OptionalLong bytes,
      Presence presence,
      long presentBytes) {
    /** Bytes that are to come, if known. */
    public OptionalLong remaining() {
      return bytes.isPresent() ? OptionalLong.of(bytes.getAsLong() - presentBytes) : bytes;
    }
  }

  /**
   * A file that is there now.
   *
   * @param planned what was to be done
   * @param bytes its size
   * @param received bytes that came in this run
   * @param attempts requests it took
   * @param checked the checksums it was found to have
   */
  public record Fetched(
      Planned planned, long bytes, long received, int attempts, List<Checksum> checked) {}

  /** The outer world, which tests replace. */
  record World(
      PartStorage storage,
      Pause pause,
      RandomGenerator random,
      Wire.Patience patience,
      RetryPolicy policy) {
    static World real(Interruption interruption, int retries) {
      return new World(
          PartStorage.disk(),
          Pause.real(interruption),
          new SplittableRandom(),
          Wire.Patience.USUAL,
          RetryPolicy.withRetries(retries));
    }
  }

  private final Request request;
  private final World world;
  private final Terminal terminal;
  private final Interruption interruption;
  private final Allowance allowance;
  private final Wire wire;

  Download(Request request, World world, Terminal terminal, Interruption interruption) {
    this.request = request;
    this.world = world;
    this.terminal = terminal;
    this.interruption = interruption;
    this.allowance = new Allowance(request.limit().orElse(Long.MAX_VALUE));
    this.wire =
        new Wire(
            world.patience(),
            request.credentials(),
            request.plain(),
            request.agent(),
            interruption);
  }

  /** Gets ready; no request is made yet. */
  public static Download of(Request request, Terminal terminal, Interruption interruption) {
    return new Download(
        request, World.real(interruption, request.retries()), terminal, interruption);
  }

  /**
   * Looks what is there and asks servers for sizes that are not known.
   *
   * @param files each with an address
   * @throws CliException when a file of another size is in the way, or an address may not be
   *     fetched
   */
  public List<Planned> plan(List<RemoteFile> files) {
    List<Planned> plan = new ArrayList<>();
    for (RemoteFile file : files) {
      interruption.check();
      URI url =
          file.url()
              .orElseThrow(() -> new IllegalArgumentException(file.name() + " has no address"));
      WebAddress.refusal(url, request.plain())
          .ifPresent(reason -> {
            throw new CliException(ExitCode.USAGE, WebAddress.shown(url) + ": " + reason);
          });
      plan.add(planned(file, url));
    }
    return plan;
  }

  private Planned planned(RemoteFile file, URI url) {
    Path target = request.folder().resolve(file.name());
    if (Files.exists(target) && request.existing() == Existing.KEEP) {
      return present(file, url, target);
    }
    PartState left = PartFile.left(target, url);
    OptionalLong known = file.bytes().isPresent() ? file.bytes() : left.total();
    OptionalLong bytes = known.isPresent() ? known : askSize(url);
    return new Planned(
        file,
        url,
        target,
        bytes,
        left.bytes() > 0 ? Presence.PART : Presence.NOTHING,
        left.bytes());
  }

  private Planned present(RemoteFile file, URI url, Path target) {
    long size;
    try {
      size = Files.size(target);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NO_INPUT, target + ": cannot be read (" + InputFiles.reason(e) + ")", e);
    }
    if (Files.isDirectory(target) || file.bytes().isPresent() && file.bytes().getAsLong() != size) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          target + ": is there already, but not with the publisher's size; add --overwrite");
    }
    return new Planned(file, url, target, OptionalLong.of(size), Presence.WHOLE, size);
  }

  /** A server that will not say is asked again with the file itself. */
  private OptionalLong askSize(URI url) {
    try (Wire.Answer answer = wire.request("HEAD", url, Map.of())) {
      String type = answer.headers().firstValue("Content-Type").orElse("");
      OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
      boolean told =
          answer.status() == 200 && !type.startsWith("text/html") && length.orElse(0) > 0;
      return told ? length : OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    } catch (CliException e) {
      if (e.exitCode() == ExitCode.INTERRUPTED) {
        throw e;
      }
      return OptionalLong.empty();
    }
  }

  /**
   * Checks before the first byte that everything fits under the limit and on the disk, as far as
   * sizes are known.
   *
   * @throws CliException when it does not
   */
  public void checkRoom(List<Planned> plan) {
    long needed = 0;
    for (Planned planned : plan) {
      long more = Math.max(0, planned.remaining().orElse(0));
      needed = more > Long.MAX_VALUE - needed ? Long.MAX_VALUE : needed + more;
    }
    if (needed > allowance.left()) {
      throw new CliException(
          ExitCode.USAGE,
          "these files take %s, more than --limit %s; choose some with --only or raise it"
              .formatted(ByteSize.shown(needed), ByteSize.shown(allowance.left())));
    }
    long free = usableBytes();
    if (needed > 0 && needed > free - RESERVE_BYTES) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          "%s: %s to download, but %s free on this disk; choose another --out or some with --only"
              .formatted(request.folder(), ByteSize.shown(needed), ByteSize.shown(free)));
    }
  }

  private long usableBytes() {
    Path existing = request.folder().toAbsolutePath();
    for (Path up = existing.getParent();
        up != null && !Files.exists(existing);
        up = up.getParent()) {
      existing = up;
    }
    try {
      return world.storage().usableBytes(existing);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE, existing + ": no such disk (" + InputFiles.reason(e) + ")", e);
    }
  }

  /**
   * Downloads a file, or what is missing of it, and checks it.
   *
   * @throws CliException when that fails; what came is kept for the next run unless it is of no use
   */
  public Fetched fetch(Planned planned) {
    if (planned.presence() == Presence.WHOLE) {
      return new Fetched(planned, planned.presentBytes(), 0, 0, List.of());
    }
    makeFolder(planned.target());
    long before = allowance.received();
    try (PartFile part = PartFile.open(planned.target(), planned.url(), world.storage())) {
      try {
        List<Checksum> wanted = wanted(planned.file());
        FileTransfer transfer =
            new FileTransfer(
                planned.file(),
                planned.url(),
                mostShown(planned),
                wanted,
                part,
                new FileTransfer.Setting(
                    wire, world.policy(), world.pause(), world.random(), allowance, terminal));
        transfer.run();
        if (transfer.continued() && !wanted.isEmpty() && !matches(part, planned, wanted)) {
          terminal.say(planned.file().name() + ": the pieces do not fit together; begun again");
          part.restart();
          transfer.run();
        }
        check(part, planned, wanted);
        long bytes = part.bytes();
        part.complete();
        return new Fetched(
            planned, bytes, allowance.received() - before, transfer.attempts(), wanted);
      } catch (CliException e) {
        if (part.bytes() == 0) {
          part.discard();
        }
        throw e;
      }
    }
  }

  /** Who gives a limit of his own has said how much may come. */
  private OptionalLong mostShown(Planned planned) {
    return request.limit().isPresent() || planned.file().bytes().isPresent()
        ? OptionalLong.empty()
        : planned.bytes();
  }

  private static void makeFolder(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE, folder + ": cannot be made (" + InputFiles.reason(e) + ")", e);
    }
  }

  private List<Checksum> wanted(RemoteFile file) {
    List<Checksum> wanted = new ArrayList<>(file.checksums());
    file.md5Url().flatMap(url -> published(file, url)).ifPresent(wanted::add);
    return wanted;
  }

  /** The MD5 in a small text beside the file. */
  private Optional<Checksum> published(RemoteFile file, URI url) {
    try (Wire.Answer answer = wire.request("GET", url, Map.of())) {
      byte[] text = answer.body().readNBytes(MAX_CHECKSUM_TEXT);
      Matcher matcher = MD5_TEXT.matcher(new String(text, StandardCharsets.ISO_8859_1));
      if (answer.status() == 200 && matcher.find()) {
        return Optional.of(Checksum.of(Checksum.Kind.MD5, matcher.group()));
      }
      terminal.say(
          "%s: the publisher's checksum is not to be had (%d); it will not be checked"
              .formatted(file.name(), answer.status()));
    } catch (IOException e) {
      terminal.say(
          "%s: the publisher's checksum is not to be had (%s); it will not be checked"
              .formatted(file.name(), InputFiles.reason(e)));
    }
    return Optional.empty();
  }

  private boolean matches(PartFile part, Planned planned, List<Checksum> wanted) {
    for (Checksum checksum : wanted) {
      if (!measure(part, planned, checksum).equals(checksum.value())) {
        return false;
      }
    }
    return true;
  }

  private void check(PartFile part, Planned planned, List<Checksum> wanted) {
    for (Checksum checksum : wanted) {
      String found = measure(part, planned, checksum);
      if (!found.equals(checksum.value())) {
        long bytes = part.bytes();
        part.restart();
        throw new CliException(
            ExitCode.DATA,
            "%s: %s is %s, but should be %s; the %s that came are thrown away"
                .formatted(
                    WebAddress.shown(planned.url()),
                    checksum.kind().key(),
                    found,
                    checksum.value(),
                    ByteSize.shown(bytes)));
      }
    }
  }

  private String measure(PartFile part, Planned planned, Checksum checksum) {
    try (InputStream in = Files.newInputStream(part.file());
        Progress progress = terminal.progress()) {
      return checksum.measure(
          in,
          read -> {
            interruption.check();
            progress.update(() ->
                "%s: checking %s, %s of %s"
                    .formatted(
                        planned.file().name(),
                        checksum.kind().key(),
                        ByteSize.shown(read),
                        ByteSize.shown(part.bytes())));
          });
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NO_INPUT, part.file() + ": cannot be read (" + InputFiles.reason(e) + ")", e);
    }
  }

  /** Bytes received so far. */
  public long received() {
    return allowance.received();
  }

  @Override
  public void close() {
    wire.close();
  }
}
