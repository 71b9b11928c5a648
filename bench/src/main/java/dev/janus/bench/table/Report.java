package dev.janus.bench.table;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.janus.contract.artifact.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of one run.
 *
 * @param machine where it ran
 * @param date the day it ended
 * @param commit the product that was measured
 * @param mode {@code quick} or {@code full}
 * @param rows the table
 */
public record Report(Machine machine, LocalDate date, String commit, String mode, List<Row> rows) {
  /** Name of the file. */
  public static final String FILE = "bench.json";

  public Report {
    rows = List.copyOf(rows);
  }

  /** The content of {@code bench.json}. */
  String json() throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("machine", machine.toString());
    object.put("date", date.toString());
    object.put("commit", commit);
    object.put("mode", mode);
    object.put("rows", rows.stream().map(RowJson::object).toList());
    return JSON.std
            .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
            .with(JSON.Feature.WRITE_NULL_PROPERTIES)
            .asString(object)
        + "\n";
  }

  /**
   * Writes {@code bench.json}: the file is there whole or, on any failure, as it was before.
   *
   * @param folder made when it does not exist
   */
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path target = folder.resolve(FILE);
    try (AtomicFile file = AtomicFile.create(target)) {
      ByteBuffer bytes = ByteBuffer.wrap(json().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.channel().write(bytes);
      }
      file.commit();
    }
    return target;
  }
}
