package dev.janus.cli.terminal;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what libraries log through {@link System.Logger} to stderr, one line per record. */
public final class LogRouter extends Handler {
  private final Terminal terminal;
  private final SimpleFormatter formatter = new SimpleFormatter();
  // The log manager holds loggers weakly; without this one the level set on it would be lost.
  private final Logger product = Logger.getLogger("dev.janus");

  private LogRouter(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Replaces the JVM's log handlers for the life of the process. */
  public static void install(Terminal terminal) {
    LogManager.getLogManager().reset();
    LogRouter router = new LogRouter(terminal);
    router.product.setLevel(Level.FINE);
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    root.addHandler(router);
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() < threshold(record).intValue()) {
      return;
    }
    String message = formatter.formatMessage(record);
    if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
      terminal.warn("janus: warning: " + message);
    } else {
      terminal.say("janus: " + message);
    }
    Throwable thrown = record.getThrown();
    if (thrown != null && terminal.verbosity() == Terminal.Verbosity.DEBUG) {
      terminal.trace(thrown);
    }
  }

  /** Other people's libraries are heard only when something is wrong, or with --debug. */
  private Level threshold(LogRecord record) {
    String logger = String.valueOf(record.getLoggerName());
    return switch (terminal.verbosity()) {
      case QUIET -> Level.WARNING;
      case NORMAL -> logger.startsWith("dev.janus") ? Level.INFO : Level.WARNING;
      case DEBUG -> Level.FINE;
    };
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
