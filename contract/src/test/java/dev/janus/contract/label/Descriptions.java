package dev.janus.contract.label;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The descriptions of the test beds as {@code configs/datasets} has them, and variations. */
final class Descriptions {
  static final LabelColumns CIC_COLUMNS =
      new LabelColumns(
          "Source IP",
          "Source Port",
          "Destination IP",
          "Destination Port",
          "Protocol",
          "Timestamp",
          "Label",
          Optional.of(new LabelColumns.Duration("Flow Duration", LabelColumns.Unit.MICROSECONDS)));

  private Descriptions() {}

  static DatasetDescription siteA() {
    return of(
        Charset.forName("windows-1252"),
        new TimestampFormat(List.of("dd/MM/yyyy hh:mm:ss"), HourClock.CIC12H, ZoneId.of("-03:00")),
        1_000_000);
  }

  static DatasetDescription siteC() {
    return of(
        StandardCharsets.UTF_8,
        new TimestampFormat(List.of("iso"), HourClock.H24, ZoneId.of("UTC")),
        1_000);
  }

  static DatasetDescription of(Charset charset, TimestampFormat stamps, long toleranceMicros) {
    return of(csv(CsvLabels.FileNames.DEFAULT_PATTERN, charset, stamps, toleranceMicros), rules());
  }

  static DatasetDescription of(LabelPolicy policy, LabelRules rules) {
    return new DatasetDescription("test", List.of(policy), rules);
  }

  static CsvLabels csv(
      String labelFile, Charset charset, TimestampFormat stamps, long toleranceMicros) {
    return new CsvLabels(
        CsvLabels.FileNames.of(labelFile),
        CsvLabels.Layout.of(charset),
        CIC_COLUMNS,
        stamps,
        toleranceMicros);
  }

  static LabelRules rules() {
    return new LabelRules(Set.of("BENIGN"), Map.of(), List.of(), LabelRules.UNLABELLED);
  }
}
