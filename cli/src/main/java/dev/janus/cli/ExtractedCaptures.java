package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.contract.artifact.CaptureNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the captures of an extraction lay. */
final class ExtractedCaptures {
  private ExtractedCaptures() {}

  /**
   * The files that {@code extract.json} names; for captures that it does not know, their bare
   * names.
   *
   * @param folder of the extraction
   * @param names names of the captures
   */
  static List<Path> places(Path folder, List<String> names) {
    Map<String, Path> known = new HashMap<>();
    try {
      if (Json.parse(Files.readString(folder.resolve(ExtractionJob.REPORT_FILE)))
              instanceof Map<?, ?> report
          && report.get("captures") instanceof List<?> captures) {
        for (Object capture : captures) {
          if (capture instanceof Map<?, ?> entry && entry.get("file") instanceof String file) {
            Path path = Path.of(file);
            String name = entry.get("name") instanceof String given ? given : CaptureNames.of(path);
            known.put(name, path);
          }
        }
      }
    } catch (IOException | InvalidPathException e) {
      // Flows of another program have no such file; names then have to do.
      known.clear();
    }
    return names.stream()
        .map(name -> known.containsKey(name) ? known.get(name) : bare(folder, name))
        .toList();
  }

  private static Path bare(Path folder, String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new CliException(
          ExitCode.DATA,
          "%s: flows of a capture named \"%s\", which is no file name here (%s); where the locale is"
                  .formatted(folder, name, e.getReason())
              + " POSIX, set LC_ALL=C.UTF-8",
          e);
    }
  }
}
