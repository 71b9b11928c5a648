package dev.janus.cli.config;

import dev.janus.contract.label.DatasetDescription;
import dev.janus.contract.label.HourClock;
import dev.janus.contract.label.LabelColumns;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads how a data set's label files are written; the keys are listed at the description. */
public final class DatasetDescriptionReader {
  private static final long MAX_TOLERANCE_MICROS = 86_400_000_000L;

  private DatasetDescriptionReader() {}

  /** Reads the file. */
  public static DatasetDescription read(Path file) {
    YamlMap root = YamlFile.read(file, List.of());
    String name = root.require("name").text();
    String labelFile = root.text("label_file", DatasetDescription.DEFAULT_LABEL_FILE);
    Charset charset =
        root.find("charset").map(DatasetDescriptionReader::charset).orElse(StandardCharsets.UTF_8);
    LabelColumns columns = columns(root.map("columns"));
    YamlMap time = root.map("time");
    TimestampFormat timestamps = timestamps(time);
    long tolerance =
        time.integer(
            "tolerance_us", DatasetDescription.DEFAULT_TOLERANCE_MICROS, 0, MAX_TOLERANCE_MICROS);
    time.finish();
    LabelRules labels = labels(root.map("labels"));
    root.finish();
    return root.checked(() ->
        new DatasetDescription(name, labelFile, charset, columns, timestamps, tolerance, labels));
  }

  private static Charset charset(YamlValue value) {
    try {
      return Charset.forName(value.text());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw value.error("'charset' must be a character set such as UTF-8 or windows-1252");
    }
  }

  private static LabelColumns columns(YamlMap map) {
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
    map.finish();
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

  private static LabelRules labels(YamlMap map) {
    List<LabelRules.Drop> drops = new ArrayList<>();
    for (YamlValue item : map.find("drop").map(YamlValue::items).orElse(List.of())) {
      YamlMap drop = item.map();
      drops.add(
          new LabelRules.Drop(drop.require("column").text(), pattern(drop.require("matches"))));
      drop.finish();
    }
    Set<String> benign = Set.copyOf(map.texts("benign", List.of(LabelRules.BENIGN)));
    String unmatched =
        map.find("unmatched").map(value -> unmatched(value, benign)).orElse(LabelRules.UNLABELLED);
    YamlMap rename = map.map("rename");
    map.finish();
    return map.checked(() -> new LabelRules(benign, rename.textsByKey(), drops, unmatched));
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
