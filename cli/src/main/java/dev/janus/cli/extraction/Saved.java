package dev.janus.cli.extraction;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that an interrupted extraction left; every member that is asked for must be there.
 */
record Saved(Path file, Map<?, ?> members) {
  /** Reads a file. */
  static Saved read(Path file) {
    try {
      return of(file, Json.parse(Files.readString(file)));
    } catch (IOException e) {
      throw new CliException(
          ExitCode.DATA, file + ": cannot be read back; start again with --overwrite", e);
    }
  }

  private static Saved of(Path file, @Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return new Saved(file, members);
    }
    throw new CliException(ExitCode.DATA, file + ": is damaged; start again with --overwrite");
  }

  boolean has(String key) {
    return members.containsKey(key);
  }

  String text(String key) {
    return String.valueOf(present(key));
  }

  long number(String key) {
    if (present(key) instanceof Number number) {
      return number.longValue();
    }
    throw damaged(key);
  }

  Map<String, Long> numbers(String key) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    Saved object = of(file, present(key));
    object.members.forEach(
        (name, value) -> numbers.put(String.valueOf(name), object.number(String.valueOf(name))));
    return numbers;
  }

  List<String> texts(String key) {
    return list(key).stream().map(String::valueOf).toList();
  }

  List<Saved> objects(String key) {
    return list(key).stream().map(item -> of(file, item)).toList();
  }

  private List<?> list(String key) {
    if (present(key) instanceof List<?> list) {
      return list;
    }
    throw damaged(key);
  }

  private Object present(String key) {
    Object value = members.get(key);
    if (value == null) {
      throw damaged(key);
    }
    return value;
  }

  private CliException damaged(String key) {
    return new CliException(
        ExitCode.DATA,
        "%s: is damaged (%s is missing or wrong); start again with --overwrite"
            .formatted(file, key));
  }
}
