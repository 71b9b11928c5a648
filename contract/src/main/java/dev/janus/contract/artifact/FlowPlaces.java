package dev.janus.contract.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * File of numbers by flow id: entry {@code i}, a little-endian long, is one more than the offset of
 * flow {@code i}; 0 where the flow has not come. Most flows end soon after they began, so the
 * entries of the latest ids are kept in memory and written in runs; what comes later still is
 * written one by one. Not thread-safe.
 */
final class FlowPlaces implements Closeable {
  static final int ENTRY_BYTES = Long.BYTES;

  private static final int WINDOW = 1 << 17;
  private static final int RUN = 1 << 13;

  private final FileChannel channel;
  private final long[] window = new long[WINDOW];
  private final ByteBuffer run =
      ByteBuffer.allocateDirect(RUN * ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer single =
      ByteBuffer.allocateDirect(ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** First id of the window, a multiple of {@link #RUN}. */
  private long first;

  /** One more than the highest id. */
  private long end;

  private FlowPlaces(FileChannel channel) {
    this.channel = channel;
  }

  static FlowPlaces create(Path file) throws IOException {
    return new FlowPlaces(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE));
  }

  void put(long flowId, long offset) throws IOException {
    if (flowId < first) {
      single.clear().putLong(offset + 1).flip();
      write(single, flowId);
      return;
    }
    while (flowId >= first + WINDOW) {
      writeRun(RUN);
    }
    window[(int) (flowId % WINDOW)] = offset + 1;
    end = Math.max(end, flowId + 1);
  }

  /** Writes the oldest entries of the window and makes room for as many new ones. */
  private void writeRun(int count) throws IOException {
    run.clear();
    int from = (int) (first % WINDOW);
    for (int i = from; i < from + count; i++) {
      run.putLong(window[i]);
      window[i] = 0;
    }
    write(run.flip(), first);
    first += count;
  }

  private void write(ByteBuffer entries, long flowId) throws IOException {
    long at = flowId * ENTRY_BYTES;
    while (entries.hasRemaining()) {
      at += channel.write(entries, at);
    }
  }

  /**
   * Brings everything to the disk.
   *
   * @param flows how many were put
   * @throws IllegalStateException when that is not the number of ids
   */
  void complete(long flows) throws IOException {
    if (flows != end) {
      throw new IllegalStateException(flows + " flows for " + end + " flow ids");
    }
    while (first < end) {
      writeRun((int) Math.min(RUN, end - first));
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
