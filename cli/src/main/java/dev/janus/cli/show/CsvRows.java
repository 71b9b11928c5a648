package dev.janus.cli.show;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of a CSV file with a header line. */
final class CsvRows implements RowSource {
  private final Path file;
  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> columns;

  private CsvRows(Path file, CsvReader<CsvRecord> reader) {
    this.file = file;
    this.reader = reader;
    this.records = reader.iterator();
    this.columns =
        read()
            .map(CsvRecord::getFields)
            .orElseThrow(() -> new CliException(ExitCode.DATA, file + ": empty file"));
  }

  static CsvRows open(Path file) {
    try {
      return new CsvRows(
          file,
          CsvReader.builder()
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .detectBomHeader(true)
              .ofCsvRecord(file));
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NO_INPUT, file + ": cannot be read (" + InputFiles.reason(e) + ")", e);
    }
  }

  @Override
  public List<String> summary() {
    return List.of("CSV, " + Quantity.of(columns.size(), "column"));
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public Optional<List<Object>> next() {
    return read().map(this::cells);
  }

  private List<Object> cells(CsvRecord record) {
    List<Object> cells = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      cells.add(c < record.getFieldCount() ? record.getField(c) : "");
    }
    return cells;
  }

  private Optional<CsvRecord> read() {
    try {
      return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
    } catch (CsvParseException | UncheckedIOException e) {
      throw new CliException(ExitCode.DATA, file + ": not readable as CSV: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
