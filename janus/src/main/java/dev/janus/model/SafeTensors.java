package dev.janus.model;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Named arrays and text entries in one file of the safetensors format, with an integrity digest.
 * Any safetensors library reads the files; this class reads only files with a digest, that is those
 * it wrote itself.
 *
 * <p>Layout: 8 bytes little-endian header length; a JSON header padded with spaces to a multiple of
 * 8; the arrays, little-endian, one behind the other without gaps, wider elements first so that
 * each is aligned to its element. The metadata entry {@value #DIGEST_KEY} is the SHA-256 of the
 * whole file with the 64 digits of that entry taken as zeros: one changed byte anywhere is an
 * error. The same content gives the same bytes.
 *
 * @param tensors arrays by name
 * @param metadata text entries, the digest not among them
 */
public record SafeTensors(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
  /** Metadata entry that holds the digest. */
  public static final String DIGEST_KEY = "janus.sha256";

  public SafeTensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    if (metadata.containsKey(DIGEST_KEY) || tensors.containsKey(SafeTensorsHeader.METADATA)) {
      throw new IllegalArgumentException("a reserved name is used");
    }
  }

  /**
   * Writes the file atomically: it appears whole and on disk, or an existing one stays as it was.
   *
   * @throws ModelException when it cannot be written; names file and reason
   */
  public void write(Path file) {
    SafeTensorsWriter.write(file, this);
  }

  /**
   * Reads and checks a file. Memory is bounded by the file's size.
   *
   * @throws ModelException when the file is missing, unreadable, damaged or without digest; names
   *     the file and what to do
   */
  public static SafeTensors read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new MissingModelException(
          file + (Files.exists(file) ? ": not a file" : ": no such file"));
    }
    try (InputStream in = new FileInputStream(file.toFile())) {
      return SafeTensorsReader.read(in, Files.size(file), file.toString());
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** An array that must be there as 32-bit floats of a given shape. */
  public StoredTensor.Float32 float32(String name, int... shape) {
    return checked(name, StoredTensor.Float32.class, shape);
  }

  /** An array that must be there as 64-bit floats of a given shape. */
  public StoredTensor.Float64 float64(String name, int... shape) {
    return checked(name, StoredTensor.Float64.class, shape);
  }

  /** An array that must be there as 64-bit integers of a given shape. */
  public StoredTensor.Int64 int64(String name, int... shape) {
    return checked(name, StoredTensor.Int64.class, shape);
  }

  private <T extends StoredTensor> T checked(String name, Class<T> type, int[] shape) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelException("tensor " + name + " is missing");
    }
    if (!type.isInstance(tensor) || !Arrays.equals(tensor.shape(), shape)) {
      throw new ModelException(
          "tensor "
              + name
              + " is "
              + described(tensor.getClass(), tensor.shape())
              + " instead of "
              + described(type, shape));
    }
    return type.cast(tensor);
  }

  private static String described(Class<?> type, int[] shape) {
    return type.getSimpleName() + Arrays.toString(shape);
  }

  /** A metadata entry that must be there. */
  public String text(String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new ModelException("metadata entry " + key + " is missing");
    }
    return value;
  }
}
