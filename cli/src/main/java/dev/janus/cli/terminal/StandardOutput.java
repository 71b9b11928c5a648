package dev.janus.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Stdout that says why a write failed, which a {@link java.io.PrintStream} keeps to itself. After a
 * failure it swallows what comes. Not thread-safe.
 */
public final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private boolean failed;

  public StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** The reader of a pipe has all it wants, as {@code head} after ten lines: no fault at all. */
  public static final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ReaderGone(IOException cause) {
      super("standard output was closed", cause);
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * @throws ReaderGone when nobody reads any more
   * @throws CliException with {@link ExitCode#CANNOT_CREATE} when the write failed otherwise
   */
  @Override
  public void write(byte[] bytes, int from, int length) {
    if (failed) {
      return;
    }
    try {
      out.write(bytes, from, length);
      out.flush();
    } catch (IOException e) {
      failed = true;
      String reason = String.valueOf(e.getMessage());
      if (reason.toLowerCase(Locale.ROOT).contains("pipe")) {
        throw new ReaderGone(e);
      }
      throw new CliException(
          ExitCode.CANNOT_CREATE, "standard output cannot be written (" + reason + ")", e);
    }
  }
}
