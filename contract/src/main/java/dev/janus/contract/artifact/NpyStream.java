package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads the elements of one {@code .npy} array in an {@code .npz} file from the first to the last
 * without holding more than a chunk of them. Not thread-safe.
 *
 * <p>Every failure, also of the disk, is a {@link ContractException} naming file and entry. The
 * entry's checksum is known to be right only after {@link #finish}.
 */
final class NpyStream implements Closeable {
  private static final int CHUNK_BYTES = 1 << 16;

  /** No deflate stream packs denser than this. */
  private static final int MAX_DEFLATE_RATIO = 1032;

  private final String place;
  private final CheckedInputStream in;
  private final long crc;
  private final NpyHeader header;
  private final ByteBuffer chunk;
  private long unread;

  private NpyStream(String place, CheckedInputStream in, long crc, NpyHeader header) {
    this.place = place;
    this.in = in;
    this.crc = crc;
    this.header = header;
    this.unread = header.count();
    this.chunk =
        ByteBuffer.allocate(Math.max(CHUNK_BYTES, header.elementBytes())).order(header.order());
  }

  /**
   * Opens an entry and checks that its size is what its header says.
   *
   * @param file name for messages
   */
  static NpyStream open(ZipFile zip, ZipEntry entry, String file) {
    String place = file + ":" + entry.getName();
    try {
      CheckedInputStream in = new CheckedInputStream(entryBytes(zip, entry, place), new CRC32());
      try {
        return new NpyStream(place, in, entry.getCrc(), checkedHeader(in, entry, place));
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ContractException(place + ": not readable: " + FileFailure.reason(e), e);
    }
  }

  private static NpyHeader checkedHeader(InputStream in, ZipEntry entry, String place)
      throws IOException {
    NpyHeader.Parsed parsed = NpyHeader.read(in, place);
    NpyHeader header = parsed.header();
    if (Math.multiplyHigh(header.count(), (long) header.elementBytes()) == 0) {
      long needed = header.count() * header.elementBytes();
      if (needed >= 0 && entry.getSize() - parsed.bytes() == needed) {
        return header;
      }
    }
    throw new ContractException(
        "%s: %d bytes long, which is not what its shape and type need; the file is damaged"
            .formatted(place, entry.getSize()));
  }

  private static InputStream entryBytes(ZipFile zip, ZipEntry entry, String place)
      throws IOException {
    long packed = entry.getCompressedSize();
    long size = entry.getSize();
    boolean plausible =
        entry.getMethod() == ZipEntry.STORED
            ? packed == size
            : size >= 0 && size / MAX_DEFLATE_RATIO <= packed;
    InputStream in = plausible ? zip.getInputStream(entry) : null;
    if (in == null) {
      throw new ContractException(
          "%s: an entry of %d bytes cannot take %d; the file is damaged"
              .formatted(place, size, packed));
    }
    return in;
  }

  NpyHeader header() {
    return header;
  }

  /** File and entry, for messages. */
  String place() {
    return place;
  }

  /** The next {@code count} elements of a float32 array. */
  void read(float[] target, int from, int count) {
    for (int done = 0; done < count; ) {
      int step = fill(NpyType.FLOAT32, count - done);
      chunk.asFloatBuffer().get(target, from + done, step);
      done += step;
    }
  }

  /** The next {@code count} elements of a float64 array. */
  void read(double[] target, int from, int count) {
    for (int done = 0; done < count; ) {
      int step = fill(NpyType.FLOAT64, count - done);
      chunk.asDoubleBuffer().get(target, from + done, step);
      done += step;
    }
  }

  /** The next {@code count} elements of an int32 array. */
  void read(int[] target, int from, int count) {
    for (int done = 0; done < count; ) {
      int step = fill(NpyType.INT32, count - done);
      chunk.asIntBuffer().get(target, from + done, step);
      done += step;
    }
  }

  /** The next {@code count} elements of an int64 array. */
  void read(long[] target, int from, int count) {
    for (int done = 0; done < count; ) {
      int step = fill(NpyType.INT64, count - done);
      chunk.asLongBuffer().get(target, from + done, step);
      done += step;
    }
  }

  /** The next {@code count} elements of a bool array. */
  void read(boolean[] target, int from, int count) {
    for (int done = 0; done < count; ) {
      int step = fill(NpyType.BOOL, count - done);
      for (int i = 0; i < step; i++) {
        target[from + done + i] = chunk.get() != 0;
      }
      done += step;
    }
  }

  /** The next {@code count} elements of a text array, without the padding behind them. */
  void read(String[] target, int from, int count) {
    for (int done = 0; done < count; ) {
      int step = fill(NpyType.UNICODE, count - done);
      for (int i = 0; i < step; i++) {
        target[from + done + i] = nextText();
      }
      done += step;
    }
  }

  /** The next elements as an array of the given shape. */
  NpyArray readBlock(int[] shape) {
    int count = 1;
    for (int size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return switch (header.type()) {
      case FLOAT32 -> {
        float[] v = new float[count];
        read(v, 0, count);
        yield new NpyArray(shape, v);
      }
      case FLOAT64 -> {
        double[] v = new double[count];
        read(v, 0, count);
        yield new NpyArray(shape, v);
      }
      case INT32 -> {
        int[] v = new int[count];
        read(v, 0, count);
        yield new NpyArray(shape, v);
      }
      case INT64 -> {
        long[] v = new long[count];
        read(v, 0, count);
        yield new NpyArray(shape, v);
      }
      case BOOL -> {
        boolean[] v = new boolean[count];
        read(v, 0, count);
        yield new NpyArray(shape, v);
      }
      case UNICODE -> {
        String[] v = new String[count];
        read(v, 0, count);
        yield new NpyArray(shape, v);
      }
    };
  }

  private String nextText() {
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (int i = 0; i < header.characters(); i++) {
      int codePoint = chunk.getInt();
      if (!Character.isValidCodePoint(codePoint)) {
        throw new ContractException(place + ": holds text that is not Unicode");
      }
      text.appendCodePoint(codePoint);
      end = codePoint == 0 ? end : text.length();
    }
    return text.substring(0, end);
  }

  private int fill(NpyType wanted, int count) {
    if (header.type() != wanted) {
      throw new ContractException(
          place + ": holds " + header.type().label() + " where " + wanted.label() + " is needed");
    }
    if (count > unread) {
      throw new IllegalStateException(place + ": read past the last element");
    }
    int step = Math.min(count, chunk.capacity() / header.elementBytes());
    int bytes = step * header.elementBytes();
    try {
      int got = in.readNBytes(chunk.array(), 0, bytes);
      if (got < bytes) {
        throw new ContractException(place + ": ends early; the file is damaged");
      }
    } catch (IOException e) {
      throw new ContractException(place + ": not readable: " + FileFailure.reason(e), e);
    }
    chunk.clear().limit(bytes);
    unread -= step;
    return step;
  }

  /**
   * Says that all elements were read.
   *
   * @throws ContractException when the bytes read do not have the checksum that the file states
   */
  void finish() {
    if (unread != 0) {
      throw new IllegalStateException(place + ": " + unread + " elements were not read");
    }
    try {
      if (in.read() >= 0) {
        throw new ContractException(place + ": longer than its shape says; the file is damaged");
      }
    } catch (IOException e) {
      throw new ContractException(place + ": not readable: " + FileFailure.reason(e), e);
    }
    if (in.getChecksum().getValue() != crc) {
      throw new ContractException(place + ": wrong checksum; the file is damaged");
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new ContractException(place + ": not readable: " + FileFailure.reason(e), e);
    }
  }
}
