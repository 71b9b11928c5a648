package dev.janus.cli.terminal;

import java.io.PrintStream;

/**
 * The two streams of a command. Data goes to {@link #out}; everything a person reads while it runs
 * goes to stderr through {@link #say}, {@link #warn} and {@link #progress}. Thread-safe.
 */
public final class Terminal {
  /** How much is said on stderr. */
  public enum Verbosity {
    /** Warnings and errors only. */
    QUIET,
    NORMAL,
    /** Also stack traces and the log of the libraries. */
    DEBUG
  }

  /** Whether stderr is a screen whose last line can be rewritten. */
  public enum Screen {
    INTERACTIVE,
    PLAIN
  }

  private final PrintStream out;
  private final PrintStream err;
  private final Screen screen;
  private Verbosity verbosity = Verbosity.NORMAL;
  private boolean lineOpen;

  public Terminal(PrintStream out, PrintStream err, Screen screen) {
    this.out = out;
    this.err = err;
    this.screen = screen;
  }

  /** Where data goes. */
  public PrintStream out() {
    return out;
  }

  public synchronized Verbosity verbosity() {
    return verbosity;
  }

  public synchronized void verbosity(Verbosity verbosity) {
    this.verbosity = verbosity;
  }

  /** One line for a person; silent with --quiet. */
  public synchronized void say(String line) {
    if (verbosity != Verbosity.QUIET) {
      endProgressLine();
      err.println(line);
    }
  }

  /** One line that --quiet does not silence. */
  public synchronized void warn(String line) {
    endProgressLine();
    err.println(line);
  }

  /** The stack trace behind an error, for --debug. */
  public synchronized void trace(Throwable error) {
    endProgressLine();
    error.printStackTrace(err);
  }

  /** A progress display; updates cost next to nothing between two drawings. */
  public Progress progress() {
    return new Progress(this, screen, System::nanoTime);
  }

  synchronized void draw(String line) {
    if (verbosity == Verbosity.QUIET) {
      return;
    }
    if (screen == Screen.INTERACTIVE) {
      err.print("\r" + line + "\u001b[K");
      err.flush();
      lineOpen = true;
    } else {
      err.println(line);
    }
  }

  synchronized void endProgressLine() {
    if (lineOpen) {
      err.print("\r\u001b[K");
      err.flush();
      lineOpen = false;
    }
  }
}
