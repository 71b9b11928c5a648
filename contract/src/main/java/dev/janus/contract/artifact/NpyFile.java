package dev.janus.contract.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a bare {@code .npy} file of {@code rows x columns} elements, the number of rows being
 * known at the end only. The file is not atomic: it lies in a folder that becomes visible as a
 * whole. Not thread-safe.
 */
final class NpyFile implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private final ChannelOutput out;
  private final NpyType type;
  private final int columns;
  private final int headerBytes;

  private NpyFile(Path file, FileChannel channel, NpyType type, int columns) throws IOException {
    this.file = file;
    this.channel = channel;
    this.out = new ChannelOutput(channel);
    this.type = type;
    this.columns = columns;
    // A header is padded to 64 bytes, which hides how many digits the final number of rows has.
    byte[] placeholder = header(Integer.MAX_VALUE);
    this.headerBytes = placeholder.length;
    out.write(placeholder);
  }

  /**
   * Starts a file.
   *
   * @param columns elements of a row; 0 for a vector
   */
  static NpyFile create(Path file, NpyType type, int columns) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new NpyFile(file, channel, type, columns);
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  private byte[] header(int rows) {
    return (columns == 0 ? NpyHeader.of(type, rows) : NpyHeader.of(type, rows, columns)).toBytes();
  }

  void put(float[] values, int count) {
    try {
      for (int i = 0; i < count; i++) {
        out.putFloat(values[i]);
      }
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  void put(double[] values) {
    try {
      for (double value : values) {
        out.putDouble(value);
      }
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  void put(long value) {
    try {
      out.putLong(value);
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  /** Writes the number of rows into the header and brings the file to the disk. */
  void finish() {
    try {
      long bytes = out.position() - headerBytes;
      long rowBytes = (long) type.unitBytes() * Math.max(1, columns);
      byte[] header = header(Math.toIntExact(bytes / rowBytes));
      if (bytes % rowBytes != 0 || header.length != headerBytes) {
        throw new IllegalStateException(file + ": " + bytes + " bytes are no whole rows");
      }
      out.patch(0, ByteBuffer.wrap(header));
      channel.force(true);
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }
}
