package dev.janus.cli.results;

import dev.janus.cli.results.RunMetrics.CalibrationFigures;
import dev.janus.cli.results.RunMetrics.Certificate;
import dev.janus.cli.results.RunMetrics.ClassFigures;
import dev.janus.cli.results.RunMetrics.LevelFigures;
import dev.janus.cli.results.RunMetrics.OperatingFigures;
import dev.janus.cli.results.RunMetrics.Provenance;
import dev.janus.cli.results.RunMetrics.ScoreFigures;
import dev.janus.cli.results.RunMetrics.Stated;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.eval.BinomialInterval;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code metrics.json}: what every version has must be there, the rest may be missing. */
final class MetricsReader {
  private static final List<String> VERDICT_KEYS = List.of("verdict", "default_score", "score");
  private static final BinomialInterval UNKNOWN = new BinomialInterval(Double.NaN, Double.NaN);

  private MetricsReader() {}

  /**
   * Reads a file.
   *
   * @throws dev.janus.cli.terminal.CliException when it is missing or damaged; names the key
   */
  static RunMetrics read(Path file) {
    JsonPart json = JsonPart.read(file);
    JsonPart config = json.at("config");
    json.at("macro_auroc");
    json.at("pooled_auroc");
    SequencedMap<String, String> flat = new LinkedHashMap<>();
    flatten("", config, flat);
    return new RunMetrics(
        score(json),
        json.number("auprc"),
        numbers(json, "auprc_at_prevalence"),
        Math.round(json.at("n_benign").number()),
        Math.round(json.at("n_attack").number()),
        json.count("n_validation"),
        json.number("flows_per_day"),
        json.at("classes").items().stream().map(MetricsReader::attackClass).toList(),
        json.find("operating_points").map(JsonPart::items).orElse(List.of()).stream()
            .map(MetricsReader::operatingPoint)
            .toList(),
        named(json, "calibration", MetricsReader::calibration),
        named(json, "single_scores", MetricsReader::score),
        json.find("not_computed").map(MetricsReader::texts).orElse(Set.of()),
        new Stated(
            json.number("partial_auroc_max_fpr"),
            json.number("interval_confidence"),
            json.number("certificate_confidence")),
        flat,
        texts(config.at("benign_labels")),
        provenance(json));
  }

  private static Provenance provenance(JsonPart json) {
    String score =
        VERDICT_KEYS.stream()
            .flatMap(key -> json.find(key).stream())
            .filter(part -> part.value() instanceof String)
            .map(part -> String.valueOf(part.value()))
            .findFirst()
            .orElse("");
    return new Provenance(
        json.text("seed"),
        path(json, "model"),
        path(json, "data"),
        score,
        json.text("fitted_on"),
        json.find("fit_seconds").isPresent() ? json.text("score") : "",
        json.text("build"),
        json.number("flows_per_second"),
        json.number("fit_seconds"));
  }

  /** The text of a member that names a file or folder, or "". */
  private static String path(JsonPart json, String key) {
    try {
      return Path.of(json.text(key)).toString();
    } catch (InvalidPathException e) {
      throw new CliException(
          ExitCode.DATA,
          "%s: %s is no path: %s; evaluate again to replace it"
              .formatted(json.file(), key, e.getReason()),
          e);
    }
  }

  private static Set<String> texts(JsonPart list) {
    return list.items().stream()
        .map(item -> String.valueOf(item.value()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static ScoreFigures score(JsonPart json) {
    return new ScoreFigures(
        json.number("macro_auroc"),
        json.number("pooled_auroc"),
        json.number("macro_partial_auroc"),
        numbers(json, "macro_tpr_at_fpr"),
        numbers(json, "class_auroc"));
  }

  private static ClassFigures attackClass(JsonPart json) {
    return new ClassFigures(
        String.valueOf(json.at("label").value()),
        Math.round(json.at("n").number()),
        json.at("auroc").number(),
        json.number("partial_auroc"),
        numbers(json, "tpr_at_fpr"),
        named(json, "tpr_interval", MetricsReader::interval));
  }

  private static OperatingFigures operatingPoint(JsonPart json) {
    return new OperatingFigures(
        json.text("threshold_from"),
        json.number("threshold"),
        json.number("precision"),
        json.number("recall"),
        json.number("f1"),
        json.number("fpr"),
        json.find("fpr_interval").map(MetricsReader::interval).orElse(UNKNOWN),
        json.number("false_alarms_per_day"));
  }

  private static CalibrationFigures calibration(JsonPart json) {
    return new CalibrationFigures(
        json.at("levels").items().stream().map(MetricsReader::level).toList(),
        json.count("n"),
        json.number("p_values_distance"),
        json.number("p_values_probability"),
        json.truth("p_values_uniform"),
        json.count("expired_after"));
  }

  private static LevelFigures level(JsonPart json) {
    return new LevelFigures(
        json.at("fpr_certified").number(),
        json.number("threshold"),
        json.number("fpr"),
        json.find("fpr_interval").map(MetricsReader::interval).orElse(UNKNOWN),
        certificate(json));
  }

  private static Certificate certificate(JsonPart json) {
    if (!json.truth("certifiable").orElse(true)) {
      return Certificate.TOO_FEW_FLOWS;
    }
    return json.truth("holds")
        .map(holds -> holds ? Certificate.HOLDS : Certificate.BROKEN)
        .orElse(Certificate.NOT_TOLD);
  }

  private static BinomialInterval interval(JsonPart json) {
    List<JsonPart> bounds = json.items();
    return bounds.size() == 2
        ? new BinomialInterval(bounds.getFirst().number(), bounds.getLast().number())
        : UNKNOWN;
  }

  private static Map<String, Double> numbers(JsonPart json, String key) {
    return named(json, key, JsonPart::number);
  }

  private static <T> SequencedMap<String, T> named(
      JsonPart json, String key, Function<JsonPart, T> reading) {
    SequencedMap<String, T> values = new LinkedHashMap<>();
    json.find(key)
        .ifPresent(
            part -> part.members().forEach((name, item) -> values.put(name, reading.apply(item))));
    return values;
  }

  /** Nested keys become {@code training.sigma} and the like. */
  private static void flatten(String prefix, JsonPart json, SequencedMap<String, String> flat) {
    json.members()
        .forEach((key, part) -> {
          if (part.value() instanceof Map<?, ?>) {
            flatten(prefix + key + ".", part, flat);
          } else {
            flat.put(prefix + key, String.valueOf(part.value()));
          }
        });
  }
}
