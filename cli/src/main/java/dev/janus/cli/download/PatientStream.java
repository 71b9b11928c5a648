package dev.janus.cli.download;

import dev.janus.cli.terminal.Interruption;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A body that does not keep its reader waiting for ever: when nothing has come for too long, or the
 * command is to end, a second thread closes it and the waiting read fails.
 */
final class PatientStream extends InputStream {
  private static final long POLL_NANOS = 50_000_000;

  private enum End {
    NONE,
    SILENCE,
    INTERRUPTION
  }

  private final InputStream in;
  private final Duration silence;
  private final Interruption interruption;
  private final Thread guard;
  private volatile long waitingSince;
  private volatile boolean waiting;
  private volatile boolean closed;
  private volatile End end = End.NONE;

  PatientStream(InputStream in, Duration silence, Interruption interruption) {
    this.in = in;
    this.silence = silence;
    this.interruption = interruption;
    this.guard = Thread.ofVirtual().name("janus-download-guard").start(this::watch);
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(POLL_NANOS);
      boolean silent = waiting && System.nanoTime() - waitingSince > silence.toNanos();
      if (!closed && (silent || interruption.requested())) {
        end = interruption.requested() ? End.INTERRUPTION : End.SILENCE;
        closeQuietly();
        return;
      }
    }
  }

  private void closeQuietly() {
    try {
      in.close();
    } catch (IOException e) {
      System.getLogger(PatientStream.class.getName())
          .log(System.Logger.Level.DEBUG, "an answer could not be closed", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    waitingSince = System.nanoTime();
    waiting = true;
    try {
      int n = in.read(target, from, length);
      if (n < 0 && end != End.NONE) {
        throw new IOException("closed");
      }
      return n;
    } catch (IOException e) {
      switch (end) {
        case INTERRUPTION -> interruption.check();
        case SILENCE -> throw new IOException("nothing came for " + silence.toSeconds() + " s", e);
        case NONE -> {}
      }
      throw e;
    } finally {
      waiting = false;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    LockSupport.unpark(guard);
    in.close();
  }
}
