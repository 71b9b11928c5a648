package dev.janus.cli.show;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A text file such as a configuration, one row per line. */
final class TextRows {
  private TextRows() {}

  static RowSource open(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return new ListedRows(
          List.of("text, " + Quantity.of(lines.size(), "line")),
          List.of("line"),
          lines.stream().<List<Object>>map(List::of).iterator());
    } catch (IOException e) {
      throw new CliException(
          ExitCode.DATA, file + ": cannot be read as text (" + InputFiles.reason(e) + ")", e);
    }
  }
}
