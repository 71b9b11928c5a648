package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.OutputException;
import dev.janus.contract.flow.Flow;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The flows of one or more complete spills, one spill behind the other, in the order of their
 * numbers; ids (and those of parents) count on from spill to spill. The files are mapped, so memory
 * is what the operating system has to spare. Not thread-safe.
 */
public final class SpilledFlows implements FlowSequence, Closeable {
  private static final ValueLayout.OfLong ENTRY =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena = Arena.ofShared();
  private final List<Piece> pieces = new ArrayList<>();
  private long size;

  /**
   * One spill.
   *
   * @param first id of its first flow
   * @param flows its records
   * @param places entry {@code i} is one more than the offset of flow {@code i}
   */
  private record Piece(Path file, long first, MemorySegment flows, MemorySegment places) {
    long size() {
      return places.byteSize() / FlowPlaces.ENTRY_BYTES;
    }

    Flow flow(long number) {
      long place = places.get(ENTRY, number * FlowPlaces.ENTRY_BYTES);
      if (place == 0) {
        throw new IllegalStateException(file + ": flow " + number + " was never handed in");
      }
      return FlowCodec.decode(flows, place - 1, first);
    }
  }

  private SpilledFlows() {}

  /**
   * Opens complete spills.
   *
   * @param files as given to {@link FlowSpill#create}, in order
   * @throws ContractException when one cannot be read
   */
  public static SpilledFlows open(List<Path> files) {
    SpilledFlows flows = new SpilledFlows();
    try {
      for (Path file : files) {
        flows.add(file);
      }
    } catch (IOException e) {
      flows.close();
      throw new OutputException("flows cannot be read back: " + e.getMessage(), e);
    }
    return flows;
  }

  private void add(Path file) throws IOException {
    Piece piece = new Piece(file, size, map(file), map(FlowSpill.placesOf(file)));
    pieces.add(piece);
    size += piece.size();
  }

  private MemorySegment map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }

  @Override
  public long size() {
    return size;
  }

  /**
   * All flows in order; as often as asked.
   *
   * @throws IllegalStateException while reading, when a number is missing
   */
  @Override
  public Iterator<Flow> iterator() {
    return new Iterator<>() {
      private int piece;
      private long next;

      @Override
      public boolean hasNext() {
        while (piece < pieces.size() && next == pieces.get(piece).size()) {
          piece++;
          next = 0;
        }
        return piece < pieces.size();
      }

      @Override
      public Flow next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return pieces.get(piece).flow(next++);
      }
    };
  }

  /** Leaves the files where they are. */
  @Override
  public void close() {
    arena.close();
  }
}
