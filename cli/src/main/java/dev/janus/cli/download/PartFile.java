package dev.janus.cli.download;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.OutputException;
import dev.janus.contract.artifact.AtomicFile;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that is being downloaded: {@code NAME.part} and beside it {@code NAME.part.json} with what
 * is known of it. The state counts only bytes that were forced to the disk, so whatever ends the
 * process, the next one goes on from bytes that are really there. Every failure of the disk is a
 * {@link CliException} with {@link ExitCode#CANNOT_CREATE}. Not thread-safe.
 */
final class PartFile implements Closeable {
  /** So much is lost at most when the process is killed. */
  static final long FORCE_BYTES = 64 << 20;

  private final Path target;
  private final Path file;
  private final Path stateFile;
  private final PartStorage.Part part;
  private PartState state;
  private long bytes;

  private PartFile(Path target, Path file, PartStorage.Part part, PartState state) {
    this.target = target;
    this.file = file;
    this.stateFile = stateFile(target);
    this.part = part;
    this.state = state;
    this.bytes = state.bytes();
  }

  static Path partFile(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  static Path stateFile(Path target) {
    return target.resolveSibling(target.getFileName() + ".part.json");
  }

  /** What an earlier run left of a file from this address; empty state if nothing of use. */
  static PartState left(Path target, URI url) {
    PartState empty = PartState.empty(url);
    try {
      Path stateFile = stateFile(target);
      if (!Files.exists(stateFile) || !Files.exists(partFile(target))) {
        return empty;
      }
      return PartState.parse(Files.readString(stateFile))
          .filter(state -> state.source().equals(empty.source()))
          .filter(state -> state.total().isEmpty() || state.bytes() <= state.total().getAsLong())
          .orElse(empty);
    } catch (IOException e) {
      return empty; // not even text: begun again
    }
  }

  /** Opens or makes the part of a file; bytes that are not known to be good are cut off. */
  static PartFile open(Path target, URI url, PartStorage storage) {
    Path file = partFile(target);
    PartStorage.Part part;
    try {
      part = storage.open(file);
    } catch (PartStorage.InUseException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE, file + ": another janus download is writing it", e);
    } catch (IOException e) {
      throw failed(file, e);
    }
    try {
      PartState state = left(target, url);
      long known = Math.min(state.bytes(), part.size());
      PartFile opened = new PartFile(target, file, part, state.withBytes(known));
      opened.save();
      part.truncate(known);
      return opened;
    } catch (IOException e) {
      closeQuietly(part, e);
      throw failed(file, e);
    } catch (RuntimeException e) {
      closeQuietly(part, e);
      throw e;
    }
  }

  /** How much of the file is here. */
  long bytes() {
    return bytes;
  }

  OptionalLong total() {
    return state.total();
  }

  Optional<String> validator() {
    return state.validator();
  }

  Path file() {
    return file;
  }

  /** Notes what the server says of the file from whose begin on it is now written. */
  void describe(OptionalLong total, Optional<String> validator) {
    state = state.of(total, validator);
    save();
  }

  /** Throws away what is here; the state goes first, so no crash leaves old bytes as new ones. */
  void restart() {
    bytes = 0;
    state = state.withBytes(0).of(OptionalLong.empty(), Optional.empty());
    writeState();
    try {
      part.truncate(0);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  void append(ByteBuffer chunk) {
    int length = chunk.remaining();
    try {
      part.write(chunk, bytes);
    } catch (IOException e) {
      keepWhatFits();
      throw failed(file, e);
    }
    bytes += length;
    if (bytes - state.bytes() >= FORCE_BYTES) {
      save();
    }
  }

  /** A full disk takes no state either; the one that is there still holds. */
  private void keepWhatFits() {
    try {
      save();
    } catch (CliException e) {
      System.getLogger(PartFile.class.getName())
          .log(System.Logger.Level.DEBUG, "the state of " + file + " stays as it was", e);
    }
  }

  /** Forces the bytes to the disk and then counts them. */
  void save() {
    try {
      part.force();
    } catch (IOException e) {
      throw failed(file, e);
    }
    state = state.withBytes(bytes);
    writeState();
  }

  private void writeState() {
    try (AtomicFile out = AtomicFile.create(stateFile)) {
      ByteBuffer text = ByteBuffer.wrap(state.toJson().getBytes(StandardCharsets.UTF_8));
      while (text.hasRemaining()) {
        out.channel().write(text);
      }
      out.commit();
    } catch (IOException e) {
      throw failed(stateFile, e);
    } catch (OutputException e) {
      throw new CliException(ExitCode.CANNOT_CREATE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Gives the file its name; nothing may be written afterwards. */
  void complete() {
    save();
    try {
      part.close();
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(stateFile);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  /** Removes part and state. */
  void discard() {
    try {
      part.close();
      Files.deleteIfExists(stateFile);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static CliException failed(Path file, IOException e) {
    return new CliException(
        ExitCode.CANNOT_CREATE,
        file
            + ": cannot be written ("
            + InputFiles.reason(e)
            + "); what is there is kept, the same command goes on from it",
        e);
  }

  private static void closeQuietly(PartStorage.Part part, Exception cause) {
    try {
      part.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    try {
      part.close();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }
}
