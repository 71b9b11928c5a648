package dev.janus.cli.config;

import dev.janus.contract.label.AttemptedFlows;
import dev.janus.contract.label.CaptureLabels;
import dev.janus.contract.label.CsvLabels;
import dev.janus.contract.label.DatasetDescription;
import dev.janus.contract.label.HourClock;
import dev.janus.contract.label.LabelColumns;
import dev.janus.contract.label.LabelPolicy;
import dev.janus.contract.label.LabelRules;
import dev.janus.contract.label.TimestampFormat;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads where the labels of a data set come from; the keys are listed at the description. */
public final class DatasetDescriptionReader {
  private static final long MAX_TOLERANCE_MICROS = 86_400_000_000L;

  /** Keys that only label files need; one of them is enough to ask for all that must be there. */
  private static final List<String> JOIN_KEYS =
      List.of("columns", "time", "label_file", "label_files", "charset", "delimiter", "header");

  private static final List<String> COLUMN_KEYS =
      List.of(
          "source_ip",
          "source_port",
          "destination_ip",
          "destination_port",
          "protocol",
          "timestamp",
          "label",
          "duration",
          "duration_unit");

  private static final List<String> TIME_KEYS = List.of("formats", "clock", "zone", "tolerance_us");

  private DatasetDescriptionReader() {}

  /** Reads the file, and the rules beside it that it names. */
  public static DatasetDescription read(Path file) {
    return read(YamlFile.read(file, List.of()), file);
  }

  /** Reads a description whose rules, where they are a file, lie beside {@code file}. */
  static DatasetDescription read(YamlMap root, Path file) {
    String name = root.require("name").text();
    List<LabelPolicy> policies = new ArrayList<>();
    if (JOIN_KEYS.stream().anyMatch(key -> root.find(key).isPresent())) {
      policies.add(csv(root));
    }
    root.find("rules").map(rules -> RuleSetReader.read(rules, file)).ifPresent(policies::add);
    YamlMap labels = root.map("labels");
    labels.find("by_capture").map(DatasetDescriptionReader::byCapture).ifPresent(policies::add);
    labels.find("constant").map(DatasetDescriptionReader::constant).ifPresent(policies::add);
    LabelRules rules = labels(labels);
    preferred(root, policies);
    root.finish();
    return root.checked(() -> new DatasetDescription(name, policies, rules));
  }

  /** Moves the policy that the description prefers to the front. */
  private static void preferred(YamlMap root, List<LabelPolicy> policies) {
    Optional<YamlValue> wanted = root.find("label_policy");
    if (wanted.isEmpty()) {
      return;
    }
    List<String> kinds =
        Arrays.stream(LabelPolicy.Kind.values()).map(LabelPolicy.Kind::key).toList();
    String kind = wanted.get().choice(kinds);
    LabelPolicy found =
        policies.stream()
            .filter(policy -> policy.kind().key().equals(kind))
            .findFirst()
            .orElseThrow(() ->
                wanted.get().error("'label_policy' is '" + kind + "', which is not described"));
    policies.remove(found);
    policies.addFirst(found);
  }

  private static CsvLabels csv(YamlMap root) {
    String pattern = root.text("label_file", CsvLabels.FileNames.DEFAULT_PATTERN);
    Map<String, List<String>> byCapture = new LinkedHashMap<>();
    root.map("label_files")
        .values()
        .forEach((capture, files) -> byCapture.put(capture, files.texts()));
    Charset charset =
        root.find("charset").map(DatasetDescriptionReader::charset).orElse(StandardCharsets.UTF_8);
    char delimiter =
        root.find("delimiter")
            .map(DatasetDescriptionReader::delimiter)
            .orElse(CsvLabels.Layout.DEFAULT_DELIMITER);
    List<String> header = root.texts("header", List.of());
    LabelColumns columns = columns(root.map("columns"));
    YamlMap time = root.map("time");
    time.allowOnly(TIME_KEYS);
    TimestampFormat timestamps = timestamps(time);
    long tolerance =
        time.integer("tolerance_us", CsvLabels.DEFAULT_TOLERANCE_MICROS, 0, MAX_TOLERANCE_MICROS);
    return root.checked(() ->
        new CsvLabels(
            new CsvLabels.FileNames(pattern, byCapture),
            new CsvLabels.Layout(charset, delimiter, header),
            columns,
            timestamps,
            tolerance));
  }

  private static Charset charset(YamlValue value) {
    try {
      return Charset.forName(value.text());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw value.error("'charset' must be a character set such as UTF-8 or windows-1252");
    }
  }

  private static char delimiter(YamlValue value) {
    String text = value.text();
    boolean usable =
        text.length() == 1
            && text.charAt(0) != '"'
            && text.charAt(0) != '\r'
            && text.charAt(0) != '\n'
            && !Character.isSurrogate(text.charAt(0));
    if (!usable) {
      throw value.error("'delimiter' must be one character such as \";\" or \"\\t\"");
    }
    return text.charAt(0);
  }

  private static LabelColumns columns(YamlMap map) {
    map.allowOnly(COLUMN_KEYS);
    Optional<LabelColumns.Duration> duration =
        map.find("duration").map(value -> new LabelColumns.Duration(value.text(), unit(map)));
    LabelColumns columns =
        new LabelColumns(
            map.require("source_ip").text(),
            map.require("source_port").text(),
            map.require("destination_ip").text(),
            map.require("destination_port").text(),
            map.require("protocol").text(),
            map.require("timestamp").text(),
            map.require("label").text(),
            duration);
    unit(map);
    return columns;
  }

  private static LabelColumns.Unit unit(YamlMap map) {
    List<LabelColumns.Unit> units = Arrays.asList(LabelColumns.Unit.values());
    List<String> symbols = units.stream().map(LabelColumns.Unit::symbol).toList();
    String symbol = map.choice("duration_unit", LabelColumns.Unit.MICROSECONDS.symbol(), symbols);
    return units.get(symbols.indexOf(symbol));
  }

  private static TimestampFormat timestamps(YamlMap map) {
    List<String> formats = map.require("formats").texts();
    List<HourClock> clocks = Arrays.asList(HourClock.values());
    List<String> keys = clocks.stream().map(HourClock::key).toList();
    HourClock clock = clocks.get(keys.indexOf(map.choice("clock", HourClock.H24.key(), keys)));
    ZoneId zone = map.find("zone").map(DatasetDescriptionReader::zone).orElse(ZoneOffset.UTC);
    return map.checked(() -> new TimestampFormat(formats, clock, zone));
  }

  private static ZoneId zone(YamlValue value) {
    try {
      return ZoneId.of(value.text());
    } catch (DateTimeException e) {
      throw value.error("'time.zone' must be an offset like -03:00 or a zone like Europe/Berlin");
    }
  }

  private static CaptureLabels byCapture(YamlValue value) {
    try {
      return new CaptureLabels(value.map().textsByKey());
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }

  private static LabelPolicy.Constant constant(YamlValue value) {
    try {
      return new LabelPolicy.Constant(value.text());
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }

  private static LabelRules labels(YamlMap map) {
    List<LabelRules.Drop> drops = new ArrayList<>();
    for (YamlValue item : map.find("drop").map(YamlValue::items).orElse(List.of())) {
      YamlMap drop = item.map();
      drop.allowOnly(List.of("column", "matches"));
      drops.add(
          new LabelRules.Drop(drop.require("column").text(), pattern(drop.require("matches"))));
    }
    Set<String> benign = Set.copyOf(map.texts("benign", List.of(LabelRules.BENIGN)));
    String unmatched =
        map.find("unmatched").map(value -> unmatched(value, benign)).orElse(LabelRules.UNLABELLED);
    Optional<String> empty = map.find("empty").map(YamlValue::text);
    List<AttemptedFlows> treatments = Arrays.asList(AttemptedFlows.values());
    List<String> keys = treatments.stream().map(AttemptedFlows::key).toList();
    AttemptedFlows attempted =
        treatments.get(keys.indexOf(map.choice("attempted", AttemptedFlows.KEEP.key(), keys)));
    YamlMap rename = map.map("rename");
    map.finish();
    return map.checked(
        () -> new LabelRules(benign, rename.textsByKey(), drops, empty, attempted, unmatched));
  }

  /** Any other name would make an attack class of flows about which nothing is known. */
  private static String unmatched(YamlValue value, Set<String> benign) {
    String text = value.text();
    if (text.equals(LabelRules.UNLABELLED)) {
      return text;
    }
    if (text.equals(LabelRules.BENIGN) || benign.stream().anyMatch(text::equalsIgnoreCase)) {
      return LabelRules.BENIGN;
    }
    throw value.error(
        "'labels.unmatched' must be UNLABELLED or a benign label, not '" + text + "'");
  }

  private static Pattern pattern(YamlValue value) {
    try {
      return Pattern.compile(value.text());
    } catch (PatternSyntaxException e) {
      throw value.error("not a regular expression: " + e.getDescription());
    }
  }
}
