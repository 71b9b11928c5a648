package dev.janus.cli.show;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        List.of("JSON, " + rows.size() + " values"), List.of("key", "value"), rows.iterator());
  }

  /** One row per line, columns in the order of their first appearance. */
  static RowSource lines(Path file) {
    List<Map<?, ?>> objects = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    int number = 0;
    for (String line : read(file).split("\n", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      if (!(parse(line, file + ":" + number) instanceof Map<?, ?> object)) {
        throw new CliException(ExitCode.DATA, file + ":" + number + ": not a JSON object");
      }
      objects.add(object);
      object.keySet().forEach(key -> columns.add(String.valueOf(key)));
    }
    List<String> names = List.copyOf(columns);
    return new ListedRows(
        List.of("JSON lines, " + objects.size() + " rows"),
        names,
        objects.stream()
            .map(object -> names.stream().map(name -> cell(object.get(name))).toList())
            .iterator());
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

  private static Object parse(String text, String place) {
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
      throw new CliException(
          ExitCode.DATA, file + ": cannot be read as text (" + InputFiles.reason(e) + ")", e);
    }
  }
}
