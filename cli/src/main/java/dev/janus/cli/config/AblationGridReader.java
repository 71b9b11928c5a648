package dev.janus.cli.config;

import dev.janus.cli.terminal.CliException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a grid of ablations: named variants, and axes of values that are tried one at a time or all
 * with all. Whether keys and values are those of a configuration shows when a variant is resolved.
 */
public final class AblationGridReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._=,+-]*");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._+-]+");
  private static final String ONE_AT_A_TIME = "one-at-a-time";
  private static final String PRODUCT = "product";
  private static final int MOST_VARIANTS = 10_000;

  private final YamlMap root;
  private final Path file;
  private final List<AblationGrid.Variant> variants = new ArrayList<>();
  private final Set<String> names = new HashSet<>(Set.of(AblationGrid.BASE));

  private AblationGridReader(Path file) {
    this.file = file;
    this.root = YamlFile.read(file, List.of());
  }

  /**
   * Reads the file.
   *
   * @throws CliException when it cannot be read or holds anything else; names the place
   */
  public static AblationGrid read(Path file) {
    return new AblationGridReader(file).grid();
  }

  private AblationGrid grid() {
    root.allowOnly(List.of("base", "seeds", "set", "variants", "axes", "combine"));
    root.map("variants").values().forEach((name, value) -> add(name, overrides(value), value));
    List<Axis> axes = axes();
    String how = root.choice("combine", ONE_AT_A_TIME, List.of(ONE_AT_A_TIME, PRODUCT));
    if (how.equals(PRODUCT)) {
      product(axes, 0, List.of());
    } else {
      axes.forEach(axis -> axis.settings().forEach(setting -> add(List.of(setting))));
    }
    return new AblationGrid(file, base(), seeds(), common(), variants);
  }

  private Path base() {
    YamlValue value = root.require("base");
    try {
      return file.resolveSibling(value.text());
    } catch (InvalidPathException e) {
      throw value.error("'base' is no path: " + e.getReason());
    }
  }

  private List<Long> seeds() {
    Set<Long> seeds = new LinkedHashSet<>();
    root.find("seeds")
        .ifPresent(
            value -> value.items().forEach(item -> seeds.add(item.integer(0, Long.MAX_VALUE))));
    return List.copyOf(seeds);
  }

  private List<String> common() {
    return root.find("set").map(AblationGridReader::overrides).orElse(List.of());
  }

  /** {@code key.path: value} lines as overrides. */
  private static List<String> overrides(YamlValue value) {
    Map<String, YamlValue> keys = value.map().values();
    if (keys.isEmpty()) {
      throw value.error("nothing is changed here; write 'key.path: value' lines");
    }
    return keys.entrySet().stream()
        .map(entry -> override(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String override(String key, YamlValue value) {
    if (key.equals("seed")) {
      throw value.error("the seed is no variant; list seeds under 'seeds' or with --seeds");
    }
    if (value.isList()) {
      return key
          + "="
          + value.texts().stream()
              .map(AblationGridReader::quoted)
              .collect(Collectors.joining(", ", "[", "]"));
    }
    return key + "=" + quoted(value.text());
  }

  /** So that the value is read back as it was, whatever it holds. */
  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "''") + "'";
  }

  /** A key with the values that it takes in turn. */
  private record Axis(List<Setting> settings) {}

  /** One value of an axis. */
  private record Setting(String name, String override, YamlValue value) {}

  private List<Axis> axes() {
    Map<String, YamlValue> keys = root.map("axes").values();
    List<Axis> axes = new ArrayList<>();
    keys.forEach((key, value) -> {
      List<Setting> settings = new ArrayList<>();
      for (YamlValue item : value.items()) {
        settings.add(
            new Setting(
                shortest(key, keys.keySet()) + "=" + item.text(), override(key, item), item));
      }
      if (settings.isEmpty()) {
        throw value.error("'" + key + "' has no value");
      }
      axes.add(new Axis(settings));
    });
    return axes;
  }

  /** The last word of a key, where no other axis ends in it. */
  private static String shortest(String key, Set<String> keys) {
    String last = lastWord(key);
    return keys.stream().filter(other -> lastWord(other).equals(last)).count() == 1 ? last : key;
  }

  private static String lastWord(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private void product(List<Axis> axes, int next, List<Setting> chosen) {
    if (next == axes.size()) {
      if (!chosen.isEmpty()) {
        add(chosen);
      }
      return;
    }
    for (Setting setting : axes.get(next).settings()) {
      List<Setting> more = new ArrayList<>(chosen);
      more.add(setting);
      product(axes, next + 1, more);
    }
  }

  private void add(List<Setting> settings) {
    add(
        settings.stream().map(Setting::name).collect(Collectors.joining(",")),
        settings.stream().map(Setting::override).toList(),
        settings.getFirst().value());
  }

  private void add(String name, List<String> overrides, YamlValue value) {
    if (!NAME.matcher(name).matches()) {
      throw value.error(
          "'%s' names no folder; use letters, digits and . _ = , + - only".formatted(name));
    }
    if (!names.add(name)) {
      throw value.error("there is a variant '%s' already".formatted(name));
    }
    if (variants.size() == MOST_VARIANTS) {
      throw value.error("more than " + MOST_VARIANTS + " variants");
    }
    variants.add(new AblationGrid.Variant(name, overrides, place(value)));
  }

  private String place(YamlValue value) {
    return YamlFile.place(value.node(), file.toString());
  }
}
