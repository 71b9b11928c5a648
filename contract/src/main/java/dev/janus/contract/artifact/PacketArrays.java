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
 */
final class PacketArrays implements Closeable {
  private static final int ROW = PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS;
  private static final Set<String> ARRAYS =
      Set.of(
          FlowTables.TOKENS_ARRAY,
          FlowTables.LENGTHS_ARRAY,
          FlowTables.FLOW_ID_ARRAY,
          FlowTables.VERSION_ARRAY);

  private final Path file;
  private final ZipFile zip;
  private final int[] lengths;
  private final NpyStream tokens;
  private int row;

  private PacketArrays(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
    checkNames();
    checkVersion();
    this.lengths = readLengths();
    checkFlowIds();
    this.tokens = stream(FlowTables.TOKENS_ARRAY, NpyType.FLOAT32);
    int[] wanted = {lengths.length, PacketSchema.MAX_PACKETS, PacketSchema.CHANNELS};
    if (!Arrays.equals(tokens.header().shape(), wanted)) {
      tokens.close();
      throw wrongShape(tokens, Arrays.toString(wanted));
    }
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
    return lengths.length;
  }

  /** Number of stored packets over all flows. */
  long packets() {
    return Arrays.stream(lengths).asLongStream().sum();
  }

  /**
   * Reads the tokens of the next flow.
   *
   * @param target {@code [64, 9]}; behind the flow's packets it is zero
   * @return the flow's stored packets, 1..64
   */
  int next(float[] target) {
    int length = lengths[row];
    tokens.read(target, 0, ROW);
    int stored = length * PacketSchema.CHANNELS;
    for (int i = 0; i < stored; i++) {
      // Written so that NaN fails too.
      if (!(target[i] >= 0 && target[i] <= Float.MAX_VALUE)) {
        throw wrongToken(i, target[i], "a finite number of at least 0");
      }
    }
    for (int i = stored; i < ROW; i++) {
      if (target[i] != 0) {
        throw wrongToken(i, target[i], "0, although the flow has only " + length + " packets");
      }
    }
    row++;
    return length;
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
                TableColumns.FIX));
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

  private void checkVersion() {
    try (NpyStream in = stream(FlowTables.VERSION_ARRAY, NpyType.INT32)) {
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
    }
  }

  private int[] readLengths() {
    try (NpyStream in = stream(FlowTables.LENGTHS_ARRAY, NpyType.INT32)) {
      if (in.header().shape().length != 1) {
        throw wrongShape(in, "(N,)");
      }
      int[] read = new int[in.header().shape()[0]];
      in.read(read, 0, read.length);
      in.finish();
      for (int i = 0; i < read.length; i++) {
        if (read[i] < 1 || read[i] > PacketSchema.MAX_PACKETS) {
          throw new ContractException(
              "%s: flow %d: length %d is not 1 to %d%s"
                  .formatted(in.place(), i, read[i], PacketSchema.MAX_PACKETS, TableColumns.FIX));
        }
      }
      return read;
    }
  }

  private void checkFlowIds() {
    try (NpyStream in = stream(FlowTables.FLOW_ID_ARRAY, NpyType.INT64)) {
      if (!Arrays.equals(in.header().shape(), new int[] {lengths.length})) {
        throw wrongShape(in, "(" + lengths.length + ",)");
      }
      long[] chunk = new long[4096];
      for (int from = 0; from < lengths.length; from += chunk.length) {
        int count = Math.min(chunk.length, lengths.length - from);
        in.read(chunk, 0, count);
        for (int i = 0; i < count; i++) {
          if (chunk[i] != from + i) {
            throw new ContractException(
                "%s: row %d: flow_id %d is not the row number%s"
                    .formatted(in.place(), from + i, chunk[i], TableColumns.FIX));
          }
        }
      }
      in.finish();
    }
  }

  private NpyStream stream(String name, NpyType type) {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new ContractException(
          "%s: array %s is missing%s".formatted(file, name, TableColumns.FIX));
    }
    NpyStream in = NpyStream.open(zip, entry, file.toString());
    if (in.header().type() != type) {
      in.close();
      throw new ContractException(
          "%s: holds %s, not %s%s"
              .formatted(in.place(), in.header().type().label(), type.label(), TableColumns.FIX));
    }
    return in;
  }

  private static ContractException wrongShape(NpyStream in, String wanted) {
    return new ContractException(
        "%s: shape %s, not %s%s"
            .formatted(in.place(), Arrays.toString(in.header().shape()), wanted, TableColumns.FIX));
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
