package dev.janus.cli;

import dev.janus.cli.terminal.Interruption;
import dev.janus.cli.terminal.Terminal;

/** What every command works with. One per invocation. */
final class CommandContext {
  private final Terminal terminal;
  private final Interruption interruption;
  private final ProductBuild build;
  private boolean json;

  CommandContext(Terminal terminal, Interruption interruption, ProductBuild build) {
    this.terminal = terminal;
    this.interruption = interruption;
    this.build = build;
  }

  Terminal terminal() {
    return terminal;
  }

  Interruption interruption() {
    return interruption;
  }

  ProductBuild build() {
    return build;
  }

  /** Whether results are printed as JSON instead of tables. */
  boolean json() {
    return json;
  }

  void printJson() {
    json = true;
  }

  /** Prints a line of data at once, so that whoever reads a pipe need not wait. */
  void print(String line) {
    terminal.out().println(line);
    terminal.out().flush();
  }
}
