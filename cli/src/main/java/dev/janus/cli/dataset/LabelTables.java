package dev.janus.cli.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.label.DatasetDescription;
import dev.janus.contract.label.LabelFileReader;
import dev.janus.contract.label.LabelFiles;
import dev.janus.contract.label.LabelTable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads label files in CSV form. */
public final class LabelTables {
  private LabelTables() {}

  /**
   * The label rows of each capture, in capture order; captures with the same files share a table.
   *
   * @param labels a label file, or a folder of label files
   * @param captures names of the captures
   * @throws CliException when a file cannot be read or holds no usable row
   */
  public static List<LabelTable> load(
      DatasetDescription description, Path labels, List<String> captures) {
    Map<List<Path>, LabelTable> known = new HashMap<>();
    List<LabelTable> tables = new ArrayList<>();
    for (String capture : captures) {
      List<Path> files = LabelFiles.of(description, labels, capture);
      tables.add(known.computeIfAbsent(files, all -> load(description, all)));
    }
    return tables;
  }

  private static LabelTable load(DatasetDescription description, List<Path> files) {
    LabelTable.Builder table = LabelTable.builder();
    for (Path file : files) {
      load(description, file, table);
    }
    LabelTable built = table.build();
    if (built.size() == 0) {
      String problem =
          built.files().stream()
              .flatMap(report -> report.problems().stream())
              .findFirst()
              .map(first -> "; the first problem: " + first)
              .orElse("");
      throw new CliException(ExitCode.DATA, files.getFirst() + ": no usable label row" + problem);
    }
    return built;
  }

  private static void load(DatasetDescription description, Path file, LabelTable.Builder table) {
    try (Reader text = open(description, file);
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .fieldSeparator(description.csv().layout().delimiter())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(false)
                .ofCsvRecord(text)) {
      Iterator<CsvRecord> records = csv.iterator();
      if (!records.hasNext()) {
        throw new CliException(ExitCode.DATA, file + ": an empty file, expected a header line");
      }
      CsvRecord first = records.next();
      String[] fields = fields(first);
      fields[0] = fields[0].replaceFirst("^\uFEFF", "");
      List<String> header = description.csv().layout().header();
      LabelFileReader reader =
          new LabelFileReader(
              description,
              file.toString(),
              header.isEmpty() ? fields : header.toArray(String[]::new));
      if (!header.isEmpty()) {
        reader.read(first.getStartingLineNumber(), fields).ifPresent(table::add);
      }
      while (records.hasNext()) {
        CsvRecord record = records.next();
        reader.read(record.getStartingLineNumber(), fields(record)).ifPresent(table::add);
      }
      table.endFile(reader.report());
    } catch (CsvParseException | UncheckedIOException e) {
      throw unreadable(description, file, e);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NO_INPUT, file + ": cannot be read (" + InputFiles.reason(e) + ")", e);
    }
  }

  private static Reader open(DatasetDescription description, Path file) throws IOException {
    return new InputStreamReader(
        Files.newInputStream(file),
        description
            .csv()
            .layout()
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private static CliException unreadable(
      DatasetDescription description, Path file, RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CharacterCodingException) {
        return new CliException(
            ExitCode.DATA, undecodable(description.csv().layout().charset(), file), e);
      }
    }
    return new CliException(ExitCode.DATA, file + ": not readable as CSV: " + e.getMessage(), e);
  }

  private static String undecodable(Charset charset, Path file) {
    String place;
    try {
      place =
          UndecodableByte.in(file, charset)
              .map(found -> "%s:%d: byte %02X is".formatted(file, found.line(), found.value()))
              .orElse(file + ": holds bytes that are");
    } catch (IOException e) {
      place = file + ": holds bytes that are";
    }
    return charset.equals(StandardCharsets.UTF_8)
        ? place + " not UTF-8; set charset in the description of the data set, e.g. windows-1252"
        : "%s not %s, the charset in the description of the data set; mend the file or set another"
                .formatted(place, charset)
            + " (ISO-8859-1 takes every byte)";
  }

  private static String[] fields(CsvRecord record) {
    return record.getFields().toArray(String[]::new);
  }
}
