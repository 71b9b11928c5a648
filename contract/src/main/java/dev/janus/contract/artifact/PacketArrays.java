package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads {@code packets.npz} flow by flow and checks every value. The padded token array never
 * stands in memory. Not thread-safe.
 *
 * <p>A file without a schema version is another program's ({@link Origin#FOREIGN}): its rows may be
 * padded to any number of packets, of which the first 64 are taken, with anything as padding;
 * lengths may count packets beyond those stored; other arrays beside are left alone.
 */
final class PacketArrays implements Closeable {
  private static final int CHUNK = 1 << 12;
  private static final int ROW = PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS;
  private static final Set<String> ARRAYS =
      Set.of(
          FlowTables.TOKENS_ARRAY,
          FlowTables.LENGTHS_ARRAY,
          FlowTables.FLOW_ID_ARRAY,
          FlowTables.VERSION_ARRAY);

  private final Path file;
  private final ZipFile zip;
  private final Origin origin;
  private final int[] counts;
  private final NpyStream tokens;
  private final int padded;
  private final float[] skipped = new float[ROW];
  private int row;

  private PacketArrays(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
    this.origin = readOrigin();
    if (origin == Origin.EXTRACTION) {
      checkNames();
    }
    this.counts = readCounts();
    checkFlowIds();
    this.tokens = stream(FlowTables.TOKENS_ARRAY, NpyType.FLOAT32);
    int[] shape = tokens.header().shape();
    boolean fits =
        shape.length == 3
            && shape[0] == counts.length
            && (origin == Origin.FOREIGN ? shape[1] > 0 : shape[1] == PacketSchema.MAX_PACKETS)
            && shape[2] == PacketSchema.CHANNELS;
    if (!fits) {
      tokens.close();
      String packets = origin == Origin.FOREIGN ? "T" : "" + PacketSchema.MAX_PACKETS;
      throw wrongShape(
          tokens, "[%d, %s, %d]".formatted(counts.length, packets, PacketSchema.CHANNELS));
    }
    this.padded = shape[1];
  }

  static PacketArrays open(Path file) {
    ZipFile zip = NpzReader.open(file);
    try {
      return new PacketArrays(file, zip);
    } catch (RuntimeException e) {
      try {
        zip.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** Number of flows. */
  int flows() {
    return counts.length;
  }

  /** Number of stored packets over all flows. */
  long packets() {
    long packets = 0;
    for (int flow = 0; flow < counts.length; flow++) {
      packets += stored(flow);
    }
    return packets;
  }

  /** How many packets the file says a flow has, also beyond the stored ones. */
  long count(int flow) {
    return counts[flow];
  }

  private int stored(int flow) {
    return Math.min(counts[flow], Math.min(padded, PacketSchema.MAX_PACKETS));
  }

  /**
   * Reads the tokens of the next flow.
   *
   * @param target {@code [64, 9]}; behind the flow's packets it is zero
   * @return the flow's stored packets, 1..64
   */
  int next(float[] target) {
    int length = stored(row);
    int present = Math.min(padded, PacketSchema.MAX_PACKETS) * PacketSchema.CHANNELS;
    tokens.read(target, 0, present);
    for (long left = (long) padded * PacketSchema.CHANNELS - present; left > 0; left -= ROW) {
      tokens.read(skipped, 0, (int) Math.min(left, ROW));
    }
    int stored = length * PacketSchema.CHANNELS;
    for (int i = 0; i < stored; i++) {
      // Written so that NaN fails too.
      if (!(target[i] >= 0 && target[i] <= Float.MAX_VALUE)) {
        throw wrongToken(i, target[i], "a finite number of at least 0");
      }
    }
    if (origin == Origin.EXTRACTION) {
      checkPadding(target, stored, length);
    } else {
      Arrays.fill(target, stored, ROW, 0);
    }
    row++;
    return length;
  }

  private void checkPadding(float[] target, int stored, int length) {
    for (int i = stored; i < ROW; i++) {
      if (target[i] != 0) {
        throw wrongToken(i, target[i], "0, although the flow has only " + length + " packets");
      }
    }
  }

  /** Says that every flow was read; checks the checksum of the tokens. */
  void finish() {
    tokens.finish();
  }

  private ContractException wrongToken(int at, float value, String wanted) {
    return new ContractException(
        "%s: flow %d, packet %d, channel %s: %s is not %s%s"
            .formatted(
                tokens.place(),
                row,
                at / PacketSchema.CHANNELS,
                PacketChannel.values()[at % PacketSchema.CHANNELS].label(),
                value,
                wanted,
                origin.fix()));
  }

  private void checkNames() {
    Set<String> unknown = new TreeSet<>();
    zip.stream().map(NpzReader::arrayName).forEach(unknown::add);
    unknown.removeAll(ARRAYS);
    if (!unknown.isEmpty()) {
      throw new ContractException(
          "%s: unknown array %s%s".formatted(file, String.join(", ", unknown), TableColumns.FIX));
    }
  }

  private Origin readOrigin() {
    if (zip.getEntry(FlowTables.VERSION_ARRAY + ".npy") == null) {
      return Origin.FOREIGN;
    }
    try (NpyStream in = open(FlowTables.VERSION_ARRAY)) {
      if (in.header().type() != NpyType.INT32) {
        throw wrongType(in, NpyType.INT32.label());
      }
      int[] version = new int[1];
      if (in.header().count() != 1) {
        throw wrongShape(in, "()");
      }
      in.read(version, 0, 1);
      in.finish();
      if (version[0] != PacketSchema.VERSION) {
        throw new ContractException(
            "%s: schema version %d, but version %d is read here%s"
                .formatted(file, version[0], PacketSchema.VERSION, TableColumns.FIX));
      }
      return Origin.EXTRACTION;
    }
  }

  private int[] readCounts() {
    try (NpyStream in = open(FlowTables.LENGTHS_ARRAY)) {
      boolean wide = origin == Origin.FOREIGN && in.header().type() == NpyType.INT64;
      if (!wide && in.header().type() != NpyType.INT32) {
        throw wrongType(in, origin == Origin.FOREIGN ? "int32 or int64" : NpyType.INT32.label());
      }
      if (in.header().shape().length != 1) {
        throw wrongShape(in, "(N,)");
      }
      int[] read = new int[in.header().shape()[0]];
      if (wide) {
        readWide(in, read);
      } else {
        in.read(read, 0, read.length);
      }
      in.finish();
      int most = origin == Origin.FOREIGN ? Integer.MAX_VALUE : PacketSchema.MAX_PACKETS;
      for (int i = 0; i < read.length; i++) {
        if (read[i] < 1 || read[i] > most) {
          throw wrongLength(in, i, read[i]);
        }
      }
      return read;
    }
  }

  private void readWide(NpyStream in, int[] target) {
    long[] chunk = new long[CHUNK];
    for (int from = 0; from < target.length; from += CHUNK) {
      int count = Math.min(CHUNK, target.length - from);
      in.read(chunk, 0, count);
      for (int i = 0; i < count; i++) {
        if (chunk[i] != (int) chunk[i]) {
          throw wrongLength(in, from + i, chunk[i]);
        }
        target[from + i] = (int) chunk[i];
      }
    }
  }

  private ContractException wrongLength(NpyStream in, int flow, long length) {
    String wanted =
        origin == Origin.FOREIGN ? "a count of packets" : "1 to " + PacketSchema.MAX_PACKETS;
    return new ContractException(
        "%s: flow %d: length %d is not %s%s"
            .formatted(in.place(), flow, length, wanted, origin.fix()));
  }

  private void checkFlowIds() {
    try (NpyStream in = open(FlowTables.FLOW_ID_ARRAY)) {
      boolean narrow = origin == Origin.FOREIGN && in.header().type() == NpyType.INT32;
      if (!narrow && in.header().type() != NpyType.INT64) {
        throw wrongType(in, NpyType.INT64.label());
      }
      if (!Arrays.equals(in.header().shape(), new int[] {counts.length})) {
        throw wrongShape(in, "(" + counts.length + ",)");
      }
      long[] chunk = new long[CHUNK];
      int[] narrowChunk = new int[narrow ? CHUNK : 0];
      for (int from = 0; from < counts.length; from += CHUNK) {
        int count = Math.min(CHUNK, counts.length - from);
        if (narrow) {
          in.read(narrowChunk, 0, count);
          for (int i = 0; i < count; i++) {
            chunk[i] = narrowChunk[i];
          }
        } else {
          in.read(chunk, 0, count);
        }
        for (int i = 0; i < count; i++) {
          if (chunk[i] != from + i) {
            throw new ContractException(
                "%s: row %d: flow_id %d is not the row number%s"
                    .formatted(in.place(), from + i, chunk[i], origin.fix()));
          }
        }
      }
      in.finish();
    }
  }

  private NpyStream stream(String name, NpyType type) {
    NpyStream in = open(name);
    if (in.header().type() != type) {
      in.close();
      throw wrongType(in, type.label());
    }
    return in;
  }

  private NpyStream open(String name) {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new ContractException(
          "%s: array %s is missing%s".formatted(file, name, TableColumns.FIX));
    }
    return NpyStream.open(zip, entry, file.toString());
  }

  private ContractException wrongType(NpyStream in, String wanted) {
    return new ContractException(
        "%s: holds %s, not %s%s".formatted(in.place(), in.header().type().label(), wanted, fix()));
  }

  private ContractException wrongShape(NpyStream in, String wanted) {
    return new ContractException(
        "%s: shape %s, not %s%s"
            .formatted(in.place(), Arrays.toString(in.header().shape()), wanted, fix()));
  }

  /** Also while it is not known yet who wrote the file. */
  private String fix() {
    return origin == Origin.FOREIGN ? origin.fix() : TableColumns.FIX;
  }

  @Override
  public void close() {
    tokens.close();
    try {
      zip.close();
    } catch (IOException e) {
      throw new ContractException(file + ": not readable: " + FileFailure.reason(e), e);
    }
  }
}
