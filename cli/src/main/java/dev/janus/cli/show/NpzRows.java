package dev.janus.cli.show;

import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Arrays of a NumPy archive as rows: one row per packet for packet tokens, one row per element for
 * arrays that share their first dimension, else one row per array.
 */
final class NpzRows {
  private static final String TOKENS = "packet_tokens";
  private static final String LENGTHS = "packet_lengths";

  private NpzRows() {}

  static RowSource open(Path file) {
    Map<String, NpyArray> arrays = NpzReader.readAll(file);
    List<String> summary = new ArrayList<>();
    arrays.forEach((name, array) -> summary.add(name + " " + type(array)));
    if (arrays.containsKey(TOKENS) && arrays.containsKey(LENGTHS)) {
      return packets(summary, arrays);
    }
    List<String> aligned = aligned(arrays);
    return aligned.isEmpty() ? catalogue(arrays) : elements(summary, arrays, aligned);
  }

  private static RowSource packets(List<String> summary, Map<String, NpyArray> arrays) {
    NpyArray tokens = arrays.getOrDefault(TOKENS, NpyArray.scalar(0));
    int[] lengths = arrays.getOrDefault(LENGTHS, NpyArray.scalar(0)).ints();
    float[] values = tokens.floats();
    List<String> columns = new ArrayList<>(List.of("flow_id", "packet"));
    for (PacketChannel channel : PacketChannel.values()) {
      columns.add(channel.label());
    }
    int stride = PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS;
    return new ListedRows(
        summary,
        columns,
        IntStream.range(0, lengths.length)
            .boxed()
            .flatMap(flow ->
                IntStream.range(0, lengths[flow])
                    .mapToObj(packet ->
                        packet(
                            flow, packet, values, flow * stride + packet * PacketSchema.CHANNELS)))
            .iterator());
  }

  private static List<Object> packet(int flow, int packet, float[] values, int at) {
    List<Object> cells = new ArrayList<>();
    cells.add(flow);
    cells.add(packet);
    for (int c = 0; c < PacketSchema.CHANNELS; c++) {
      cells.add(values[at + c]);
    }
    return cells;
  }

  /** Names of the arrays of one or two dimensions that share the first array's first dimension. */
  private static List<String> aligned(Map<String, NpyArray> arrays) {
    int[] first = arrays.values().stream().findFirst().map(NpyArray::shape).orElse(new int[0]);
    if (first.length == 0) {
      return List.of();
    }
    return arrays.entrySet().stream()
        .filter(entry -> {
          int[] shape = entry.getValue().shape();
          return shape.length >= 1 && shape.length <= 2 && shape[0] == first[0];
        })
        .map(Map.Entry::getKey)
        .toList();
  }

  private static RowSource elements(
      List<String> summary, Map<String, NpyArray> arrays, List<String> names) {
    List<String> columns = new ArrayList<>();
    List<NpyArray> chosen = new ArrayList<>();
    int rows = 0;
    for (String name : names) {
      NpyArray array = arrays.getOrDefault(name, NpyArray.scalar(0));
      rows = array.shape()[0];
      chosen.add(array);
      if (array.shape().length == 1) {
        columns.add(name);
      } else {
        columns.addAll(columnNames(name, array.shape()[1], arrays));
      }
    }
    return new ListedRows(
        summary,
        columns,
        IntStream.range(0, rows).mapToObj(row -> element(chosen, row)).iterator());
  }

  /** {@code scores [N, 10]} takes its names from {@code score_names [10]}. */
  private static List<String> columnNames(String name, int width, Map<String, NpyArray> arrays) {
    String namesKey = name.endsWith("s") ? name.substring(0, name.length() - 1) + "_names" : "";
    if (arrays.containsKey(namesKey)) {
      String[] names = arrays.getOrDefault(namesKey, NpyArray.scalar(0)).strings();
      if (names.length == width) {
        return List.of(names);
      }
    }
    return IntStream.range(0, width).mapToObj(i -> name + "[" + i + "]").toList();
  }

  private static List<Object> element(List<NpyArray> arrays, int row) {
    List<Object> cells = new ArrayList<>();
    for (NpyArray array : arrays) {
      int width = array.shape().length == 1 ? 1 : array.shape()[1];
      for (int i = 0; i < width; i++) {
        cells.add(value(array, row * width + i));
      }
    }
    return cells;
  }

  private static RowSource catalogue(Map<String, NpyArray> arrays) {
    List<List<Object>> rows = new ArrayList<>();
    arrays.forEach((name, array) ->
        rows.add(
            List.of(
                name,
                array.values().getClass().getComponentType().getSimpleName(),
                Arrays.toString(array.shape()))));
    return new ListedRows(
        List.of("NumPy archive, " + rows.size() + " arrays"),
        List.of("array", "type", "shape"),
        rows.iterator());
  }

  private static Object value(NpyArray array, int index) {
    return Array.get(array.values(), index);
  }

  private static String type(NpyArray array) {
    return array.values().getClass().getComponentType().getSimpleName()
        + " "
        + Arrays.toString(array.shape());
  }
}
