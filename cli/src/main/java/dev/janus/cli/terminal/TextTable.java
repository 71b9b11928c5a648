package dev.janus.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table of text columns padded to their widest cell; numbers stand at the right. */
public final class TextTable {
  private final List<String> headers;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... headers) {
    this(List.of(headers));
  }

  public TextTable(List<String> headers) {
    this.headers = List.copyOf(headers);
  }

  /** Appends a row; one cell per header. */
  public void row(List<String> cells) {
    if (cells.size() != headers.size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells for " + headers.size() + " columns: " + cells);
    }
    rows.add(List.copyOf(cells));
  }

  /** Appends a row; one cell per header. */
  public void row(String... cells) {
    row(Arrays.asList(cells));
  }

  public List<String> headers() {
    return headers;
  }

  public List<List<String>> rows() {
    return List.copyOf(rows);
  }

  /** Whether a column holds nothing but numbers, so that it stands at the right. */
  public boolean isNumeric(int column) {
    return !rows.isEmpty() && rows.stream().allMatch(row -> isNumber(row.get(column)));
  }

  /** The lines of the table, header and rule first, without trailing blanks. */
  public List<String> lines() {
    int columns = headers.size();
    int[] width = new int[columns];
    boolean[] numeric = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      width[c] = headers.get(c).length();
      numeric[c] = isNumeric(c);
      for (List<String> row : rows) {
        width[c] = Math.max(width[c], row.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(headers, width, numeric));
    lines.add(line(Arrays.stream(width).mapToObj("-"::repeat).toList(), width, numeric));
    rows.forEach(row -> lines.add(line(row, width, numeric)));
    return lines;
  }

  /** A number with {@code digits} digits after the point, "-" where it is not finite. */
  public static String number(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "-";
  }

  /** An integer with thousands separated by commas. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String line(List<String> cells, int[] width, boolean[] numeric) {
    StringBuilder text = new StringBuilder();
    for (int c = 0; c < width.length; c++) {
      String pad = " ".repeat(width[c] - cells.get(c).length());
      text.append(c == 0 ? "" : "  ");
      text.append(numeric[c] ? pad + cells.get(c) : cells.get(c) + pad);
    }
    return text.toString().stripTrailing();
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty()
        || cell.equals("-")
        || cell.matches("[-+]?[0-9][0-9,.]*([eE][-+]?\\d+)?%?");
  }
}
