package dev.janus.cli.terminal;

/** Exit codes of every command, after BSD's sysexits. Scripts rely on them. */
public enum ExitCode {
  OK(0),
  /** The command line is wrong: unknown option, missing argument, bad value. */
  USAGE(64),
  /** An input exists but cannot be used: corrupt capture, wrong column, misspelt config key. */
  DATA(65),
  /** An input does not exist or cannot be opened. */
  NO_INPUT(66),
  /** This machine lacks something that was asked for: memory, a kernel. */
  UNAVAILABLE(69),
  /** A fault of the product itself. */
  INTERNAL(70),
  /** An output cannot be created or written. */
  CANNOT_CREATE(73),
  /** Ctrl-C, as shells report it. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
