package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A bare {@code .npy} file, mapped into memory. It stays mapped until the garbage collector finds
 * nobody who reads it.
 *
 * @param header what the file says it holds
 * @param elements the elements, little-endian
 */
record MappedArray(NpyHeader header, MemorySegment elements) {
  private static final int LONGEST_HEADER = 1 << 12;

  /**
   * Maps the file.
   *
   * @param type elements it must have
   * @param shape sizes it must have
   * @param bytes size that the file must have
   * @throws ContractException when it is something else
   */
  static MappedArray open(Path file, NpyType type, int[] shape, long bytes) {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() != bytes) {
        throw new ContractException(
            "%s: %d bytes instead of the %d of the index%s"
                .formatted(file, channel.size(), bytes, TableColumns.FIX));
      }
      NpyHeader.Parsed parsed = header(file);
      NpyHeader header = parsed.header();
      if (header.type() != type
          || header.order() != ByteOrder.LITTLE_ENDIAN
          || !Arrays.equals(header.shape(), shape)
          || parsed.bytes() + header.count() * type.unitBytes() != bytes) {
        throw new ContractException(
            "%s: holds %s %s, not %s %s little-endian%s"
                .formatted(
                    file,
                    header.type().label(),
                    Arrays.toString(header.shape()),
                    type.label(),
                    Arrays.toString(shape),
                    TableColumns.FIX));
      }
      MemorySegment whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, Arena.ofAuto());
      return new MappedArray(header, whole.asSlice(parsed.bytes()));
    } catch (IOException e) {
      throw new ContractException(
          file + ": cannot be read: " + FileFailure.reason(e) + TableColumns.FIX, e);
    }
  }

  private static NpyHeader.Parsed header(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return NpyHeader.read(
          new ByteArrayInputStream(in.readNBytes(LONGEST_HEADER)), file.toString());
    }
  }
}
