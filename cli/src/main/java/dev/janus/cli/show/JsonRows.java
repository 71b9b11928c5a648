package dev.janus.cli.show;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON as rows of key and value, JSON lines as one row per line. */
final class JsonRows {
  private JsonRows() {}

  /** One row per leaf: its path and its value. */
  static RowSource tree(Path file) {
    List<List<Object>> rows = new ArrayList<>();
    flatten("", parse(read(file), file.toString()), rows);
    return new ListedRows(
        List.of("JSON, " + Quantity.of(rows.size(), "value")),
        List.of("key", "value"),
        rows.iterator());
  }

  /**
   * One row per line, columns in the order of their first appearance. The file is read twice, first
   * for its columns, and never held in memory.
   */
  static RowSource lines(Path file) {
    Set<String> columns = new LinkedHashSet<>();
    long rows = 0;
    try (JsonLines lines = JsonLines.open(file)) {
      while (lines.hasNext()) {
        lines.next().keySet().forEach(key -> columns.add(String.valueOf(key)));
        rows++;
      }
    }
    return new LineRows(
        "JSON lines, " + Quantity.of(rows, "row"), List.copyOf(columns), JsonLines.open(file));
  }

  private record LineRows(String text, List<String> columns, JsonLines lines) implements RowSource {
    @Override
    public List<String> summary() {
      return List.of(text);
    }

    @Override
    public Optional<List<Object>> next() {
      if (!lines.hasNext()) {
        return Optional.empty();
      }
      Map<?, ?> object = lines.next();
      return Optional.of(columns.stream().map(name -> cell(object.get(name))).toList());
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  private static void flatten(String path, @Nullable Object value, List<List<Object>> rows) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.forEach(
              (key, item) -> flatten(path.isEmpty() ? "" + key : path + "." + key, item, rows));
      case List<?> list when !list.isEmpty() -> {
        for (int i = 0; i < list.size(); i++) {
          flatten(path + "[" + i + "]", list.get(i), rows);
        }
      }
      case null -> rows.add(List.of(path, "null"));
      default -> rows.add(List.of(path, cell(value)));
    }
  }

  private static Object cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Number number -> number;
      case Boolean flag -> flag;
      default -> value.toString();
    };
  }

  static Object parse(String text, String place) {
    try {
      return Json.parse(text);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new CliException(ExitCode.DATA, place + ": not valid JSON: " + message, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static CliException unreadable(Path file, IOException e) {
    return new CliException(
        ExitCode.DATA, file + ": cannot be read as text (" + InputFiles.reason(e) + ")", e);
  }
}
