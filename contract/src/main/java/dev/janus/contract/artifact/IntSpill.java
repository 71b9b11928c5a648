package dev.janus.contract.artifact;

import dev.janus.contract.OutputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Numbers kept on disk until their place in a file is reached. Not thread-safe. */
final class IntSpill implements Closeable {
  private final FileChannel channel;
  private final ChannelOutput out;

  private IntSpill(FileChannel channel) {
    this.channel = channel;
    this.out = new ChannelOutput(channel);
  }

  static IntSpill create(Path folder) {
    try {
      return new IntSpill(
          FileChannel.open(
              folder.resolve(".lengths." + UUID.randomUUID() + ".spill"),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    } catch (IOException e) {
      throw new OutputException(folder + ": cannot be written to: " + FileFailure.reason(e), e);
    }
  }

  void add(int value) throws IOException {
    out.putInt(value);
  }

  /** Copies everything added so far, little-endian. */
  void copyTo(ChannelOutput target) throws IOException {
    out.flush();
    ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
    for (long at = 0; at < out.position(); ) {
      int got = channel.read(chunk.clear(), at);
      if (got < 0) {
        throw new IOException("a temporary file became shorter");
      }
      target.write(chunk.array(), 0, got);
      at += got;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new OutputException("a temporary file cannot be removed", e);
    }
  }
}
