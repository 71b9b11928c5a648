package dev.janus.cli.show;

import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzFile;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Arrays of a NumPy archive as rows: one row per packet for packet tokens, one row per element for
 * arrays that share their first dimension, else one row per array. Reads a few rows at a time.
 */
final class NpzRows implements RowSource {
  private static final String TOKENS = "packet_tokens";
  private static final String LENGTHS = "packet_lengths";
  private static final int ROWS_AT_ONCE = 64;

  private final NpzFile file;
  private final List<NpzFile.ArrayInfo> chosen;
  private final List<NpzFile.Rows> readers = new ArrayList<>();
  private final List<String> columns;
  private final Deque<List<Object>> ready = new ArrayDeque<>();
  private final boolean perPacket;
  private int flow;

  private NpzRows(NpzFile file) {
    this.file = file;
    List<NpzFile.ArrayInfo> tokens =
        file.arrays().stream()
            .filter(array -> array.name().equals(TOKENS) || array.name().equals(LENGTHS))
            .sorted((a, b) -> b.name().compareTo(a.name()))
            .toList();
    this.perPacket = tokens.size() == 2;
    this.chosen = perPacket ? tokens : aligned(file.arrays());
    if (perPacket) {
      this.columns = packetColumns();
    } else if (chosen.isEmpty()) {
      this.columns = List.of("array", "type", "shape");
      file.arrays()
          .forEach(
              array -> ready.add(List.of(array.name(), array.type(), array.shape().toString())));
    } else {
      this.columns = chosen.stream().flatMap(array -> elementColumns(array).stream()).toList();
    }
    chosen.forEach(array -> readers.add(file.rows(array.name())));
  }

  static RowSource open(Path path) {
    NpzFile file = NpzFile.open(path);
    try {
      return new NpzRows(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public List<String> summary() {
    return file.arrays().stream()
        .map(array -> array.name() + " " + array.type() + " " + array.shape())
        .toList();
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public Optional<List<Object>> next() {
    while (ready.isEmpty() && !readers.isEmpty() && readers.getFirst().left() > 0) {
      List<NpyArray> arrays = readers.stream().map(rows -> rows.next(ROWS_AT_ONCE)).toList();
      if (perPacket) {
        addPackets(arrays.getFirst(), arrays.getLast());
      } else {
        addElements(arrays);
      }
    }
    return Optional.ofNullable(ready.poll());
  }

  private void addPackets(NpyArray tokens, NpyArray lengths) {
    int stride = PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS;
    for (int i = 0; i < lengths.ints().length; i++, flow++) {
      for (int packet = 0; packet < lengths.ints()[i]; packet++) {
        List<Object> cells = new ArrayList<>(List.of(flow, packet));
        for (int c = 0; c < PacketSchema.CHANNELS; c++) {
          cells.add(tokens.floats()[i * stride + packet * PacketSchema.CHANNELS + c]);
        }
        ready.add(cells);
      }
    }
  }

  private void addElements(List<NpyArray> arrays) {
    int rows = arrays.getFirst().shape()[0];
    for (int row = 0; row < rows; row++) {
      List<Object> cells = new ArrayList<>();
      for (NpyArray array : arrays) {
        int width = array.shape().length == 1 ? 1 : array.shape()[1];
        for (int i = 0; i < width; i++) {
          cells.add(Array.get(array.values(), row * width + i));
        }
      }
      ready.add(cells);
    }
  }

  /** The arrays of one or two dimensions that share the first array's first dimension. */
  private static List<NpzFile.ArrayInfo> aligned(List<NpzFile.ArrayInfo> arrays) {
    if (arrays.isEmpty() || arrays.getFirst().shape().isEmpty()) {
      return List.of();
    }
    int rows = arrays.getFirst().shape().getFirst();
    return arrays.stream()
        .filter(array -> {
          List<Integer> shape = array.shape();
          return !shape.isEmpty() && shape.size() <= 2 && shape.getFirst() == rows;
        })
        .toList();
  }

  private static List<String> packetColumns() {
    List<String> names = new ArrayList<>(List.of("flow_id", "packet"));
    for (PacketChannel channel : PacketChannel.values()) {
      names.add(channel.label());
    }
    return names;
  }

  /** {@code scores [N, 10]} takes its names from {@code score_names [10]}. */
  private List<String> elementColumns(NpzFile.ArrayInfo array) {
    if (array.shape().size() == 1) {
      return List.of(array.name());
    }
    int width = array.shape().getLast();
    String namesKey = array.name().replaceFirst("s$", "") + "_names";
    for (NpzFile.ArrayInfo names : file.arrays()) {
      if (names.name().equals(namesKey) && names.shape().equals(List.of(width))) {
        try (NpzFile.Rows rows = file.rows(namesKey)) {
          return List.of(rows.next(width).strings());
        }
      }
    }
    return IntStream.range(0, width).mapToObj(i -> array.name() + "[" + i + "]").toList();
  }

  @Override
  public void close() {
    readers.forEach(NpzFile.Rows::close);
    file.close();
  }
}
