package dev.janus.cli.results;

import dev.janus.eval.BinomialInterval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The figures of a {@code metrics.json}. A figure that an older file does not have is NaN, or empty
 * where it is no rate; a text is "", a collection empty.
 *
 * @param verdict figures of the score that verdicts are made by
 * @param auprc average precision on the tested flows
 * @param auprcAtPrevalence the same if attacks had this share of all flows, by share as text
 * @param benign tested benign flows
 * @param attack tested attack flows
 * @param validation benign validation flows behind the calibration
 * @param flowsPerDay benign traffic that false alarms are told for
 * @param classes one entry per attack class
 * @param operatingPoints thresholds and what they do
 * @param calibrations by score
 * @param singles every other score, by name
 * @param notComputed names of scores that the model does not compute
 * @param stated what rates and intervals mean
 * @param config configuration of the training, keys joined by dots
 * @param benignLabels labels that count as benign
 * @param provenance seed, model, data, build and the like, as texts
 */
public record RunMetrics(
    ScoreFigures verdict,
    double auprc,
    Map<String, Double> auprcAtPrevalence,
    long benign,
    long attack,
    OptionalLong validation,
    double flowsPerDay,
    List<ClassFigures> classes,
    List<OperatingFigures> operatingPoints,
    Map<String, CalibrationFigures> calibrations,
    Map<String, ScoreFigures> singles,
    Set<String> notComputed,
    Stated stated,
    SequencedMap<String, String> config,
    Set<String> benignLabels,
    Provenance provenance) {
  public RunMetrics {
    auprcAtPrevalence = ordered(auprcAtPrevalence);
    classes = List.copyOf(classes);
    operatingPoints = List.copyOf(operatingPoints);
    calibrations = ordered(calibrations);
    singles = ordered(singles);
    config = ordered(config);
    notComputed = Set.copyOf(notComputed);
    benignLabels = Set.copyOf(benignLabels);
  }

  private static <T> SequencedMap<String, T> ordered(Map<String, T> map) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }

  /**
   * One score; all but the pooled AUROC are means over the classes.
   *
   * @param classAuroc AUROC by class; empty where the file does not tell it
   */
  public record ScoreFigures(
      double macroAuroc,
      double pooledAuroc,
      double macroPartialAuroc,
      Map<String, Double> macroTprAtFpr,
      Map<String, Double> classAuroc) {
    public ScoreFigures {
      classAuroc = ordered(classAuroc);
      macroTprAtFpr = ordered(macroTprAtFpr);
    }
  }

  /** One attack class; rates and their intervals by false-positive rate as text. */
  public record ClassFigures(
      String label,
      long flows,
      double auroc,
      double partialAuroc,
      Map<String, Double> tprAtFpr,
      Map<String, BinomialInterval> tprInterval) {
    public ClassFigures {
      tprAtFpr = ordered(tprAtFpr);
      tprInterval = ordered(tprInterval);
    }
  }

  /** One threshold. */
  public record OperatingFigures(
      String from,
      double threshold,
      double precision,
      double recall,
      double f1,
      double fpr,
      BinomialInterval fprInterval,
      double falseAlarmsPerDay) {}

  /** What one score's calibration promised, and what the tested benign flows made of it. */
  public record CalibrationFigures(
      List<LevelFigures> levels,
      OptionalLong flows,
      double distance,
      double probability,
      Optional<Boolean> uniform,
      OptionalLong expiredAfter) {
    public CalibrationFigures {
      levels = List.copyOf(levels);
    }
  }

  /** One certified rate; threshold and rate are NaN where too few flows calibrate. */
  public record LevelFigures(
      double certified,
      double threshold,
      double fpr,
      BinomialInterval interval,
      Certificate certificate) {}

  /** What became of a certified threshold. */
  public enum Certificate {
    HOLDS("holds"),
    BROKEN("broken"),
    TOO_FEW_FLOWS("too few calibration flows"),
    NOT_TOLD("-");

    private final String words;

    Certificate(String words) {
      this.words = words;
    }

    /** What tables say. */
    public String words() {
      return words;
    }
  }

  /**
   * What the figures were made with.
   *
   * @param partialFpr where the partial area ends
   * @param intervalConfidence confidence of the intervals of rates
   * @param certificateConfidence confidence of the certified thresholds
   */
  public record Stated(
      double partialFpr, double intervalConfidence, double certificateConfidence) {}

  /**
   * Where the figures come from.
   *
   * @param model the model file, or the name of a control
   * @param score name of the score that verdicts are made by, "" if the file does not say
   * @param fittedOn in words, whose benign flows verdicts are fitted on, "" if the file does not
   *     say
   * @param description what the score of a control is; "" for a model
   * @param flowsPerSecond NaN if not told
   * @param fitSeconds how long a control took to fit; NaN for a model
   */
  public record Provenance(
      String seed,
      String model,
      String data,
      String score,
      String fittedOn,
      String description,
      String build,
      double flowsPerSecond,
      double fitSeconds) {
    /** Whether the figures are those of a control, which {@code baseline} wrote, not of a model. */
    public boolean control() {
      return !Double.isNaN(fitSeconds);
    }
  }
}
