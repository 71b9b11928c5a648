package dev.janus.cli.show;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** A file of the product, known by its ending, that can be shown as rows. */
public final class ArtifactView {
  private final Path file;
  private final Function<Path, RowSource> opener;

  private ArtifactView(Path file, Function<Path, RowSource> opener) {
    this.file = file;
    this.opener = opener;
  }

  /**
   * Chooses the reader.
   *
   * @throws CliException for a file of another kind
   */
  public static ArtifactView of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    Function<Path, RowSource> opener =
        switch (ending) {
          case "npz" -> NpzRows::open;
          case "parquet" -> ParquetRows::open;
          case "safetensors" -> TensorRows::open;
          case "yaml", "yml" -> TextRows::open;
          case "json" -> JsonRows::tree;
          case "jsonl" -> JsonRows::lines;
          case "csv" -> CsvRows::open;
          default ->
              throw new CliException(
                  ExitCode.DATA,
                  file
                      + ": not a file that can be shown; known endings: npz, parquet, safetensors,"
                      + " json, jsonl, csv, yaml");
        };
    return new ArtifactView(file, opener);
  }

  /**
   * Prints rows.
   *
   * @param limit rows at most
   * @param out takes the rows
   * @param notes takes lines about the whole file
   */
  public void print(ShowFormat format, long limit, Consumer<String> out, Consumer<String> notes) {
    try (RowSource source = opener.apply(file)) {
      source.summary().forEach(line -> notes.accept(file + ": " + line));
      long rows = RowPrinter.print(source, format, limit, out);
      if (rows == limit && source.next().isPresent()) {
        notes.accept("first " + rows + " rows shown; --rows 0 shows all");
      }
    }
  }
}
