package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A NumPy {@code .npz} file whose arrays are looked at without reading them whole, however large
 * they are. Not thread-safe; close the rows before the file.
 */
public final class NpzFile implements Closeable {
  /**
   * What the file says about an array.
   *
   * @param name without {@code .npy}
   * @param type NumPy's name of the element type; {@code text} for any width of text
   * @param shape sizes of the dimensions; empty for a scalar
   */
  public record ArrayInfo(String name, String type, List<Integer> shape) {}

  private final Path file;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();
  private final List<ArrayInfo> arrays = new ArrayList<>();

  private NpzFile(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
    for (ZipEntry entry : zip.stream().toList()) {
      String name = NpzReader.arrayName(entry);
      if (entries.put(name, entry) != null) {
        throw new ContractException(file + ":" + entry.getName() + ": appears twice in the file");
      }
      try (NpyStream in = NpyStream.open(zip, entry, file.toString())) {
        arrays.add(
            new ArrayInfo(
                name,
                in.header().type().label(),
                Arrays.stream(in.header().shape()).boxed().toList()));
      }
    }
  }

  /**
   * Opens a file and reads the headers of its arrays.
   *
   * @throws ContractException when it is not a readable npz
   */
  public static NpzFile open(Path file) {
    ZipFile zip = NpzReader.open(file);
    try {
      return new NpzFile(file, zip);
    } catch (RuntimeException e) {
      try {
        zip.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** The arrays in file order. */
  public List<ArrayInfo> arrays() {
    return List.copyOf(arrays);
  }

  /**
   * Starts at the first row of an array; a scalar is one row.
   *
   * @throws ContractException when the file has no such array
   */
  public Rows rows(String name) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new ContractException(
          "%s: has no array %s (there are %s)"
              .formatted(file, name, String.join(", ", entries.keySet())));
    }
    return new Rows(NpyStream.open(zip, entry, file.toString()));
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new ContractException(file + ": not readable: " + FileFailure.reason(e), e);
    }
  }

  /** Goes over an array along its first dimension. */
  public static final class Rows implements Closeable {
    private final NpyStream in;
    private final int[] shape;
    private int left;

    private Rows(NpyStream in) {
      this.in = in;
      int[] stated = in.header().shape();
      this.shape = stated.length == 0 ? new int[] {1} : stated.clone();
      this.left = shape[0];
    }

    /** Rows not read yet. */
    public int left() {
      return left;
    }

    /**
     * The next rows; fewer only at the end, where the checksum of the array is checked.
     *
     * @return an array of the same type whose first dimension counts the rows
     * @throws ContractException when the file is damaged
     */
    public NpyArray next(int rows) {
      int[] block = shape.clone();
      block[0] = Math.min(rows, left);
      NpyArray values = in.readBlock(block);
      left -= block[0];
      if (left == 0) {
        in.finish();
      }
      return values;
    }

    @Override
    public void close() {
      in.close();
    }
  }
}
