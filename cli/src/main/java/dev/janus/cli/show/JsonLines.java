package dev.janus.cli.show;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The objects of a file of JSON lines, one in memory at a time; blank lines are passed over. */
final class JsonLines implements Iterator<Map<?, ?>>, AutoCloseable {
  private final Path file;
  private final BufferedReader reader;
  private @Nullable String line = "";
  private long number;

  private JsonLines(Path file, BufferedReader reader) {
    this.file = file;
    this.reader = reader;
  }

  static JsonLines open(Path file) {
    try {
      JsonLines lines = new JsonLines(file, Files.newBufferedReader(file));
      lines.advance();
      return lines;
    } catch (IOException e) {
      throw JsonRows.unreadable(file, e);
    }
  }

  private void advance() {
    try {
      do {
        line = reader.readLine();
        number++;
      } while (line != null && line.isBlank());
    } catch (IOException e) {
      throw JsonRows.unreadable(file, e);
    }
  }

  @Override
  public boolean hasNext() {
    return line != null;
  }

  @Override
  public Map<?, ?> next() {
    String text = line;
    if (text == null) {
      throw new NoSuchElementException();
    }
    String place = file + ":" + number;
    if (!(JsonRows.parse(text, place) instanceof Map<?, ?> object)) {
      throw new CliException(ExitCode.DATA, place + ": not a JSON object");
    }
    advance();
    return object;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw JsonRows.unreadable(file, e);
    }
  }
}
