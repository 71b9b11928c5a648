package dev.janus.cli.terminal;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One line that says how far a command is: rewritten ten times a second on a screen, printed every
 * five seconds otherwise. Not thread-safe.
 */
public final class Progress implements AutoCloseable {
  private static final long SCREEN_NANOS = 100_000_000L;
  private static final long PLAIN_NANOS = 5_000_000_000L;
  private static final int MAX_COLUMNS = 120;

  private final Terminal terminal;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private long nextNanos;

  Progress(Terminal terminal, Terminal.Screen screen, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.intervalNanos = screen == Terminal.Screen.INTERACTIVE ? SCREEN_NANOS : PLAIN_NANOS;
    this.nextNanos = nanoTime.getAsLong() + intervalNanos;
  }

  /** Shows the line if it is time to; otherwise the supplier is not called. */
  public void update(Supplier<String> line) {
    long now = nanoTime.getAsLong();
    if (now - nextNanos < 0) {
      return;
    }
    nextNanos = now + intervalNanos;
    String text = line.get();
    terminal.draw(text.length() <= MAX_COLUMNS ? text : text.substring(0, MAX_COLUMNS));
  }

  /** Removes the line from the screen. */
  @Override
  public void close() {
    terminal.endProgressLine();
  }
}
