package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes arrays into a NumPy {@code .npz} file (stored, little-endian, zip64 where needed), which
 * appears under its name on {@link #commit} and not before. Not thread-safe.
 *
 * <pre>{@code
 * try (NpzWriter npz = NpzWriter.create(file)) {
 *   npz.put("d2", NpyArray.of(distances));
 *   npz.commit();
 * }
 * }</pre>
 */
public final class NpzWriter implements Closeable {
  private final AtomicFile file;
  private final StoredZip zip;
  private final Set<String> names = new HashSet<>();
  private boolean finished;

  private NpzWriter(AtomicFile file) {
    this.file = file;
    this.zip = new StoredZip(file.channel());
  }

  /**
   * Starts a file.
   *
   * @throws ContractException when its folder cannot be written to
   */
  public static NpzWriter create(Path file) {
    return new NpzWriter(AtomicFile.create(file));
  }

  /**
   * Adds an array. Text is stored as wide as the longest element.
   *
   * @param name as {@code numpy.load} will show it, without {@code .npy}
   * @throws ContractException when the disk refuses
   */
  public void put(String name, NpyArray array) {
    NpyType type = array.type();
    NpyHeader header =
        type == NpyType.UNICODE
            ? NpyHeader.ofText(widest(array.strings()), array.shape())
            : NpyHeader.of(type, array.shape());
    put(name, header, out -> putValues(out, array, header.characters()));
  }

  /** Adds an array whose elements are produced while they are written. */
  void put(String name, NpyHeader header, ElementWriter elements) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("array " + name + " was already written");
    }
    try {
      ChannelOutput out = zip.beginEntry(name + ".npy");
      out.write(header.toBytes());
      long start = out.position();
      elements.writeTo(out);
      if (out.position() - start != header.count() * header.elementBytes()) {
        throw new IllegalStateException(name + " does not have the size that its shape says");
      }
      zip.endEntry();
    } catch (IOException e) {
      throw FileFailure.writing(file.target(), e);
    }
  }

  /** Completes the file on the disk, still under its temporary name; nothing more can be added. */
  void finish() {
    try {
      zip.finish();
    } catch (IOException e) {
      throw FileFailure.writing(file.target(), e);
    }
    file.force();
    finished = true;
  }

  /** Completes the file and puts it in its place. */
  public void commit() {
    if (!finished) {
      finish();
    }
    file.commit();
  }

  /** Throws away what was written, unless it was committed. */
  @Override
  public void close() {
    file.close();
  }

  /** Produces the elements of an array, little-endian, in C order. */
  @FunctionalInterface
  interface ElementWriter {
    void writeTo(ChannelOutput out) throws IOException;
  }

  private static int widest(String[] texts) {
    int width = 1;
    for (String text : texts) {
      width = Math.max(width, text.codePointCount(0, text.length()));
    }
    return width;
  }

  private static void putValues(ChannelOutput out, NpyArray array, int characters)
      throws IOException {
    switch (array.type()) {
      case FLOAT32 -> {
        for (float value : array.floats()) {
          out.putFloat(value);
        }
      }
      case FLOAT64 -> {
        for (double value : array.doubles()) {
          out.putDouble(value);
        }
      }
      case INT32 -> {
        for (int value : array.ints()) {
          out.putInt(value);
        }
      }
      case INT64 -> {
        for (long value : array.longs()) {
          out.putLong(value);
        }
      }
      case BOOL -> {
        for (boolean value : array.booleans()) {
          out.write(value ? 1 : 0);
        }
      }
      case UNICODE -> {
        for (String text : array.strings()) {
          putText(out, text, characters);
        }
      }
    }
  }

  private static void putText(ChannelOutput out, String text, int characters) throws IOException {
    int[] codePoints = text.codePoints().toArray();
    for (int i = 0; i < characters; i++) {
      out.putInt(i < codePoints.length ? codePoints[i] : 0);
    }
  }
}
