package dev.janus.cli.results;

import dev.janus.eval.DetectionDelay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How early verdicts fire, as told by a {@code metrics.json}.
 *
 * @param thresholdFrom which quantile of benign validation flows the threshold is
 * @param threshold an alarm is a distance above this
 * @param mostPerClass alarms, and flows that are none, measured of a class at most
 * @param classes the benign flows, then the attack classes
 */
public record DelayFigures(
    String thresholdFrom, double threshold, long mostPerClass, List<ClassFigures> classes) {
  public DelayFigures {
    classes = List.copyOf(classes);
  }

  /**
   * One class; see {@link DetectionDelay.ClassDelay}.
   *
   * @param median packets by which half of the measured alarms have fired; NaN without any
   * @param p90 packets by which nine tenths have; NaN without any
   * @param firedOnPrefixOnly share of the flows that fire on a prefix though not on the whole
   */
  public record ClassFigures(
      String label,
      long flows,
      long alarms,
      long measuredAlarms,
      double median,
      double p90,
      long measuredSilent,
      double firedOnPrefixOnly) {}

  /** The figures of a measurement. */
  public static DelayFigures of(DetectionDelay delay) {
    return new DelayFigures(
        delay.thresholdFrom(),
        delay.threshold(),
        delay.mostPerClass(),
        delay.classes().stream().map(DelayFigures::of).toList());
  }

  private static ClassFigures of(DetectionDelay.ClassDelay delay) {
    return new ClassFigures(
        delay.label(),
        delay.flows(),
        delay.alarms(),
        delay.measuredAlarms(),
        packets(delay.median()),
        packets(delay.p90()),
        delay.measuredSilent(),
        delay.shareFiredOnPrefixOnly());
  }

  private static double packets(OptionalInt packets) {
    return packets.isPresent() ? packets.getAsInt() : Double.NaN;
  }

  static DelayFigures read(JsonPart json) {
    return new DelayFigures(
        json.text("threshold_from"),
        json.at("threshold").number(),
        Math.round(json.at("most_per_class").number()),
        json.at("classes").items().stream().map(DelayFigures::readClass).toList());
  }

  private static ClassFigures readClass(JsonPart json) {
    return new ClassFigures(
        String.valueOf(json.at("label").value()),
        Math.round(json.at("n").number()),
        Math.round(json.at("alarms").number()),
        Math.round(json.at("alarms_measured").number()),
        json.number("median_packets"),
        json.number("p90_packets"),
        Math.round(json.at("silent_measured").number()),
        json.at("fired_on_prefix_only").number());
  }

  /** The figures as the tree that {@link #read} understands. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("threshold_from", thresholdFrom);
    json.put("threshold", threshold);
    json.put("most_per_class", mostPerClass);
    json.put("classes", classes.stream().map(DelayFigures::json).toList());
    return json;
  }

  private static Map<String, Object> json(ClassFigures figures) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("label", figures.label());
    json.put("n", figures.flows());
    json.put("alarms", figures.alarms());
    json.put("alarms_measured", figures.measuredAlarms());
    json.put("median_packets", figures.median());
    json.put("p90_packets", figures.p90());
    json.put("silent_measured", figures.measuredSilent());
    json.put("fired_on_prefix_only", figures.firedOnPrefixOnly());
    return json;
  }
}
