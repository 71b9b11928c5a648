package dev.janus.cli.show;

import dev.janus.cli.terminal.Quantity;
import dev.janus.model.SafeTensors;
import dev.janus.model.StoredTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A model or checkpoint as one row per tensor; its metadata is the summary. */
final class TensorRows {
  private TensorRows() {}

  static RowSource open(Path file) {
    SafeTensors content = SafeTensors.read(file);
    List<String> summary = new ArrayList<>();
    summary.add("safetensors, " + Quantity.of(content.tensors().size(), "tensor"));
    content
        .metadata()
        .forEach((key, value) -> summary.add(key + ": " + value.strip().replace("\n", "\n    ")));
    List<List<Object>> rows = new ArrayList<>();
    content.tensors().forEach((name, tensor) -> rows.add(row(name, tensor)));
    return new ListedRows(
        summary,
        List.of("tensor", "type", "shape", "elements", "mean", "min", "max"),
        rows.iterator());
  }

  private static List<Object> row(String name, StoredTensor tensor) {
    DoubleSummaryStatistics values = values(tensor).summaryStatistics();
    boolean empty = values.getCount() == 0;
    return List.of(
        name,
        tensor.getClass().getSimpleName().toLowerCase(Locale.ROOT),
        Arrays.toString(tensor.shape()),
        values.getCount(),
        values.getAverage(),
        empty ? 0.0 : values.getMin(),
        empty ? 0.0 : values.getMax());
  }

  private static DoubleStream values(StoredTensor tensor) {
    return switch (tensor) {
      case StoredTensor.Float32 t ->
          IntStream.range(0, t.values().length).mapToDouble(i -> t.values()[i]);
      case StoredTensor.Float64 t -> Arrays.stream(t.values());
      case StoredTensor.Int64 t -> Arrays.stream(t.values()).asDoubleStream();
    };
  }
}
