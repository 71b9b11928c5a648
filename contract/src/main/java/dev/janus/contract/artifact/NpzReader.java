package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads whole arrays of NumPy {@code .npz} files (C order, either byte order, stored or deflated,
 * zip64) into memory, checking the checksum of each. Arrays beyond 2 GiB are refused: nothing that
 * large is ever needed whole.
 */
public final class NpzReader {
  private NpzReader() {}

  /**
   * Reads every array of the file, keyed by name without {@code .npy}, in file order.
   *
   * @throws ContractException when the file is not a readable npz; names file and entry
   */
  public static Map<String, NpyArray> readAll(Path file) {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = open(file)) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (NpyStream in = NpyStream.open(zip, entry, file.toString())) {
          if (arrays.put(arrayName(entry), readWhole(in)) != null) {
            throw new ContractException(in.place() + ": appears twice in the file");
          }
          in.finish();
        }
      }
    } catch (IOException e) {
      throw notReadable(file, e);
    }
    return arrays;
  }

  /**
   * Reads one array.
   *
   * @param name without {@code .npy}
   * @throws ContractException when the file is not a readable npz or has no such array
   */
  public static NpyArray read(Path file, String name) {
    try (ZipFile zip = open(file)) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (arrayName(entry).equals(name)) {
          try (NpyStream in = NpyStream.open(zip, entry, file.toString())) {
            NpyArray array = readWhole(in);
            in.finish();
            return array;
          }
        }
      }
      List<String> names = zip.stream().map(NpzReader::arrayName).toList();
      throw new ContractException(
          "%s: has no array %s (there are %s)".formatted(file, name, String.join(", ", names)));
    } catch (IOException e) {
      throw notReadable(file, e);
    }
  }

  /** Opens the container; damage to its directory shows here. */
  static ZipFile open(Path file) {
    try {
      return new ZipFile(file.toFile());
    } catch (IOException | IllegalArgumentException e) {
      throw notReadable(file, e);
    }
  }

  static String arrayName(ZipEntry entry) {
    String name = entry.getName();
    return name.endsWith(".npy") ? name.substring(0, name.length() - 4) : name;
  }

  private static NpyArray readWhole(NpyStream in) {
    NpyHeader header = in.header();
    if (header.count() * header.elementBytes() > Integer.MAX_VALUE) {
      throw new ContractException(in.place() + ": larger than 2 GiB, too large to read whole");
    }
    return in.readBlock(header.shape());
  }

  private static ContractException notReadable(Path file, Exception cause) {
    String message = file + ": not a readable .npz file: " + FileFailure.reason(cause);
    return cause instanceof NoSuchFileException
        ? new MissingInputException(message, cause)
        : new ContractException(message, cause);
  }
}
