package dev.janus.cli.show;

import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Prints rows in one of the formats people and scripts ask for. */
final class RowPrinter {
  private RowPrinter() {}

  /**
   * Prints at most {@code limit} rows.
   *
   * @return the rows printed
   */
  static long print(RowSource source, ShowFormat format, long limit, Consumer<String> out) {
    return switch (format) {
      case TABLE -> table(source, limit, out);
      case CSV -> csv(source, limit, out);
      case JSONL -> jsonl(source, limit, out);
    };
  }

  private static long table(RowSource source, long limit, Consumer<String> out) {
    TextTable table = new TextTable(source.columns());
    long rows = 0;
    for (; rows < limit; rows++) {
      Optional<List<Object>> row = source.next();
      if (row.isEmpty()) {
        break;
      }
      table.row(row.get().stream().map(RowPrinter::shortText).toList());
    }
    table.lines().forEach(out);
    return rows;
  }

  private static long csv(RowSource source, long limit, Consumer<String> out) {
    out.accept(csvLine(source.columns()));
    long rows = 0;
    for (; rows < limit; rows++) {
      Optional<List<Object>> row = source.next();
      if (row.isEmpty()) {
        break;
      }
      out.accept(csvLine(row.get()));
    }
    return rows;
  }

  private static long jsonl(RowSource source, long limit, Consumer<String> out) {
    List<String> columns = source.columns();
    long rows = 0;
    for (; rows < limit; rows++) {
      Optional<List<Object>> row = source.next();
      if (row.isEmpty()) {
        break;
      }
      Map<String, Object> object = new LinkedHashMap<>();
      for (int c = 0; c < columns.size(); c++) {
        object.put(columns.get(c), row.get().get(c));
      }
      out.accept(Json.line(object));
    }
    return rows;
  }

  private static String csvLine(List<?> cells) {
    List<String> quoted = new ArrayList<>();
    for (Object cell : cells) {
      String text = cell.toString();
      boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      quoted.add(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
    }
    return String.join(",", quoted);
  }

  /** Six significant digits: tables are for eyes, the other formats keep every digit. */
  private static String shortText(Object cell) {
    return switch (cell) {
      case Double number -> shortNumber(number);
      case Float number -> shortNumber(number);
      default -> cell.toString();
    };
  }

  private static String shortNumber(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e9) {
      return Long.toString((long) number);
    }
    double size = Math.abs(number);
    return size >= 1e-4 && size < 1e9
        ? String.format(Locale.ROOT, "%.6g", number)
        : String.format(Locale.ROOT, "%.5e", number);
  }
}
