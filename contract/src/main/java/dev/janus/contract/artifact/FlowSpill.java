package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.OutputException;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowSink;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Takes finished flows to disk until all are there. Flows end in another order than they are
 * numbered: they are appended as they come, and a second file holds the place of each at its
 * number, so that {@link SpilledFlows} reads them in order. Memory does not depend on their number;
 * on disk a flow takes about 120 bytes and 12 more for each stored packet.
 *
 * <p>A spill that is closed before {@link #complete} leaves files that cannot be opened as flows.
 * Not thread-safe.
 */
public final class FlowSpill implements FlowSink, Closeable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path file;
  private final FileChannel channel;
  // Direct, because a heap buffer would be copied into one on every write.
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final MemorySegment bytes = MemorySegment.ofBuffer(buffer);
  private final FlowPlaces places;
  private long flushed;
  private long accepted;

  private FlowSpill(Path file, FileChannel channel, FlowPlaces places) {
    this.file = file;
    this.channel = channel;
    this.places = places;
  }

  /**
   * Starts a spill; files of that name are replaced.
   *
   * @param file where flows go; their places go to a file beside it, see {@link #placesOf}
   * @throws ContractException when the folder cannot be written to
   */
  public static FlowSpill create(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      try {
        return new FlowSpill(file, channel, FlowPlaces.create(placesOf(file)));
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  /** The file beside a spill that holds the place of each flow. */
  static Path placesOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".places");
  }

  /** The files that a spill of this name consists of. */
  public static Path[] files(Path file) {
    return new Path[] {file, placesOf(file)};
  }

  /** Flows taken so far. */
  public long size() {
    return accepted;
  }

  /** Bytes on disk so far. */
  public long bytes() {
    return flushed + buffer.position();
  }

  /**
   * Stores a flow.
   *
   * @throws ContractException when the disk refuses, usually because it is full
   */
  @Override
  public void accept(Flow flow) {
    try {
      if (buffer.remaining() < FlowCodec.LARGEST) {
        flush();
      }
      places.put(flow.flowId(), flushed + buffer.position());
      buffer.position(buffer.position() + FlowCodec.encode(flow, bytes, buffer.position()));
    } catch (IOException e) {
      throw refused(e);
    }
    accepted++;
  }

  /**
   * Brings everything to the disk.
   *
   * @throws ContractException when the disk refuses
   * @throws IllegalStateException when there are not as many flows as numbers up to the highest;
   *     that one is missing while another came twice shows when they are read
   */
  public void complete() {
    try {
      flush();
      channel.force(true);
      places.complete(accepted);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      flushed += channel.write(buffer);
    }
    buffer.clear();
  }

  private OutputException refused(IOException e) {
    return new OutputException(
        "%s: flow %d cannot be kept there: %s; make room or choose another --out folder"
            .formatted(file.toAbsolutePath().getParent(), accepted, FileFailure.reason(e)),
        e);
  }

  /** Leaves the files where they are. */
  @Override
  public void close() {
    try (channel) {
      places.close();
    } catch (IOException e) {
      throw new OutputException(file + ": cannot be closed: " + FileFailure.reason(e), e);
    }
  }
}
