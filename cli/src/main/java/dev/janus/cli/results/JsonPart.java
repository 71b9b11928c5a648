package dev.janus.cli.results;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * A value of a JSON file that knows where it stands, so that an error names the place.
 *
 * @param file the file
 * @param place keys down to the value, "" for the whole file
 * @param value a map, list, text, number or boolean
 */
record JsonPart(Path file, String place, Object value) {
  private static final String FIX = "; evaluate again to replace it";

  /**
   * Reads a file that holds an object.
   *
   * @throws CliException when it is missing or holds anything else
   */
  static JsonPart read(Path file) {
    InputFiles.requireFile(file);
    try {
      Object value = Json.parse(Files.readString(file));
      if (!(value instanceof Map<?, ?>)) {
        throw new CliException(ExitCode.DATA, file + ": holds no JSON object" + FIX);
      }
      return new JsonPart(file, "", value);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.DATA, "%s: not readable as JSON: %s%s".formatted(file, Json.reason(e), FIX), e);
    }
  }

  /** A member; fails when there is none. */
  JsonPart at(String key) {
    return find(key)
        .orElseThrow(() -> new CliException(ExitCode.DATA, file + ": has no " + below(key) + FIX));
  }

  /** A member; empty when there is none, or null stands there. */
  Optional<JsonPart> find(String key) {
    return Optional.ofNullable(map().get(key))
        .map(member -> new JsonPart(file, below(key), member));
  }

  /** The number of a member; NaN when there is none. */
  double number(String key) {
    return find(key).map(JsonPart::number).orElse(Double.NaN);
  }

  /** The text of a member, or of another scalar; "" when there is none. */
  String text(String key) {
    return find(key).map(part -> String.valueOf(part.value)).orElse("");
  }

  /** A finite number. */
  double number() {
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw wrong("a number");
  }

  /** The whole number of a member; empty when there is none. */
  OptionalLong count(String key) {
    return find(key)
        .map(part -> OptionalLong.of(Math.round(part.number())))
        .orElse(OptionalLong.empty());
  }

  /** The truth of a member; empty when there is none. */
  Optional<Boolean> truth(String key) {
    return find(key).map(JsonPart::truth);
  }

  boolean truth() {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw wrong("true or false");
  }

  /** The elements of a list. */
  List<JsonPart> items() {
    if (!(value instanceof List<?> list)) {
      throw wrong("a list");
    }
    List<JsonPart> items = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String at = place + "[" + i + "]";
      Object item = list.get(i);
      if (item == null) {
        throw new CliException(ExitCode.DATA, file + ": " + at + " is null" + FIX);
      }
      items.add(new JsonPart(file, at, item));
    }
    return items;
  }

  /** The members that are not null, in file order. */
  SequencedMap<String, JsonPart> members() {
    SequencedMap<String, JsonPart> members = new LinkedHashMap<>();
    map()
        .forEach((key, member) -> {
          if (member != null) {
            String name = String.valueOf(key);
            members.put(name, new JsonPart(file, below(name), member));
          }
        });
    return members;
  }

  private Map<?, ?> map() {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong("an object");
  }

  private String below(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  private CliException wrong(String wanted) {
    return new CliException(
        ExitCode.DATA, "%s: %s is '%s', not %s%s".formatted(file, place, value, wanted, FIX));
  }
}
