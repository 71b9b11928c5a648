package dev.janus.contract.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952) of one member or several, in fixed memory. The JDK's own stream takes a
 * damaged header of a later member for the end of the file; here whatever is behind a member is
 * another one, zeros up to the end of the file, or an error. Not thread-safe.
 */
public final class GzipStream extends InputStream {
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int END = -1;

  // Flags of a header.
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final byte[] packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final CRC32 headerChecksum = new CRC32();
  private int position;
  private int limit;
  private boolean ended;
  private boolean closed;

  /**
   * Reads the first header.
   *
   * @param in closed with this stream, also when this fails
   * @param bufferBytes packed bytes read at a time, at least 1
   * @throws ZipException when it does not begin as gzip does
   * @throws EOFException when it ends before
   */
  public GzipStream(InputStream in, int bufferBytes) throws IOException {
    this.in = in;
    this.packed = new byte[bufferBytes];
    try {
      readHeader(readByte());
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? END : one[0] & 0xff;
  }

  /**
   * Reads unpacked bytes.
   *
   * @throws ZipException when the packed bytes are damaged, a checksum included
   * @throws EOFException when they end early
   */
  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int count = inflate(to, offset, length);
      if (count > 0) {
        checksum.update(to, offset, count);
        return count;
      }
      if (inflater.finished()) {
        position = limit - inflater.getRemaining();
        readTrailer();
        nextMember();
      } else if (inflater.needsInput()) {
        if (!refill()) {
          throw early();
        }
        inflater.setInput(packed, 0, limit);
      } else {
        throw new ZipException("the packed bytes need a dictionary");
      }
    }
    return END;
  }

  private int inflate(byte[] to, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(to, offset, length);
    } catch (DataFormatException e) {
      ZipException failure = new ZipException("packed bytes that cannot be: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  private void readTrailer() throws IOException {
    long expected = littleEndian(4);
    long size = littleEndian(4);
    if (expected != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new ZipException("checksum or size of a gzip member is wrong");
    }
  }

  private void nextMember() throws IOException {
    int first = nextByte();
    if (first == MAGIC_1) {
      readHeader(first);
      return;
    }
    // Tapes and some writers fill the last block up with zeros.
    while (first == 0) {
      first = nextByte();
    }
    if (first != END) {
      throw new ZipException("bytes behind a gzip member that are no other one");
    }
    ended = true;
  }

  private void readHeader(int first) throws IOException {
    headerChecksum.reset();
    headerChecksum.update(first);
    if (first != MAGIC_1 || headerByte() != MAGIC_2 || headerByte() != DEFLATE) {
      throw new ZipException("no gzip header");
    }
    int flags = headerByte();
    if ((flags & RESERVED) != 0) {
      throw new ZipException("a gzip header with unknown flags");
    }
    skipHeader(6); // time, level, system
    if ((flags & EXTRA) != 0) {
      int low = headerByte();
      skipHeader(low | headerByte() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      long computed = headerChecksum.getValue() & 0xffff;
      if (littleEndian(2) != computed) {
        throw new ZipException("checksum of a gzip header is wrong");
      }
    }
    checksum.reset();
    inflater.reset();
    inflater.setInput(packed, position, limit - position);
  }

  private void skipHeader(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      headerByte();
    }
  }

  private void skipText() throws IOException {
    while (headerByte() != 0) {
      // A name or a comment ends with a zero.
    }
  }

  private int headerByte() throws IOException {
    int value = readByte();
    headerChecksum.update(value);
    return value;
  }

  private long littleEndian(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) readByte() << (8 * i);
    }
    return value;
  }

  private int readByte() throws IOException {
    int value = nextByte();
    if (value == END) {
      throw early();
    }
    return value;
  }

  /** A packed byte, or {@link #END}. */
  private int nextByte() throws IOException {
    return position < limit || refill() ? packed[position++] & 0xff : END;
  }

  /** Reads the next packed bytes; false when there are none. */
  private boolean refill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(packed, 0, packed.length));
    return limit > 0;
  }

  private static EOFException early() {
    return new EOFException("the gzip stream ends early");
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      inflater.end();
      in.close();
    }
  }
}
