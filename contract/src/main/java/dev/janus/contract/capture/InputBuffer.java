package dev.janus.contract.capture;

import dev.janus.contract.ContractException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/**
 * A sliding window over a stream. Its size is fixed, whatever lengths the file states: a record of
 * up to {@link #LOOK_AHEAD} bytes lies in it whole, the rest of a longer one is skipped.
 */
final class InputBuffer implements AutoCloseable {
  /** Largest number of bytes that can be asked for at once. */
  static final int LOOK_AHEAD = (1 << 18) + 256;

  static final int DEFAULT_CAPACITY = 1 << 19;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final InputStream in;
  private final String name;
  private final byte[] bytes;
  private int position;
  private int limit;
  private long offsetOfStart;
  private boolean ended;
  private boolean damaged;
  private boolean bigEndian;

  InputBuffer(InputStream in, String name, int capacity) {
    if (capacity < LOOK_AHEAD) {
      throw new IllegalArgumentException("capacity " + capacity + " is below " + LOOK_AHEAD);
    }
    this.in = in;
    this.name = name;
    this.bytes = new byte[capacity];
  }

  /** Name of the file for messages. */
  String name() {
    return name;
  }

  byte[] array() {
    return bytes;
  }

  /** Index in {@link #array} of the next byte. */
  int position() {
    return position;
  }

  /** Bytes in the window from the position on. */
  int available() {
    return limit - position;
  }

  /** Offset of the next byte in the uncompressed file. */
  long offset() {
    return offsetOfStart + position;
  }

  /** Whether the stream ended because its compressed form is cut or damaged. */
  boolean isDamaged() {
    return damaged;
  }

  /** Byte order of {@link #unsignedShort} and {@link #int32} from now on. */
  void bigEndian(boolean order) {
    bigEndian = order;
  }

  /**
   * Makes the next {@code count} bytes available.
   *
   * @param count at most {@link #LOOK_AHEAD}
   * @return false when the stream ends before; what there is stays available
   */
  boolean ensure(int count) {
    return limit - position >= count || fill(count);
  }

  private boolean fill(int count) {
    System.arraycopy(bytes, position, bytes, 0, limit - position);
    offsetOfStart += position;
    limit -= position;
    position = 0;
    while (limit < count && !ended) {
      try {
        int read = in.read(bytes, limit, bytes.length - limit);
        ended = read < 0;
        limit += Math.max(read, 0);
      } catch (EOFException | ZipException e) {
        ended = true;
        damaged = true;
      } catch (IOException e) {
        throw new ContractException(
            name + ": offset " + (offsetOfStart + limit) + ": cannot be read: " + e.getMessage(),
            e);
      }
    }
    return limit >= count;
  }

  /**
   * Moves forward.
   *
   * @return false when the stream ends before
   */
  boolean skip(long count) {
    long left = count;
    while (left > limit - position) {
      left -= limit - position;
      position = limit;
      if (!fill(1)) {
        return false;
      }
    }
    position += (int) left;
    return true;
  }

  int unsignedByte(int at) {
    return bytes[position + at] & 0xff;
  }

  /** The 16 bits {@code at} bytes behind the position; they must be available. */
  int unsignedShort(int at) {
    short value = (short) SHORT.get(bytes, position + at);
    return (bigEndian ? Short.reverseBytes(value) : value) & 0xffff;
  }

  /** The 32 bits {@code at} bytes behind the position; they must be available. */
  int int32(int at) {
    int value = (int) INT.get(bytes, position + at);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  long unsignedInt(int at) {
    return int32(at) & 0xffff_ffffL;
  }

  long int64(int at) {
    return bigEndian
        ? (long) int32(at) << 32 | unsignedInt(at + 4)
        : (long) int32(at + 4) << 32 | unsignedInt(at);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new ContractException(name + ": cannot be closed: " + e.getMessage(), e);
    }
  }
}
