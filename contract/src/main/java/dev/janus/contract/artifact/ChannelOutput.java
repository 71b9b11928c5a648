package dev.janus.contract.artifact;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;

/**
 * Buffered little-endian output to a file with a running checksum and a way back to bytes already
 * written. Not thread-safe; does not close the file.
 */
final class ChannelOutput extends OutputStream {
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32 crc = new CRC32();
  private long flushed;

  ChannelOutput(FileChannel channel) {
    this.channel = channel;
  }

  /** Bytes written so far. */
  long position() {
    return flushed + buffer.position();
  }

  /** CRC-32 of the bytes written since the last {@link #restartCrc}. */
  long crc() throws IOException {
    flush();
    return crc.getValue();
  }

  void restartCrc() throws IOException {
    flush();
    crc.reset();
  }

  @Override
  public void write(int b) throws IOException {
    room(1).put((byte) b);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    for (int done = 0; done < count; ) {
      int step = Math.min(count - done, room(1).remaining());
      buffer.put(bytes, from + done, step);
      done += step;
    }
  }

  void putShort(int value) throws IOException {
    room(Short.BYTES).putShort((short) value);
  }

  void putInt(int value) throws IOException {
    room(Integer.BYTES).putInt(value);
  }

  void putLong(long value) throws IOException {
    room(Long.BYTES).putLong(value);
  }

  void putFloat(float value) throws IOException {
    room(Float.BYTES).putFloat(value);
  }

  void putDouble(double value) throws IOException {
    room(Double.BYTES).putDouble(value);
  }

  /** Overwrites bytes written earlier; the checksum does not see it. */
  void patch(long position, ByteBuffer bytes) throws IOException {
    flush();
    for (long at = position; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public void flush() throws IOException {
    buffer.flip();
    crc.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      flushed += channel.write(buffer, flushed);
    }
    buffer.clear();
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }
}
