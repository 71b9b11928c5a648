package dev.janus.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The report as text: a Markdown table whose columns are aligned, for a terminal and a README. */
public final class MarkdownTable {
  private static final List<String> HEADER =
      List.of("name", "unit", "ours", "peer", "peer name", "ratio", "bar", "met");

  private MarkdownTable() {}

  /** The whole text, lines ending with a newline. */
  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(report.machine()).append('\n');
    text.append(report.date())
        .append(", commit ")
        .append(report.commit())
        .append(", ")
        .append(report.mode())
        .append(" mode; ratio = how many times faster ours is\n\n");
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    report.rows().forEach(row -> lines.add(cells(row)));
    int[] widths = widths(lines);
    append(text, HEADER, widths);
    rule(text, widths);
    lines.subList(1, lines.size()).forEach(line -> append(text, line, widths));
    return text.toString();
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.name(),
        row.unit(),
        number(row.ours()),
        number(row.peer()),
        row.peerName(),
        number(row.ratio()),
        bar(row.bar()),
        row.met().map(met -> met ? "yes" : "NO").orElse(""));
  }

  private static String bar(Bar bar) {
    String limit = number(OptionalDouble.of(bar.limit()));
    return switch (bar.side()) {
      case NONE -> "";
      case RATIO_AT_LEAST -> "ratio >= " + limit;
      case OURS_AT_LEAST -> ">= " + limit;
      case OURS_AT_MOST -> "<= " + limit;
    };
  }

  /** Three significant digits, or all digits before the point; empty for no number. */
  static String number(OptionalDouble value) {
    if (value.isEmpty()) {
      return "";
    }
    double x = value.getAsDouble();
    double size = Math.abs(x);
    int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", x);
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[HEADER.size()];
    for (List<String> line : lines) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], line.get(c).length());
      }
    }
    return widths;
  }

  private static void append(StringBuilder text, List<String> cells, int[] widths) {
    for (int c = 0; c < widths.length; c++) {
      String cell = cells.get(c);
      text.append("| ").append(cell).repeat(' ', widths[c] - cell.length() + 1);
    }
    text.append("|\n");
  }

  private static void rule(StringBuilder text, int[] widths) {
    for (int width : widths) {
      text.append('|').repeat('-', width + 2);
    }
    text.append("|\n");
  }
}
