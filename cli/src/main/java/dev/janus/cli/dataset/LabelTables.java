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
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;

/** Reads label files in CSV form. */
public final class LabelTables {
  /** What stands between fields in other files than the description thinks of. */
  private static final Map<Character, String> DELIMITERS =
      Map.of(',', "commas", ';', "semicolons", '\t', "tabs", '|', "bars");

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
      String where = files.size() == 1 ? "there" : "in the " + files.size() + " files";
      throw new CliException(
          ExitCode.DATA,
          built.files().stream()
              .flatMap(report -> report.problems().stream())
              .findFirst()
              .map(first ->
                  "%s; it is the first problem, no label row %s is usable".formatted(first, where))
              .orElse(files.getFirst() + ": no usable label row " + where));
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
      checkDelimiter(description, file, first.getStartingLineNumber(), fields);
      LabelFileReader reader =
          header.isEmpty()
              ? new LabelFileReader(
                  description, file.toString(), first.getStartingLineNumber(), fields)
              : new LabelFileReader(description, file.toString(), header);
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
    } catch (ZipException | EOFException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NO_INPUT, file + ": cannot be read (" + InputFiles.reason(e) + ")", e);
    }
  }

  private static CliException damaged(Path file, Throwable cause) {
    return new CliException(
        ExitCode.DATA,
        file + ": the gzip stream is cut or damaged; copy or download the file again",
        cause);
  }

  /** A line that is one field, though it could be several, was cut at the wrong character. */
  private static void checkDelimiter(
      DatasetDescription description, Path file, long line, String[] fields) {
    if (fields.length > 1) {
      return;
    }
    char own = description.csv().layout().delimiter();
    DELIMITERS.entrySet().stream()
        .filter(other -> other.getKey() != own && fields[0].indexOf(other.getKey()) >= 0)
        .max(Comparator.comparingLong(other -> count(fields[0], other.getKey())))
        .ifPresent(other -> {
          String written = other.getKey() == '\t' ? "\\t" : String.valueOf(other.getKey());
          throw new CliException(
              ExitCode.DATA,
              ("%s:%d: the line is one column at %s, but holds %s; set delimiter: \"%s\" in the"
                      + " description of the data set")
                  .formatted(file, line, name(own), other.getValue(), written));
        });
  }

  private static String name(char delimiter) {
    return DELIMITERS.getOrDefault(delimiter, "'" + delimiter + "'");
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  private static Reader open(DatasetDescription description, Path file) throws IOException {
    return new InputStreamReader(
        LabelBytes.open(file),
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
      if (cause instanceof ZipException || cause instanceof EOFException) {
        return damaged(file, cause);
      }
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
