package dev.janus.cli.report;

import dev.janus.cli.terminal.TextTable;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** The words and tables of a report as Markdown; pictures are left out. */
final class MarkdownDocument {
  private MarkdownDocument() {}

  static String of(String title, List<ReportBlock> blocks) {
    List<ReportBlock> written = withContent(withoutPictures(blocks));
    StringBuilder text = new StringBuilder("# ").append(escaped(title)).append('\n');
    written.forEach(block -> text.append('\n').append(text(block)));
    return text.toString();
  }

  /** Leaves out pictures, and what is said of them right before them. */
  private static List<ReportBlock> withoutPictures(List<ReportBlock> blocks) {
    return IntStream.range(0, blocks.size())
        .filter(i -> !isPicture(blocks.get(i)) && !(blocks.get(i) instanceof ReportBlock.Contents))
        .filter(i ->
            !(blocks.get(i) instanceof ReportBlock.Words
                && i + 1 < blocks.size()
                && isPicture(blocks.get(i + 1))))
        .mapToObj(blocks::get)
        .toList();
  }

  /** Leaves out headings with nothing below them. */
  private static List<ReportBlock> withContent(List<ReportBlock> blocks) {
    return IntStream.range(0, blocks.size())
        .filter(i ->
            !(blocks.get(i) instanceof ReportBlock.Heading heading)
                || (i + 1 < blocks.size()
                    && !(blocks.get(i + 1) instanceof ReportBlock.Heading next
                        && next.level() <= heading.level())))
        .mapToObj(blocks::get)
        .toList();
  }

  private static boolean isPicture(ReportBlock block) {
    return block instanceof ReportBlock.Figures || block instanceof ReportBlock.Gallery;
  }

  private static String text(ReportBlock block) {
    return switch (block) {
      case ReportBlock.Heading heading ->
          "#".repeat(heading.level()) + " " + escaped(heading.text()) + "\n";
      case ReportBlock.Words words -> escaped(words.text()) + "\n";
      case ReportBlock.Table table -> table(table.table());
      case ReportBlock.Matrix matrix -> table(matrix.table(), matrix.best());
      case ReportBlock.Entries entries -> {
        TextTable table = new TextTable("key", "value");
        entries.entries().forEach(table::row);
        yield table(table);
      }
      case ReportBlock.Contents contents -> "";
      case ReportBlock.Figures figures -> "";
      case ReportBlock.Gallery gallery -> "";
    };
  }

  /** A table of GitHub's Markdown; columns of numbers stand at the right. */
  static String table(TextTable table) {
    return table(table, List.of());
  }

  /** The same with the best figures of each row in bold. */
  private static String table(TextTable table, List<Set<Integer>> best) {
    List<String> headers = table.headers();
    StringBuilder text = new StringBuilder(line(headers, Set.of()));
    StringJoiner rule = new StringJoiner("|", "|", "|\n");
    IntStream.range(0, headers.size())
        .forEach(column -> rule.add(table.isNumeric(column) ? "---:" : "---"));
    text.append(rule);
    List<List<String>> rows = table.rows();
    for (int row = 0; row < rows.size(); row++) {
      text.append(line(rows.get(row), row < best.size() ? best.get(row) : Set.of()));
    }
    return text.toString();
  }

  private static String line(List<String> cells, Set<Integer> bold) {
    StringJoiner line = new StringJoiner(" | ", "| ", " |\n");
    for (int column = 0; column < cells.size(); column++) {
      String cell = escaped(cells.get(column));
      line.add(bold.contains(column) ? "**" + cell + "**" : cell);
    }
    return line.toString();
  }

  /** Nothing in a text ends its cell or line, or becomes HTML or emphasis. */
  private static String escaped(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ")
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("`", "\\`")
        .replace("[", "\\[")
        .replace("&", "&amp;")
        .replace("<", "&lt;");
  }
}
