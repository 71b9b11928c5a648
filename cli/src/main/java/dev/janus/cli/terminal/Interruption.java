package dev.janus.cli.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM. A command asks {@link #requested} between two pieces of work, leaves its
 * files in order and ends; the JVM waits for that before it exits. Thread-safe.
 */
public final class Interruption {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;

  /** Hooks into the JVM's shutdown. */
  public void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "janus-interruption"));
  }

  /** Whether the command should end at its next safe point. */
  public boolean requested() {
    return requested;
  }

  /** Asks the command to end, as Ctrl-C does. */
  public void request() {
    requested = true;
  }

  /** Ends the command by exception when it was asked to end. */
  public void check() {
    if (requested) {
      throw new CliException(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  /** Tells the shutdown hook that all files are in order. */
  public void finish() {
    finished.countDown();
  }

  private void stopAndWait() {
    if (finished.getCount() == 0) {
      return;
    }
    requested = true;
    try {
      boolean ignored = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
