package dev.janus.contract.capture;

import java.io.IOException;
import java.io.InputStream;

/** A stream whose first bytes can be looked at and whose position is known. */
final class SourceStream extends InputStream {
  private static final int READ_AHEAD = 1 << 13;

  private final InputStream in;
  private final byte[] ahead = new byte[READ_AHEAD];
  private int position;
  private int limit;
  private volatile long consumed;

  SourceStream(InputStream in) {
    this.in = in;
  }

  /** Whether the next bytes are {@code expected}. Only before the first read. */
  boolean startsWith(byte[] expected) throws IOException {
    while (limit < expected.length) {
      int read = in.read(ahead, limit, ahead.length - limit);
      if (read < 0) {
        return false;
      }
      limit += read;
    }
    for (int i = 0; i < expected.length; i++) {
      if (ahead[i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** Bytes handed out so far; may be read from another thread. */
  long consumed() {
    return consumed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read;
    if (position < limit) {
      read = Math.min(length, limit - position);
      System.arraycopy(ahead, position, bytes, offset, read);
      position += read;
    } else {
      read = in.read(bytes, offset, length);
    }
    consumed += Math.max(read, 0);
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
