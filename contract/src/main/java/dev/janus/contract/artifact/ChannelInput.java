package dev.janus.contract.artifact;

import dev.hardwood.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Hands a file to the Parquet library by ordinary reads. The library's own way maps the file into
 * memory and hands it to native code from threads that outlive the reader: a file that is cut
 * meanwhile then takes the whole JVM down. Thread-safe.
 */
final class ChannelInput implements InputFile {
  private final Path file;
  private final FileChannel channel;

  private ChannelInput(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static ChannelInput of(Path file) throws IOException {
    return new ChannelInput(file, FileChannel.open(file, StandardOpenOption.READ));
  }

  @Override
  public void open() {}

  @Override
  public ByteBuffer readRange(long offset, int length) throws IOException {
    if (offset < 0 || length < 0 || offset + length > channel.size()) {
      throw new IndexOutOfBoundsException(length + " bytes at " + offset + " of " + file);
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  @Override
  public long length() throws IOException {
    return channel.size();
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
