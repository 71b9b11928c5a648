package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.OutputException;
import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowSink;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import dev.janus.contract.packet.PacketSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.UUID;

/**
 * Keeps finished flows on disk until all are there. Flows end in another order than they are
 * numbered, so each has a place of fixed width in a temporary file, at its number; reading the file
 * from front to end then gives them in order. Memory use does not depend on their number.
 *
 * <p>The file vanishes on {@link #close}, and on most systems also when the process is killed. Not
 * thread-safe.
 */
public final class FlowSpill implements FlowSink, Iterable<Flow>, Closeable {
  private static final int METADATA_BYTES = 88;
  private static final int RECORD_BYTES =
      METADATA_BYTES + PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS * Float.BYTES;
  private static final int RECORDS_PER_READ = 256;
  private static final EndReason[] END_REASONS = EndReason.values();

  private final Path file;
  private final FileChannel channel;
  // Direct, because a heap buffer would be copied into one on every write.
  private final ByteBuffer record = buffer(RECORD_BYTES);
  private long accepted;
  private long size;

  private FlowSpill(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens an empty spill.
   *
   * @param folder where the temporary file goes; needs about 2.4 kB a flow
   * @throws ContractException when the folder cannot be written to
   */
  public static FlowSpill create(Path folder) {
    Path file = folder.resolve(".flows." + UUID.randomUUID() + ".spill");
    try {
      return new FlowSpill(
          file,
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    } catch (IOException e) {
      throw new OutputException(folder + ": cannot be written to: " + FileFailure.reason(e), e);
    }
  }

  /** Number of flows, which is one more than the highest flow id. */
  public long size() {
    return size;
  }

  /**
   * Stores a flow.
   *
   * @throws ContractException when the disk refuses, usually because it is full
   */
  @Override
  public void accept(Flow flow) {
    encode(flow);
    try {
      long at = flow.flowId() * RECORD_BYTES;
      while (record.hasRemaining()) {
        at += channel.write(record, at);
      }
    } catch (IOException e) {
      throw new OutputException(
          "%s: flow %d cannot be kept there: %s; make room or choose another --out folder"
              .formatted(file.toAbsolutePath().getParent(), flow.flowId(), FileFailure.reason(e)),
          e);
    }
    accepted++;
    size = Math.max(size, flow.flowId() + 1);
  }

  /**
   * All flows in the order of their numbers. The file is read once for each iterator; nothing may
   * be added meanwhile.
   *
   * @throws IllegalStateException when a number is missing or came twice
   */
  @Override
  public Iterator<Flow> iterator() {
    if (accepted != size) {
      throw new IllegalStateException(accepted + " flows for " + size + " flow ids");
    }
    return new Records();
  }

  private final class Records implements Iterator<Flow> {
    private final ByteBuffer records = buffer(RECORDS_PER_READ * RECORD_BYTES);
    private long next;

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public Flow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int slot = (int) (next % RECORDS_PER_READ);
      if (slot == 0) {
        fill(records, next, (int) Math.min(RECORDS_PER_READ, size - next));
      }
      return decode(records, slot * RECORD_BYTES, next++);
    }
  }

  private void fill(ByteBuffer records, long first, int count) {
    records.clear().limit(count * RECORD_BYTES);
    try {
      long at = first * RECORD_BYTES;
      while (records.hasRemaining()) {
        int got = channel.read(records, at);
        if (got < 0) {
          break; // the last record ends with its last packet
        }
        at += got;
      }
    } catch (IOException e) {
      throw new OutputException(
          "%s: flow %d cannot be read back: %s".formatted(file, first, FileFailure.reason(e)), e);
    }
  }

  private void encode(Flow flow) {
    FlowTuple tuple = flow.tuple();
    record
        .clear()
        .putInt(flow.length())
        .putInt(flow.capture())
        .putLong(tuple.initiator().high())
        .putLong(tuple.initiator().low())
        .putLong(tuple.responder().high())
        .putLong(tuple.responder().low())
        .putLong(flow.startMicros())
        .putLong(flow.endMicros())
        .putLong(flow.packets())
        .putLong(flow.firstPacketIndex())
        .putInt(tuple.initiatorPort())
        .putInt(tuple.responderPort())
        .putInt(tuple.protocol())
        .put((byte) tuple.initiator().family().ordinal())
        .put((byte) tuple.responder().family().ordinal())
        .put((byte) flow.endReason().ordinal())
        .put((byte) 0);
    record.asFloatBuffer().put(flow.tokens());
    record.position(0).limit(METADATA_BYTES + flow.tokens().length * Float.BYTES);
  }

  private static Flow decode(ByteBuffer records, int at, long flowId) {
    int length = records.getInt(at);
    if (length < 1) {
      throw new IllegalStateException("flow " + flowId + " was never handed in");
    }
    float[] tokens = new float[length * PacketSchema.CHANNELS];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = records.getFloat(at + METADATA_BYTES + i * Float.BYTES);
    }
    FlowTuple tuple =
        new FlowTuple(
            address(records, at + 8, records.get(at + 84)),
            records.getInt(at + 72),
            address(records, at + 24, records.get(at + 85)),
            records.getInt(at + 76),
            records.getInt(at + 80));
    return new Flow(
        flowId,
        tuple,
        records.getLong(at + 40),
        records.getLong(at + 48),
        records.getLong(at + 56),
        tokens,
        records.getInt(at + 4),
        records.getLong(at + 64),
        END_REASONS[records.get(at + 86)]);
  }

  private static IpAddress address(ByteBuffer records, int at, byte family) {
    long high = records.getLong(at);
    long low = records.getLong(at + 8);
    return family == IpAddress.Family.IPV4.ordinal()
        ? IpAddress.ofV4((int) low)
        : IpAddress.ofV6(high, low);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Removes the temporary file. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new OutputException(file + ": cannot be removed: " + FileFailure.reason(e), e);
    }
  }
}
